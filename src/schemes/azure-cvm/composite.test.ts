import { describe, expect, it } from 'vitest'
import { NO_POLICY, type Policy } from '../../core/policy.ts'
import { toHex } from '../../bytes/layout.ts'
import { appraise } from '../../engine/appraise.ts'
import type { AppraisalView } from '../../engine/api.ts'
import { demoChipId, GOOD_TCB, makeLeaf, makeReport, OLD_TCB } from '../amd-sev-snp/attester.ts'
import { issueDemoCrl } from '../amd-sev-snp/demo-authorities.ts'
import { demoPcrs, makeQuote, type QuoteRecipe } from '../tpm2/attester.ts'
import { demoAk, foreignAk } from '../tpm2/demo-keys.ts'
import { makeEvidenceV0, makeEvidenceV2, makeHcl, makeHclTd, makeRuntimeData, userDataFor } from './attester.ts'

/** A report and a TPM's quote: two subjects that are one statement only through key, runtime data and report data. */

const NONCE = new TextEncoder().encode('challenge')

interface Broken {
  readonly quote?: QuoteRecipe
  readonly runtime?: Uint8Array
  readonly reportData?: Uint8Array
  readonly form?: 0 | 2
  readonly nonce?: Uint8Array
  readonly levels?: typeof OLD_TCB.Milan
  readonly policy?: Partial<Policy>
  /** Changes the evidence as it is written. */
  readonly change?: (evidence: string) => string
}

async function view(broken: Broken = {}): Promise<AppraisalView> {
  const runtime = makeRuntimeData(demoAk)
  const tcb = broken.levels ?? OLD_TCB.Milan
  const hcl = makeHcl(await makeReport({ tcb, reportData: broken.reportData ?? await userDataFor(runtime) }), broken.runtime ?? runtime)
  const parts = { hcl, vcek: await makeLeaf({ tcb }), ...(await makeQuote({ pcrs: [0, 4, 7], ...broken.quote })) }
  const evidence = new TextDecoder().decode(broken.form === 0 ? makeEvidenceV0(parts) : makeEvidenceV2(parts))
  const policy: Policy = { ...NO_POLICY, nonce: toHex(broken.nonce ?? NONCE), ...broken.policy }
  return appraise([{ name: 'evidence.json', bytes: new TextEncoder().encode(broken.change?.(evidence) ?? evidence) }, { name: 'milan.crl', bytes: await issueDemoCrl('Milan') }], { at: Date.parse('2026-06-01T00:00:00Z'), atSource: 'given', policy })
}
const fresh = (result: AppraisalView) => result.subjects.map((subject) => subject.answers.fresh.state)
const because = (result: AppraisalView, id: string) => result.checks.filter((check) => check.id === id).map((check) => check.because.text)
/** Values of the demonstration machine, as a reader would give them. */
const pcr = (index: number) => toHex(demoPcrs().subarray(index * 32, index * 32 + 32))
const REGISTERS = { MEASUREMENT: ['a5'.repeat(48)], PCR0: [pcr(0)], PCR4: [pcr(4)], PCR7: [pcr(7)] }
const MINIMUM = { minimumTcb: { bootloader: 1 } }

describe('whole', () => {
  it.each([0, 2] as const)('version %i: two subjects, tied, and the nonce in the quote makes both fresh', async (form) => {
    const result = await view({ form })
    expect(result.subjects.map((subject) => subject.format).sort()).toEqual(['amd.snp-report', 'tpm2.quote'])
    expect(because(result, 'tpm.ak-vouched-for')).toEqual(['tpm.ak-vouched-for.holds'])
    expect(because(result, 'snp.accompanying-data-bound')).toEqual(['snp.accompanying-data-bound.holds'])
    expect(fresh(result)).toEqual(['holds', 'holds'])
    // The firmware is old, and that is the worst that can be said.
    expect(result).toMatchObject({ headline: 'S2', ifRootTrusted: 'S5w' })
  })
})

describe('two subjects, one machine', () => {
  it('with a current list and the reader\'s own minimum: S5, and the report leads, since it hangs on the root', async () => {
    const result = await view({ levels: GOOD_TCB.Milan, policy: MINIMUM })
    expect(result.ifRootTrusted, because(result, 'snp.tcb-at-least-yours').join()).toBe('S5')
    expect(result.root.status).toBe('demonstration')
    expect(because(result, 'policy.minimum-tcb-compared')).toEqual(['expect.not-given', 'expect.not-given'])
  })
  it('without that minimum S4', async () => expect((await view({ levels: GOOD_TCB.Milan })).ifRootTrusted).toBe('S4'))
  it('measurement and PCRs are compared together, and the nonce in the quote makes it S6', async () => {
    const result = await view({ levels: GOOD_TCB.Milan, policy: { ...MINIMUM, registers: REGISTERS } })
    expect(because(result, 'software.registers-match')).toEqual(['software.registers-match.holds', 'software.registers-match.holds'])
    expect(result.ifRootTrusted).toBe('S6')
  })
  it('some of them only: how many of all', async () => {
    const result = await view({ levels: GOOD_TCB.Milan, policy: { ...MINIMUM, registers: { MEASUREMENT: REGISTERS.MEASUREMENT } } })
    expect(result.checks.filter((check) => check.id === 'software.registers-match').map((check) => check.because)).toEqual([1, 2].map(() => ({ text: 'expect.registers-partial', params: { done: 1, of: 4 } })))
    expect(result.ifRootTrusted).toBe('S5')
  })
  it('a PCR that differs is a value that differs, in the report\'s subject too', async () => {
    const result = await view({ levels: GOOD_TCB.Milan, policy: { ...MINIMUM, registers: { ...REGISTERS, PCR4: ['00'.repeat(32)] } } })
    expect(because(result, 'software.registers-match')).toEqual(['expect.register-differs', 'expect.register-differs'])
    expect(result.ifRootTrusted).toBe('S3')
  })
  it('PCR values that do not give the quoted digest count for nobody', async () => {
    const result = await view({ levels: GOOD_TCB.Milan, policy: { ...MINIMUM, registers: { ...REGISTERS, PCR4: ['00'.repeat(32)] } }, change: (evidence) => evidence.replace(pcr(4), '00'.repeat(32)) })
    expect(because(result, 'tpm.pcr-digest-matches')).toEqual(['tpm.pcr-digest'])
    expect(result.subjects.find((subject) => subject.format === 'amd.snp-report')?.answers.software.state).toBe('not-checked')
    expect(result.headline).toBe('S1')
  })
  it('the chip is named by the report, for the quote too', async () => {
    expect(because(await view({ policy: { chipIds: [toHex(demoChipId('Milan'))] } }), 'fresh.device-expected')).toEqual(['fresh.device-expected.holds', 'fresh.device-expected.holds'])
    expect(because(await view({ policy: { chipIds: ['00'.repeat(64)] } }), 'fresh.device-expected')).toEqual(['fresh.device-expected.fails', 'fresh.device-expected.fails'])
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
    const result = await view({ runtime: new TextEncoder().encode(text.replace('"secure-boot":true', '"secure-boot": true')) })
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
  it('the list names another key', async () => {
    const runtime = makeRuntimeData(foreignAk)
    const result = await view({ runtime, reportData: await userDataFor(runtime) })
    expect(fresh(result)).toEqual(['not-checked', 'not-checked'])
    expect(result.headline).toBe('S1')
  })
  it('the report is not there: a quote by a key that nothing vouches for', async () => {
    const { message, signature } = await makeQuote()
    const files = [{ name: 'runtime.json', bytes: makeRuntimeData(demoAk) }, { name: 'quote.msg', bytes: message }, { name: 'quote.sig', bytes: signature }]
    const result = await appraise(files, { at: Date.parse('2026-06-01T00:00:00Z'), atSource: 'given', policy: { ...NO_POLICY, nonce: toHex(NONCE) } })
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

describe('a TD quote beside the TDREPORT', () => {
  const judged = async (change: (text: string) => string) => {
    const runtime = makeRuntimeData(demoAk)
    const parts = { hcl: await makeHclTd(runtime), ...(await makeQuote({ pcrs: [0, 4, 7] })), tdQuote: new Uint8Array(700).fill(4) }
    const before = new TextDecoder().decode(makeEvidenceV2(parts))
    const text = change(before)
    expect(text).not.toBe(before)
    const result = await appraise([{ name: 'evidence.json', bytes: new TextEncoder().encode(text) }], { at: Date.parse('2026-06-01T00:00:00Z'), atSource: 'given', policy: NO_POLICY })
    return [result.ifRootTrusted ?? result.headline, result.subjects.some((subject) => subject.format === 'intel.tdx-quote')]
  }
  it('that cannot be read is a broken quote', async () => expect(await judged((text) => text.replace(/("td_quote":\s*)"B/, '$1"@'))).toEqual(['S1', true]))
  it('that is null or empty is none', async () => {
    expect(await judged((text) => text.replace(/("td_quote":\s*)"[^"]*"/, '$1null'))).toEqual(['S4', false])
    expect(await judged((text) => text.replace(/("td_quote":\s*)"[^"]*"/, '$1""'))).toEqual(['S4', false])
  })
})
