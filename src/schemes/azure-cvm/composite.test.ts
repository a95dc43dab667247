import { describe, expect, it } from 'vitest'
import { NO_POLICY, type Policy } from '../../core/policy.ts'
import { toHex } from '../../bytes/layout.ts'
import { appraise } from '../../engine/appraise.ts'
import type { AppraisalView } from '../../engine/api.ts'
import { demoChipId, GOOD_TCB, makeLeaf, makeReport, OLD_TCB } from '../amd-sev-snp/attester.ts'
import { issueDemoCrl } from '../amd-sev-snp/demo-authorities.ts'
import { demoPcrs, makeQuote, type QuoteRecipe } from '../tpm2/attester.ts'
import { demoAk, foreignAk } from '../tpm2/demo-keys.ts'
import {
  makeAgentEvidence,
  makeEvidenceV0,
  makeEvidenceV2,
  makeHcl,
  makeHclTd,
  makeRuntimeData,
  quoteResponse,
  userDataFor,
  type EvidenceParts,
} from './attester.ts'

/** A report and a TPM's quote: two subjects that are one statement only through key, runtime data and report data. */

const NONCE = new TextEncoder().encode('challenge')

interface Broken {
  readonly quote?: QuoteRecipe
  readonly runtime?: Uint8Array
  readonly reportData?: Uint8Array
  readonly form?: 0 | 2
  readonly nonce?: Uint8Array
  readonly levels?: typeof OLD_TCB.Milan
  readonly vmpl?: number
  readonly policy?: Partial<Policy>
  /** Changes the evidence as it is written. */
  readonly change?: (evidence: string) => string
}

async function view(broken: Broken = {}): Promise<AppraisalView> {
  const runtime = makeRuntimeData(demoAk)
  const tcb = broken.levels ?? OLD_TCB.Milan
  const hcl = makeHcl(
    await makeReport({
      tcb,
      reportData: broken.reportData ?? (await userDataFor(runtime)),
      ...(broken.vmpl === undefined ? {} : { vmpl: broken.vmpl }),
    }),
    broken.runtime ?? runtime,
  )
  const parts = { hcl, vcek: await makeLeaf({ tcb }), ...(await makeQuote({ pcrs: [0, 4, 7], ...broken.quote })) }
  const evidence = new TextDecoder().decode(broken.form === 0 ? makeEvidenceV0(parts) : makeEvidenceV2(parts))
  const policy: Policy = { ...NO_POLICY, nonce: toHex(broken.nonce ?? NONCE), ...broken.policy }
  return appraise(
    [
      { name: 'evidence.json', bytes: new TextEncoder().encode(broken.change?.(evidence) ?? evidence) },
      { name: 'milan.crl', bytes: await issueDemoCrl('Milan') },
    ],
    { at: Date.parse('2026-06-01T00:00:00Z'), atSource: 'given', policy },
  )
}
const fresh = (result: AppraisalView) => result.subjects.map((subject) => subject.answers.fresh.state)
const because = (result: AppraisalView, id: string) =>
  result.checks.filter((check) => check.id === id).map((check) => check.because.text)
/** Values of the demonstration machine, as a reader would give them. */
const pcr = (index: number) => toHex(demoPcrs().subarray(index * 32, index * 32 + 32))
const REGISTERS = { MEASUREMENT: ['a5'.repeat(48)], PCR0: [pcr(0)], PCR4: [pcr(4)], PCR7: [pcr(7)] }
const MINIMUM = { minimumTcb: { bootloader: 1 } }

describe('whole', () => {
  it.each([0, 2] as const)(
    'version %i: two subjects, tied, and the nonce in the quote makes both fresh',
    async (form) => {
      const result = await view({ form })
      expect(result.subjects.map((subject) => subject.format).sort()).toEqual(['amd.snp-report', 'tpm2.quote'])
      expect(because(result, 'tpm.ak-vouched-for')).toEqual(['tpm.ak-vouched-for.holds'])
      expect(because(result, 'snp.accompanying-data-bound')).toEqual(['snp.accompanying-data-bound.holds'])
      expect(fresh(result)).toEqual(['holds', 'holds'])
      // The firmware is old, and that is the worst that can be said.
      expect(result).toMatchObject({ headline: 'S2', ifRootTrusted: 'S5w' })
    },
  )
})

describe('two subjects, one machine', () => {
  it("with a current list and the reader's own minimum: S5, and the report leads, since it hangs on the root", async () => {
    const result = await view({ levels: GOOD_TCB.Milan, policy: MINIMUM })
    expect(result.ifRootTrusted, because(result, 'snp.tcb-at-least-yours').join()).toBe('S5')
    expect(result.root.status).toBe('demonstration')
    expect(because(result, 'policy.minimum-tcb-compared')).toEqual(['expect.not-given', 'expect.not-given'])
  })
  it('without that minimum S4', async () => expect((await view({ levels: GOOD_TCB.Milan })).ifRootTrusted).toBe('S4'))
  it('measurement and PCRs are compared together, and the nonce in the quote makes it S6', async () => {
    const result = await view({ levels: GOOD_TCB.Milan, policy: { ...MINIMUM, registers: REGISTERS } })
    expect(because(result, 'software.registers-match')).toEqual([
      'software.registers-match.holds',
      'software.registers-match.holds',
    ])
    expect(result.ifRootTrusted).toBe('S6')
  })
  it('some of them only: how many of all', async () => {
    const result = await view({
      levels: GOOD_TCB.Milan,
      policy: { ...MINIMUM, registers: { MEASUREMENT: REGISTERS.MEASUREMENT } },
    })
    expect(
      result.checks.filter((check) => check.id === 'software.registers-match').map((check) => check.because),
    ).toMatchObject([1, 2].map(() => ({ text: 'expect.registers-partial', params: { done: 1, of: 4 } })))
    expect(result.ifRootTrusted).toBe('S5')
  })
  it("a PCR that differs is a value that differs, in the report's subject too", async () => {
    const result = await view({
      levels: GOOD_TCB.Milan,
      policy: { ...MINIMUM, registers: { ...REGISTERS, PCR4: ['00'.repeat(32)] } },
    })
    expect(because(result, 'software.registers-match')).toEqual(['expect.register-differs', 'expect.register-differs'])
    expect(result.ifRootTrusted).toBe('S3')
  })
  it('PCR values that do not give the quoted digest count for nobody', async () => {
    const result = await view({
      levels: GOOD_TCB.Milan,
      policy: { ...MINIMUM, registers: { ...REGISTERS, PCR4: ['00'.repeat(32)] } },
      change: (evidence) => evidence.replace(pcr(4), '00'.repeat(32)),
    })
    expect(because(result, 'tpm.pcr-digest-matches')).toEqual(['tpm.pcr-digest'])
    expect(result.subjects.find((subject) => subject.format === 'amd.snp-report')?.answers.software.state).toBe(
      'not-checked',
    )
    expect(result.headline).toBe('S1')
  })
  it('the chip is named by the report, for the quote too', async () => {
    expect(because(await view({ policy: { chipIds: [toHex(demoChipId('Milan'))] } }), 'fresh.device-expected')).toEqual(
      ['fresh.device-expected.holds', 'fresh.device-expected.holds'],
    )
    expect(because(await view({ policy: { chipIds: ['00'.repeat(64)] } }), 'fresh.device-expected')).toEqual([
      'fresh.device-expected.fails',
      'fresh.device-expected.fails',
    ])
  })
})

describe('every link that breaks leaves the nonce unproven', () => {
  it('another key signed the quote', async () => {
    const result = await view({ quote: { key: foreignAk } })
    expect(fresh(result)).toEqual(['not-checked', 'not-checked'])
    expect(result.headline).toBe('S1')
  })
  it('the runtime data was changed', async () => {
    const text = new TextDecoder().decode(makeRuntimeData(demoAk))
    const result = await view({
      runtime: new TextEncoder().encode(text.replace('"secure-boot":true', '"secure-boot": true')),
    })
    expect(fresh(result)).toEqual(['not-checked', 'not-checked'])
    expect(result.headline).toBe('S1')
    expect(because(result, 'snp.accompanying-data-bound')).toEqual(['snp.accompanying-data-bound.fails'])
    expect(because(result, 'tpm.ak-vouched-for')).toEqual(['tpm.ak-list-differs'])
  })
  it('the report commits to something else', async () => {
    const result = await view({ reportData: new Uint8Array(64).fill(7) })
    expect(fresh(result)).toEqual(['not-checked', 'not-checked'])
    expect(result.headline).toBe('S1')
  })
  it('somebody in the guest asked for the report, at a level above the firmware: the list may be of their making', async () => {
    const policy = { ...MINIMUM, registers: REGISTERS }
    const honest = await view({ levels: GOOD_TCB.Milan, policy, vmpl: 0 })
    expect(honest.ifRootTrusted).toBe('S6')
    expect(honest.doesNotProve).toContain('limit.tpm2.keeper')
    const result = await view({ levels: GOOD_TCB.Milan, policy, vmpl: 2 })
    expect(because(result, 'tpm.ak-vouched-for')).toEqual(['tpm.ak-level'])
    expect(result.subjects.map((subject) => subject.answers.fresh.state)).not.toContain('holds')
    expect(result.ifRootTrusted ?? result.headline).toBe('S4')
  })
  it('the list names another key', async () => {
    const runtime = makeRuntimeData(foreignAk)
    const result = await view({ runtime, reportData: await userDataFor(runtime) })
    expect(fresh(result)).toEqual(['not-checked', 'not-checked'])
    expect(result.headline).toBe('S1')
  })
  it('the report is not there: a quote by a key that nothing vouches for', async () => {
    const { message, signature } = await makeQuote()
    const files = [
      { name: 'runtime.json', bytes: makeRuntimeData(demoAk) },
      { name: 'quote.msg', bytes: message },
      { name: 'quote.sig', bytes: signature },
    ]
    const result = await appraise(files, {
      at: Date.parse('2026-06-01T00:00:00Z'),
      atSource: 'given',
      policy: { ...NO_POLICY, nonce: toHex(NONCE) },
    })
    expect(because(result, 'tpm.signed-by-ak')).toEqual(['tpm.signed-by-ak.holds'])
    expect(because(result, 'fresh.nonce-matches')).toEqual(['expect.unbound'])
    expect(fresh(result)).toEqual(['not-checked'])
  })
  it('no signature came with the quote', async () => {
    const result = await view({ change: (evidence) => evidence.replace('"signature"', '"signatures"') })
    expect(fresh(result)).toEqual(['not-checked', 'not-checked'])
  })
  it('another nonce differs', async () => {
    const result = await view({ nonce: new TextEncoder().encode('another') })
    expect(fresh(result)).not.toContain('holds')
    expect(result.subjects.some((subject) => subject.answers.fresh.state === 'fails')).toBe(true)
  })
})

describe('evidence of an agent, attacked from where it matches everything', () => {
  interface Attack {
    readonly quote?: QuoteRecipe
    readonly given?: (
      parts: EvidenceParts,
    ) => Parameters<typeof makeAgentEvidence>[1] | Promise<Parameters<typeof makeAgentEvidence>[1]>
    readonly parts?: (parts: EvidenceParts) => EvidenceParts
    readonly text?: (text: string) => string
  }
  const judged = async (attack: Attack = {}): Promise<AppraisalView> => {
    const runtime = makeRuntimeData(demoAk)
    const tcb = GOOD_TCB.Milan
    const honest: EvidenceParts = {
      hcl: makeHcl(await makeReport({ tcb, reportData: await userDataFor(runtime) }), runtime),
      vcek: await makeLeaf({ tcb }),
      ...(await makeQuote({ pcrs: [0, 4, 7], ...attack.quote })),
    }
    const parts = attack.parts?.(honest) ?? honest
    const text = new TextDecoder().decode(
      makeAgentEvidence(parts, { numbers: [0, 4, 7], runtimeClaims: runtime, ...(await attack.given?.(parts)) }),
    )
    const bytes = new TextEncoder().encode(attack.text?.(text) ?? text)
    return appraise(
      [
        { name: 'attestation.json', bytes },
        { name: 'milan.crl', bytes: await issueDemoCrl('Milan') },
      ],
      {
        at: Date.parse('2026-06-01T00:00:00Z'),
        atSource: 'given',
        policy: { ...NO_POLICY, ...MINIMUM, nonce: toHex(NONCE), registers: REGISTERS },
      },
    )
  }
  const flip = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))

  it('matches everything as it is', async () => expect((await judged()).ifRootTrusted).toBe('S6'))
  it.each<[string, string, Attack, string]>([
    [
      'the quote is signed by a key that only the repeated runtime data lists',
      'tpm.signed-by-ak',
      { quote: { key: foreignAk }, given: () => ({ runtimeClaims: makeRuntimeData(foreignAk) }) },
      'fail',
    ],
    [
      'a recorded quote with another nonce',
      'fresh.nonce-matches',
      { quote: { nonce: new TextEncoder().encode('yesterday') } },
      'fail',
    ],
    [
      'another PCR value',
      'tpm.pcr-digest-matches',
      { parts: (parts) => ({ ...parts, pcrs: flip(parts.pcrs, 40) }) },
      'fail',
    ],
    ['PCR values under exchanged numbers', 'tpm.pcr-digest-matches', { given: () => ({ numbers: [4, 0, 7] }) }, 'fail'],
    ['a quote of another kind, by the right key', 'tpm.is-quote', { quote: { type: 0x8017 } }, 'unsupported'],
    ['a quote that no TPM marked as its own', 'tpm.made-by-tpm', { quote: { magic: 0xff544346 } }, 'fail'],
    [
      'runtime data with another key',
      'snp.accompanying-data-bound',
      { parts: (parts) => ({ ...parts, hcl: flip(parts.hcl, 32 + 1184 + 20 + 60) }) },
      'fail',
    ],
    [
      'a changed report',
      'snp.signed-by-chip-key',
      { parts: (parts) => ({ ...parts, hcl: flip(parts.hcl, 32 + 0x90) }) },
      'fail',
    ],
    [
      "a length that is not the quote's",
      'tpm.attest-whole',
      { given: (parts) => ({ response: flip(quoteResponse(parts), 1) }) },
      'fail',
    ],
    [
      'no signature',
      'tpm.signed-by-ak',
      { given: (parts) => ({ response: quoteResponse(parts).slice(0, 2 + parts.message.length) }) },
      'not-checked',
    ],
  ])('%s', async (_name, id, attack, outcome) => {
    const result = await judged(attack)
    expect(
      result.checks.filter((check) => check.id === id).map((check) => check.outcome),
      id,
    ).toContain(outcome)
    expect(['S5w', 'S5', 'S6']).not.toContain(result.ifRootTrusted ?? result.headline)
  })
  it('a second report beside the one inside is a subject that nothing ties', async () => {
    const other = await makeReport({ tcb: GOOD_TCB.Milan, reportData: new Uint8Array(64).fill(9) })
    const result = await judged({ given: () => ({ snpReport: other }) })
    expect(result.subjects.map((subject) => subject.format).sort()).toEqual([
      'amd.snp-report',
      'amd.snp-report',
      'tpm2.quote',
    ])
    expect(['S5', 'S6']).not.toContain(result.ifRootTrusted)
  })
  it('no bit of quote, signature, report or runtime data can change', async () => {
    const size = (await makeQuote({ pcrs: [0, 4, 7] })).message.length
    const places = [
      ...[2, 7, 40, 60, size, size + 1, size + 10, size + 200].map((at): Attack => ({
        given: (parts) => ({ response: flip(quoteResponse(parts), at) }),
      })),
      ...[32, 32 + 0x38, 32 + 0x50, 32 + 0x180, 32 + 0x1a0, 32 + 0x2a0, 32 + 1184 + 20, 32 + 1184 + 300].map(
        (at): Attack => ({ parts: (parts) => ({ ...parts, hcl: flip(parts.hcl, at) }) }),
      ),
    ]
    for (const [i, attack] of places.entries()) {
      const result = await judged(attack)
      expect(['S5w', 'S5', 'S6'], `place ${i}`).not.toContain(result.ifRootTrusted ?? result.headline)
    }
  })
})

describe('PCR values in two places', () => {
  it('those that the registers are read from are held against the quote, whatever lies beside', async () => {
    // The quote is over other software; the evidence claims the values that the reader expects, and the true ones lie in a file beside it.
    const runtime = makeRuntimeData(demoAk)
    const tcb = GOOD_TCB.Milan
    const within = (i: number, from: number, to: number) => i >= from * 32 && i < to * 32
    const expected = demoPcrs().map((byte, i) => (within(i, 17, 23) ? 0xff : byte))
    const values = expected.map((byte, i) => (within(i, 4, 5) ? byte ^ 0x55 : byte))
    const parts = {
      hcl: makeHcl(await makeReport({ tcb, reportData: await userDataFor(runtime) }), runtime),
      vcek: await makeLeaf({ tcb }),
      ...(await makeQuote({ values })),
    }
    const judged = async (pcrs: Uint8Array) =>
      appraise(
        [
          { name: 'evidence.json', bytes: makeEvidenceV2({ ...parts, pcrs }) },
          { name: 'milan.crl', bytes: await issueDemoCrl('Milan') },
          { name: 'pcrs.bin', bytes: parts.pcrs },
        ],
        {
          at: Date.parse('2026-06-01T00:00:00Z'),
          atSource: 'given',
          policy: { ...NO_POLICY, ...MINIMUM, nonce: toHex(NONCE), registers: REGISTERS },
        },
      )
    const honest = await judged(parts.pcrs)
    expect(because(honest, 'tpm.pcr-digest-matches')).toEqual(['tpm.pcr-digest-matches.holds'])
    expect(honest.ifRootTrusted).toBe('S3')
    const forged = await judged(expected)
    expect(because(forged, 'tpm.pcr-digest-matches')).toEqual(['tpm.pcr-digest'])
    expect(forged.subjects.map((subject) => subject.answers.software.state)).not.toContain('holds')
    expect(['S5w', 'S5', 'S6']).not.toContain(forged.ifRootTrusted ?? forged.headline)
  })
})

describe('a TD quote beside the TDREPORT', () => {
  const judged = async (change: (text: string) => string) => {
    const runtime = makeRuntimeData(demoAk)
    const parts = {
      hcl: await makeHclTd(runtime),
      ...(await makeQuote({ pcrs: [0, 4, 7] })),
      tdQuote: new Uint8Array(700).fill(4),
    }
    const before = new TextDecoder().decode(makeEvidenceV2(parts))
    const text = change(before)
    expect(text).not.toBe(before)
    const result = await appraise([{ name: 'evidence.json', bytes: new TextEncoder().encode(text) }], {
      at: Date.parse('2026-06-01T00:00:00Z'),
      atSource: 'given',
      policy: NO_POLICY,
    })
    return [
      result.ifRootTrusted ?? result.headline,
      result.subjects.some((subject) => subject.format === 'intel.tdx-quote'),
    ]
  }
  it('that cannot be read is a broken quote', async () =>
    expect(await judged((text) => text.replace(/("td_quote":\s*)"B/, '$1"@'))).toEqual(['S1', true]))
  it('that is null or empty is none', async () => {
    expect(await judged((text) => text.replace(/("td_quote":\s*)"[^"]*"/, '$1null'))).toEqual(['S4', false])
    expect(await judged((text) => text.replace(/("td_quote":\s*)"[^"]*"/, '$1""'))).toEqual(['S4', false])
  })
})
