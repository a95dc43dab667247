import { describe, expect, it } from 'vitest'
import { NO_POLICY, type Policy } from '../../core/policy.ts'
import { joinBytes } from '../../bytes/der-writer.ts'
import { toHex } from '../../bytes/layout.ts'
import { appraise } from '../../engine/appraise.ts'
import type { AppraisalView } from '../../engine/api.ts'
import {
  GOOD_TCB,
  makeExtendedReport,
  makeLeaf,
  makeReport,
  makeTable,
  OLD_TCB,
  PLAIN_POLICY,
  type LeafRecipe,
  type ReportRecipe,
} from './attester.ts'
import { issueAuthority, issueDemoCrl, type DemoCrl } from './demo-authorities.ts'
import { demoKeys, foreignAuthority } from './demo-keys.ts'
import { PRODUCTS } from './product.ts'

/** Headlines of made evidence, as the engine gives them: `ifRootTrusted`, since the root is the demonstration's. */

const AT = '2026-06-01T00:00:00Z'
const MINIMUM: Partial<Policy> = { minimumTcb: { bootloader: 1 } }

interface Made {
  readonly report?: ReportRecipe
  readonly leaf?: LeafRecipe | null
  readonly crl?: DemoCrl | null
  readonly more?: readonly Uint8Array[]
  readonly policy?: Partial<Policy>
  readonly at?: string
  readonly change?: (report: Uint8Array) => void
}

async function view(made: Made = {}): Promise<AppraisalView> {
  const product = made.report?.product ?? 'Milan'
  const kind = made.report?.kind ?? 'VCEK'
  const report: Uint8Array = (await makeReport(made.report)).slice()
  made.change?.(report)
  const files: { readonly name: string; readonly bytes: Uint8Array }[] = [{ name: 'report.bin', bytes: report }]
  if (made.leaf !== null)
    files.push({
      name: 'leaf.der',
      bytes: await makeLeaf({ product, kind, ...(made.report?.tcb ? { tcb: made.report.tcb } : {}), ...made.leaf }),
    })
  if (made.crl !== null) files.push({ name: 'list.crl', bytes: await issueDemoCrl(product, made.crl) })
  for (const [i, bytes] of (made.more ?? []).entries()) files.push({ name: `more ${i}`, bytes })
  return appraise(files, { at: Date.parse(made.at ?? AT), atSource: 'given', policy: { ...NO_POLICY, ...made.policy } })
}
const headline = (result: AppraisalView) => result.ifRootTrusted ?? result.headline
const because = (result: AppraisalView, id: string) => result.checks.find((check) => check.id === id)?.because.text
const failing = (result: AppraisalView) =>
  result.checks.filter((check) => check.outcome === 'fail' && check.weight === 'decides').map((check) => check.id)

describe('what good evidence comes to', () => {
  it.each(PRODUCTS)(
    "%s with a current list and the reader's own minimum reaches S5, in every version and kind",
    async (product) => {
      for (const version of [2, 3, 4, 5]) {
        for (const kind of ['VCEK', 'VLEK'] as const) {
          if (version === 2 && product === 'Turin' && kind === 'VLEK') continue
          const result = await view({ report: { product, version, kind }, policy: MINIMUM })
          expect(
            headline(result),
            `${product} v${version} ${kind}: ${result.checks
              .filter((check) => check.outcome !== 'pass')
              .map((check) => `${check.id} ${check.outcome} ${check.because.text}`)
              .join('; ')}`,
          ).toBe('S5')
          expect(result.headline).toBe('S2')
        }
      }
    },
  )
  it('with measurement and report data too, S6', async () => {
    const policy = {
      ...MINIMUM,
      registers: { MEASUREMENT: [toHex(new Uint8Array(48).fill(0xa5))] },
      reportData: toHex(new TextEncoder().encode('a nonce that the reader chose')),
    }
    expect(headline(await view({ policy }))).toBe('S6')
  })
  it('without a list S4, without a minimum S4, below a known level S5w', async () => {
    expect(headline(await view({ crl: null, policy: MINIMUM }))).toBe('S4')
    expect(headline(await view())).toBe('S4')
    expect(headline(await view({ report: { tcb: OLD_TCB.Milan } }))).toBe('S5w')
    expect(headline(await view({ report: { tcb: OLD_TCB.Milan }, crl: null }))).toBe('S4')
    expect(headline(await view({ report: { tcb: OLD_TCB.Milan }, policy: MINIMUM }))).toBe('S5w')
  })
  it('without a certificate S4, with the exact address of the one that is missing', async () => {
    const result = await view({ leaf: null })
    expect(result.headline).toBe('S4')
    const wish = result.wishes.find((one) => one.kind === 'vcek')
    expect(wish?.urls).toEqual([
      `https://kdsintf.amd.com/vcek/v1/Milan/d0d0c0de00000001${'5e'.repeat(56)}?blSPL=04&teeSPL=00&snpSPL=29&ucodeSPL=222`,
    ])
    expect(result.wishes.map((one) => one.kind)).toContain('crl')
    const turin = await view({ report: { product: 'Turin', version: 5 }, leaf: null })
    expect(turin.wishes.find((one) => one.kind === 'vcek')?.urls).toEqual([
      'https://kdsintf.amd.com/vcek/v1/Turin/d0d0c0de00000003?fmcSPL=01&blSPL=01&teeSPL=01&snpSPL=04&ucodeSPL=81',
    ])
  })
  it('a certificate outside its dates S4, and everything else is still worked out', async () => {
    const result = await view({ at: '2034-01-01T00:00:00Z', policy: MINIMUM })
    expect(headline(result)).toBe('S4')
    expect(because(result, 'snp.tcb-at-least-yours')).toBe('snp.tcb-at-least-yours.holds')
  })
})

describe('what speaks against it', () => {
  it('debugging, a host that asked, a minimum that is missed, a revoked authority: S3', async () => {
    expect(headline(await view({ report: { policy: PLAIN_POLICY | (1n << 19n) }, policy: MINIMUM }))).toBe('S3')
    expect(headline(await view({ report: { vmpl: 'host' }, policy: MINIMUM }))).toBe('S3')
    expect(headline(await view({ policy: { minimumTcb: { snp: 200 } } }))).toBe('S3')
    expect(
      headline(
        await view({
          crl: { revoked: [{ authority: 'ask', at: Date.parse('2026-02-01T00:00:00Z') }] },
          policy: MINIMUM,
        }),
      ),
    ).toBe('S3')
  })
  it('a migration agent S5w; sharing a core only where the reader forbids it', async () => {
    expect(headline(await view({ report: { policy: PLAIN_POLICY | (1n << 18n) }, policy: MINIMUM }))).toBe('S5w')
    expect(headline(await view({ policy: { ...MINIMUM, forbid: ['smt'] } }))).toBe('S3')
  })
})

describe('adversarial', () => {
  it("A1 an authority of the attacker's under the right name", async () => {
    const result = await view({
      leaf: { issuerKey: foreignAuthority },
      more: [await issueAuthority('ask', 'Milan', { key: foreignAuthority, issuerKey: foreignAuthority })],
      policy: MINIMUM,
    })
    expect(headline(result)).toBe('S1')
    expect(because(result, 'snp.chains-to-ark')).toBe('snp.chain')
    expect(failing(result)).not.toContain('snp.signed-by-chip-key')
  })
  it('A2 a chain of Milan under a report of Genoa', async () => {
    const result = await view({
      report: { product: 'Genoa', key: demoKeys.Milan.vcek },
      leaf: { product: 'Milan', productName: 'Genoa', tcb: GOOD_TCB.Genoa },
      policy: MINIMUM,
    })
    expect(headline(result)).toBe('S1')
    expect(because(result, 'snp.product-agrees')).toBe('snp.product')
    expect(failing(result)).not.toContain('snp.signed-by-chip-key')
  })
  it('A3 another TCB or another chip in the certificate; a masked chip is no failure', async () => {
    expect(because(await view({ leaf: { tcb: { ...GOOD_TCB.Milan, snp: 30 } } }), 'snp.tcb-matches-certificate')).toBe(
      'snp.vcek-tcb',
    )
    expect(because(await view({ leaf: { hwId: new Uint8Array(64).fill(1) } }), 'snp.chip-matches-certificate')).toBe(
      'snp.vcek-hwid',
    )
    expect(headline(await view({ report: { chipId: new Uint8Array(64) }, policy: MINIMUM }))).toBe('S5')
  })
  it("A4 a key of the other kind, or a chip under the providers' authority", async () => {
    for (const made of [{ report: { keyInfo: 4 } }, { leaf: { issuer: 'asvk' } }] as const) {
      const result = await view({ ...made, policy: MINIMUM })
      expect(headline(result)).toBe('S1')
      expect(because(result, 'snp.signing-key-as-stated')).toBe('snp.signing-key')
    }
  })
  it('A5 a high microcode does not hide a low boot loader', async () => {
    const result = await view({
      report: { tcb: { ...GOOD_TCB.Milan, bootloader: 0, microcode: 255 } },
      policy: MINIMUM,
    })
    expect(headline(result)).toBe('S3')
    expect(because(result, 'snp.tcb-at-least-yours')).toBe('snp.below-yours')
  })
  it('A6 levels out of order are a note', async () => {
    const result = await view({ report: { committedTcb: { ...GOOD_TCB.Milan, snp: 1 } }, policy: MINIMUM })
    expect(headline(result)).toBe('S5')
    expect(because(result, 'snp.tcb-in-order')).toBe('snp.tcb-order')
  })
  it('A9 the signature in the wrong byte order, or something behind its numbers', async () => {
    expect(failing(await view({ report: { bigEndianSignature: true } }))).toEqual(['snp.signed-by-chip-key'])
    const result = await view({
      change: (report) => {
        report[report.length - 1] = 1
      },
    })
    expect(headline(result)).toBe('S1')
    expect(because(result, 'snp.signature-well-formed')).toBe('snp.sig-format')
    expect(failing(result)).toEqual(['snp.signature-well-formed'])
  })
  it('A10 reserved bytes, and version 2 read as version 3', async () => {
    const result = await view({
      report: {
        bend: (body) => {
          body[body.length - 1] = 1
        },
      },
    })
    expect(headline(result)).toBe('S1')
    expect(because(result, 'snp.reserved-zero')).toBe('snp.mbz')
    expect(failing(result)).toEqual(['snp.reserved-zero'])
    expect(because(await view({ report: { version: 3, cpuid: [0, 0, 0] } }), 'snp.product-agrees')).toBe(
      'snp.processor-zero',
    )
  })
  it('A11 every report of Milan names what it cannot show', async () => {
    expect((await view({ policy: MINIMUM })).doesNotProve).toContain('limit.snp.milan-seed')
    expect((await view({ report: { product: 'Genoa' }, policy: MINIMUM })).doesNotProve).not.toContain(
      'limit.snp.milan-seed',
    )
    expect((await view({ report: { product: 'Genoa' }, policy: MINIMUM })).doesNotProve).toContain('limit.snp.physical')
  })
  it("a whole chain of the attacker's own: S2, unknown", async () => {
    const more = [
      await issueAuthority('ask', 'Milan', { key: foreignAuthority, issuerKey: foreignAuthority }),
      await issueAuthority('ark', 'Milan', { key: foreignAuthority, issuerKey: foreignAuthority }),
    ]
    const result = await view({ leaf: { issuerKey: foreignAuthority }, more, policy: MINIMUM })
    expect(result).toMatchObject({ headline: 'S2', root: { status: 'unknown' } })
  })
  it('a wrong certificate beside the right one, and a forged list, change nothing', async () => {
    const more = [
      await makeLeaf({ key: demoKeys.Genoa.vcek, hwId: new Uint8Array(64).fill(3) }),
      await issueDemoCrl('Milan', { issuerKey: foreignAuthority, revoked: [{ authority: 'ask', at: 0 }] }),
    ]
    expect(headline(await view({ more, policy: MINIMUM }))).toBe('S5')
  })
  it('table entries that overlap or lie about their length are shown and not opened', async () => {
    for (const table of [
      makeTable([{ slot: 'VCEK', bytes: await makeLeaf(), stretch: 0x7fffffff }]),
      makeTable([
        { slot: 'ASK', bytes: await issueAuthority('ask', 'Milan') },
        { slot: 'VCEK', bytes: await makeLeaf(), shift: -9 },
      ]),
    ]) {
      const result = await appraise([{ name: 'x', bytes: joinBytes([await makeReport(), table]) }], {
        at: Date.parse(AT),
        atSource: 'given',
        policy: NO_POLICY,
      })
      expect(['S4', 'S1']).toContain(headline(result))
      expect(because(result, 'snp.signed-by-chip-key')).toBe('snp.no-certificate')
    }
  })
  it('an extended report reaches S5 like its parts', async () => {
    const result = await appraise(
      [
        { name: 'x', bytes: await makeExtendedReport() },
        { name: 'l', bytes: await issueDemoCrl('Milan') },
      ],
      { at: Date.parse(AT), atSource: 'given', policy: { ...NO_POLICY, ...MINIMUM } },
    )
    expect(headline(result)).toBe('S5')
  })
  it('a certificate of this chip that cannot be read any more is a broken one, not a missing one', async () => {
    for (const kind of ['VCEK', 'VLEK'] as const) {
      const leaf = await makeLeaf({ kind })
      for (const at of [4, 5]) {
        const result = await view({
          report: { kind },
          leaf: null,
          more: [leaf.map((byte, i) => (i === at ? byte ^ 1 : byte))],
          policy: MINIMUM,
        })
        expect([headline(result), because(result, 'snp.carried-certificates-used')], `${kind} byte ${at}`).toEqual([
          'S1',
          'snp.carried-unreadable',
        ])
      }
    }
    const foreign = await makeLeaf({ hwId: new Uint8Array(64).fill(3) })
    expect(
      headline(
        await view({ leaf: null, more: [foreign.map((byte, i) => (i === 4 ? byte ^ 1 : byte))], policy: MINIMUM }),
      ),
    ).toBe('S4')
  })
})
