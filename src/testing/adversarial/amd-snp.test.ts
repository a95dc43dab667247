import { describe, expect, it } from 'vitest'
import { joinBytes } from '../../bytes/der-writer.ts'
import { fromHex } from '../../bytes/layout.ts'
import {
  GOOD_TCB,
  makeExtendedReport,
  makeLeaf,
  makeReport,
  makeTable,
  PLAIN_POLICY,
  type ReportRecipe,
} from '../../schemes/amd-sev-snp/attester.ts'
import { issueAuthority, issueDemoCrl } from '../../schemes/amd-sev-snp/demo-authorities.ts'
import { demoKeys, foreignAuthority } from '../../schemes/amd-sev-snp/demo-keys.ts'
import { PRODUCTS } from '../../schemes/amd-sev-snp/product.ts'
import { COMPONENTS, type Component } from '../../schemes/amd-sev-snp/vcek.ts'
import { effective } from '../tamper.ts'
import { AMD_AT, filesOf, rowFaults, viewOf, type AmdRow, type Machine } from './amd-kit.ts'
import { patched } from './mint.ts'

/**
 * The adversary's tables for AMD: A1 to A11 and the rows `snp` of the corpus outline, by name. Each kind of case first shows that it is accepted untouched.
 * A12 is Hygon's (SM2, another family) and comes with that scheme; the outline's `csv_*` rows too.
 */

const ok: readonly AmdRow[] = [
  { id: 'milan_vcek_ok', headline: 'S5' },
  { id: 'milan_vcek_ok, version 2', machine: { report: { version: 2 } }, headline: 'S5' },
  { id: 'milan_vcek_ok, extended report', machine: { extended: true }, headline: 'S5' },
  { id: 'genoa_vlek_ok', machine: { report: { product: 'Genoa', kind: 'VLEK' } }, headline: 'S5' },
  { id: 'genoa_vcek_ok, version 5', machine: { report: { product: 'Genoa', version: 5 } }, headline: 'S5' },
  { id: 'turin_fmc_ok', machine: { report: { product: 'Turin', version: 5 } }, headline: 'S5' },
]

const attackersAsk = () => issueAuthority('ask', 'Milan', { key: foreignAuthority, issuerKey: foreignAuthority })
const attackersArk = () => issueAuthority('ark', 'Milan', { key: foreignAuthority, issuerKey: foreignAuthority })

const chains: readonly AmdRow[] = [
  {
    id: "A1 chain: an authority of the attacker's own under the right name",
    machine: { leaf: { issuerKey: foreignAuthority }, more: [attackersAsk()] },
    headline: 'S1',
    says: [['snp.chains-to-ark', 'fail', 'snp.chain']],
  },
  {
    id: 'A1 chain: no authority with it',
    machine: { leaf: { issuerKey: foreignAuthority } },
    headline: 'S1',
    says: [['snp.chains-to-ark', 'fail', 'snp.chain']],
  },
  {
    id: 'A2 chain_wrong_product',
    machine: {
      report: { product: 'Genoa', key: demoKeys.Milan.vcek },
      leaf: { product: 'Milan', productName: 'Genoa', tcb: GOOD_TCB.Genoa, hwId: chipOf('Genoa') },
    },
    headline: 'S1',
    says: [['snp.product-agrees', 'fail', 'snp.product']],
  },
  {
    id: 'A2 chain_wrong_product, said by the certificate too',
    machine: {
      report: { product: 'Genoa', key: demoKeys.Milan.vcek },
      leaf: { product: 'Milan', productName: 'Milan-B0', tcb: GOOD_TCB.Genoa, hwId: chipOf('Genoa') },
    },
    headline: 'S1',
    says: [['snp.product-agrees', 'fail', 'snp.product']],
  },
  {
    id: 'ask_missing: the published one is as good',
    files: async () => [
      { name: 'extended.bin', bytes: await makeExtendedReport({}, {}, false) },
      { name: 'list.crl', bytes: await issueDemoCrl('Milan') },
    ],
    headline: 'S5',
  },
  {
    id: 'ask_missing: an authority that nobody publishes',
    files: async () => [
      { name: 'report.bin', bytes: await makeReport() },
      { name: 'leaf.der', bytes: patched(await makeLeaf(), text('SEV-Milan'), text('SEV-Malin')) },
    ],
    headline: 'S1',
    says: [['snp.chains-to-ark', 'fail', 'snp.issuer-unknown']],
  },
  {
    id: 'ask_missing: a generation that nobody knows',
    files: async () => [
      { name: 'report.bin', bytes: await makeReport({ version: 2 }) },
      {
        name: 'leaf.der',
        bytes: patched(await makeLeaf({ productName: 'Vence-B0' }), text('SEV-Milan'), text('SEV-Vence')),
      },
    ],
    headline: 'S4',
    says: [['snp.chains-to-ark', 'not-checked', 'snp.authority-missing']],
  },
]

const binding: readonly AmdRow[] = [
  ...(['Milan', 'Turin'] as const).flatMap((product) =>
    COMPONENTS.filter((component) => component !== 'fmc' || product === 'Turin').map((component): AmdRow => ({
      id: `A3 vcek_tcb_plus1: ${product} ${component}`,
      machine: { report: { product, version: 5 }, leaf: { tcb: plusOne(product, component) } },
      headline: 'S1',
      says: [['snp.tcb-matches-certificate', 'fail', 'snp.vcek-tcb']],
    })),
  ),
  {
    id: 'A3 vcek_hwid',
    machine: { leaf: { hwId: new Uint8Array(64).fill(1) } },
    headline: 'S1',
    says: [['snp.chip-matches-certificate', 'fail', 'snp.vcek-hwid']],
    points: ['snp.chip-matches-certificate', 0x1a0],
  },
  {
    id: "A3 vcek_hwid: Turin's eight bytes",
    machine: { report: { product: 'Turin', version: 5 }, leaf: { hwId: new Uint8Array(8).fill(1) } },
    headline: 'S1',
    says: [['snp.chip-matches-certificate', 'fail', 'snp.vcek-hwid']],
  },
  {
    id: "A3 vcek_hwid: something behind Turin's eight bytes",
    machine: {
      report: {
        product: 'Turin',
        version: 5,
        chipId: Uint8Array.from({ length: 64 }, (_, i) => chipOf('Turin')[i] ?? (i === 63 ? 1 : 0)).with(63, 1),
      },
    },
    headline: 'S1',
    says: [['snp.chip-matches-certificate', 'fail', 'snp.vcek-hwid']],
  },
  {
    id: 'A3 mask_chip_id: nothing to compare, and no fault',
    machine: { report: { chipId: new Uint8Array(64) } },
    headline: 'S5',
    says: [['snp.chip-matches-certificate', 'not-applicable', 'snp.chip-id-masked']],
  },
  {
    id: 'A3 mask_chip_key: no signature at all',
    machine: { report: { keyInfo: 0x1e }, change: (report) => report.fill(0, 0x2a0) },
    headline: 'S1',
    says: [
      ['snp.signed-by-chip-key', 'fail', 'snp.unsigned'],
      ['snp.signing-key-as-stated', 'fail', 'snp.signing-key'],
    ],
  },
  {
    id: 'A4 vlek_hint_vcek',
    machine: { report: { keyInfo: 4 } },
    headline: 'S1',
    says: [['snp.signing-key-as-stated', 'fail', 'snp.signing-key']],
    points: ['snp.signing-key-as-stated', 0x48],
  },
  {
    id: 'A4 vcek_hint_vlek',
    machine: { report: { kind: 'VLEK', keyInfo: 0 } },
    headline: 'S1',
    says: [['snp.signing-key-as-stated', 'fail', 'snp.signing-key']],
  },
  {
    id: 'A4 asvk_for_vcek',
    machine: { leaf: { issuer: 'asvk' } },
    headline: 'S1',
    says: [['snp.signing-key-as-stated', 'fail', 'snp.signing-key']],
  },
  {
    id: 'A4 ask_for_vlek',
    machine: { report: { kind: 'VLEK' }, leaf: { issuer: 'ask' } },
    headline: 'S1',
    says: [['snp.signing-key-as-stated', 'fail', 'snp.signing-key']],
  },
  {
    id: 'A4 a kind of key without a meaning',
    machine: { report: { keyInfo: 0x0c } },
    headline: 'S4',
    says: [['snp.signing-key-as-stated', 'unsupported', 'snp.signing-key-unknown']],
  },
]

const levels: readonly AmdRow[] = [
  {
    id: 'A5 tcb_u64_trick: a high microcode does not hide a low boot loader',
    machine: { report: { tcb: { ...GOOD_TCB.Milan, bootloader: 0, microcode: 255 } } },
    headline: 'S3',
    says: [['snp.tcb-at-least-yours', 'fail', 'snp.below-yours']],
  },
  {
    id: 'A5 tcb_u64_trick: nor a low FMC on Turin',
    machine: { report: { product: 'Turin', version: 5, tcb: { ...GOOD_TCB.Turin, fmc: 0, microcode: 255 } } },
    policy: { minimumTcb: { fmc: 1 } },
    headline: 'S3',
    says: [['snp.tcb-at-least-yours', 'fail', 'snp.below-yours']],
  },
  {
    id: 'A6 tcb_order: reported above committed',
    machine: { report: { committedTcb: { ...GOOD_TCB.Milan, snp: 1 } } },
    headline: 'S5',
    says: [['snp.tcb-in-order', 'warn', 'snp.tcb-order']],
  },
  {
    id: 'A6 tcb_order: committed above current',
    machine: { report: { currentTcb: { ...GOOD_TCB.Milan, bootloader: 1 } } },
    headline: 'S5',
    says: [['snp.tcb-in-order', 'warn', 'snp.tcb-order']],
  },
  {
    id: 'A6 tcb_order: launched above current',
    machine: { report: { launchTcb: { ...GOOD_TCB.Milan, microcode: 0xff } } },
    headline: 'S5',
    says: [['snp.tcb-in-order', 'warn', 'snp.tcb-order']],
  },
  {
    id: 'A6 provisional firmware, as on AWS',
    machine: { report: { currentTcb: { ...GOOD_TCB.Milan, snp: 0x1e } } },
    headline: 'S5',
    says: [['snp.tcb-in-order', 'warn', 'snp.tcb-provisional']],
  },
  {
    id: 'A6 provisional firmware, by its version',
    machine: {
      report: {
        bend: (body) => {
          body[0x1e8] = 41
        },
      },
    },
    headline: 'S5',
    says: [['snp.tcb-in-order', 'warn', 'snp.firmware-provisional']],
  },
  {
    id: "A7 Turin's levels in Milan's order",
    machine: { report: { product: 'Turin', version: 5, bend: (body) => milanOrder(body) } },
    headline: 'S1',
    says: [
      ['snp.tcb-matches-certificate', 'fail', 'snp.vcek-tcb'],
      ['snp.reserved-zero', 'fail', 'snp.mbz'],
      ['snp.tcb-at-least-yours', 'pass', 'snp.tcb-at-least-yours.holds'],
    ],
  },
]

const policies: readonly AmdRow[] = [
  {
    id: 'A8 policy_debug',
    machine: { report: { policy: PLAIN_POLICY | (1n << 19n) } },
    headline: 'S3',
    says: [['snp.debug-off', 'fail', 'snp.debug']],
    points: ['snp.debug-off', 8],
  },
  {
    id: 'A8 policy_migrate',
    machine: { report: { policy: PLAIN_POLICY | (1n << 18n) } },
    headline: 'S5w',
    says: [['snp.no-migration-agent', 'warn', 'snp.migration']],
  },
  {
    id: 'A8 policy_migrate, forbidden by the reader',
    machine: { report: { policy: PLAIN_POLICY | (1n << 18n) } },
    policy: { forbid: ['migratable'] },
    headline: 'S3',
    says: [['snp.no-migration-agent', 'fail', 'snp.migration-forbidden']],
  },
  { id: 'A8 SMT is a note', headline: 'S5', says: [['snp.policy-strict', 'warn', 'snp.policy-open']] },
  {
    id: 'A8 SMT, forbidden by the reader',
    policy: { forbid: ['smt'] },
    headline: 'S3',
    says: [['snp.smt-as-you-wish', 'fail', 'snp.smt-forbidden']],
  },
  {
    id: 'host_requested',
    machine: { report: { vmpl: 'host' } },
    headline: 'S3',
    says: [['snp.asked-for-by-guest', 'fail', 'snp.host-requested']],
    points: ['snp.asked-for-by-guest', 0x30],
  },
  {
    id: 'unknown bits of PLATFORM_INFO and KEY_INFO',
    machine: { report: { platformInfo: 0xff00_0000_0000_0025n } },
    headline: 'S5',
  },
]

const ORDER = 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n
const s = 0x2a0 + 72

const signatures: readonly AmdRow[] = [
  {
    id: 'A9 sig_le_swapped',
    machine: { report: { bigEndianSignature: true } },
    headline: 'S1',
    says: [['snp.signed-by-chip-key', 'fail', 'signature.mismatch']],
  },
  ...(
    [
      ['R', 0x2a0 + 48],
      ['S', s + 48],
      ['the rest', 0x49f],
    ] as const
  ).map(([name, at]): AmdRow => ({
    id: `A9 sig_pad_nonzero: behind ${name}`,
    machine: {
      change: (report) => {
        report[at] = 1
      },
    },
    headline: 'S1',
    says: [['snp.signature-well-formed', 'fail', 'snp.sig-format']],
  })),
  {
    id: 'C1 r is zero',
    machine: { change: (report) => report.fill(0, 0x2a0, 0x2a0 + 48) },
    headline: 'S1',
    says: [['snp.signed-by-chip-key', 'fail', 'signature.range']],
  },
  {
    id: 'C1 s is zero',
    machine: { change: (report) => report.fill(0, s, s + 48) },
    headline: 'S1',
    says: [['snp.signed-by-chip-key', 'fail', 'signature.range']],
  },
  {
    id: 'C1 s is the order',
    machine: { change: (report) => report.set(le48(ORDER), s) },
    headline: 'S1',
    says: [['snp.signed-by-chip-key', 'fail', 'signature.range']],
  },
  {
    id: 'C3 n − s is the same statement',
    machine: { change: (report) => report.set(le48(ORDER - leNumber(report.subarray(s, s + 48))), s) },
    headline: 'S5',
  },
  {
    id: 'C8 a bit of the measurement',
    machine: {
      change: (report) => {
        report[0x90] = (report[0x90] ?? 0) ^ 1
      },
    },
    headline: 'S1',
    says: [['snp.signed-by-chip-key', 'fail', 'signature.mismatch']],
  },
]

/** [name in the tree, an offset in it]: every field that must be zero in a version 3 report of Milan. */
const RESERVED = [
  ['reserved1', 0x4c],
  ['cpuid.reserved', 0x18b],
  ['currentTcb.reserved', 0x3a],
  ['reportedTcb.reserved', 0x182],
  ['committedTcb.reserved', 0x1e2],
  ['launchTcb.reserved', 0x1f2],
  ['currentVersion.reserved', 0x1eb],
  ['committedVersion.reserved', 0x1ef],
  ['mitigations', 0x1f8],
  ['reserved2', 0x208],
] as const

const formats: readonly AmdRow[] = [
  ...RESERVED.map(([name, at]): AmdRow => ({
    id: `A10 mbz_set: ${name}`,
    machine: {
      report: {
        bend: (body) => {
          body[at] = 1
        },
      },
    },
    headline: 'S1',
    says: [['snp.reserved-zero', 'fail', 'snp.mbz']],
  })),
  {
    id: 'A10 mbo_clear: bit 17 of POLICY',
    machine: { report: { policy: 0x10000n } },
    headline: 'S1',
    says: [['snp.reserved-zero', 'fail', 'snp.mbo']],
    points: ['snp.reserved-zero', 8],
  },
  {
    id: 'A10 v2_as_v3: a version 3 that names no processor',
    machine: { report: { version: 3, cpuid: [0, 0, 0] } },
    headline: 'S1',
    says: [['snp.product-agrees', 'fail', 'snp.processor-zero']],
    points: ['snp.product-agrees', 0x188],
  },
  {
    id: 'A10 v3_as_v2: processor bytes where version 2 has none',
    machine: { report: { version: 2, bend: (body) => body.set([0x19, 0x01, 0x01], 0x188) } },
    headline: 'S1',
    says: [['snp.reserved-zero', 'fail', 'snp.mbz']],
  },
  {
    id: 'A10 v5_as_v3: mitigation vectors where version 3 has none',
    machine: {
      report: {
        bend: (body) => {
          body[0x200] = 0x1f
        },
      },
    },
    headline: 'S1',
    says: [['snp.reserved-zero', 'fail', 'snp.mbz']],
  },
  {
    id: 'A10 author_key: a digest although none was used',
    machine: { report: { authorKeyDigest: new Uint8Array(48).fill(7) } },
    headline: 'S1',
    says: [['snp.author-key-as-stated', 'fail', 'snp.author-key.unstated']],
  },
  {
    id: 'A10 author_key: used, but without a digest',
    machine: { report: { keyInfo: 1 } },
    headline: 'S1',
    says: [['snp.author-key-as-stated', 'fail', 'snp.author-key.missing']],
  },
  {
    id: 'version 1: read, and not verified',
    machine: { report: { version: 1 } },
    headline: 'S4',
    says: [
      ['snp.version-known', 'unsupported', 'snp.version-old'],
      ['snp.signed-by-chip-key', 'not-checked', 'snp.version-old'],
    ],
    points: ['snp.version-known', 0],
  },
  {
    id: 'version 6: read as the newest known one, and not verified',
    machine: { report: { version: 6 } },
    headline: 'S4',
    says: [
      ['snp.version-known', 'unsupported', 'snp.version-unknown'],
      ['snp.signed-by-chip-key', 'not-checked', 'snp.version-unknown'],
    ],
  },
]

const tables: readonly AmdRow[] = [
  {
    id: 'certtable_overlap',
    files: async () =>
      withTable(
        makeTable([
          { slot: 'ASK', bytes: await issueAuthority('ask', 'Milan') },
          { slot: 'VCEK', bytes: await makeLeaf(), shift: -9 },
        ]),
      ),
    headline: 'S4',
    says: [['snp.signed-by-chip-key', 'not-checked', 'snp.no-certificate']],
  },
  {
    id: 'certtable_len_max',
    files: async () => withTable(makeTable([{ slot: 'VCEK', bytes: await makeLeaf(), stretch: 0x7fffffff }])),
    headline: 'S4',
    says: [['snp.signed-by-chip-key', 'not-checked', 'snp.no-certificate']],
  },
  {
    id: 'certtable into its own entries',
    files: async () => withTable(makeTable([{ slot: 'VCEK', bytes: await makeLeaf(), shift: -40 }])),
    headline: 'S4',
    says: [['snp.signed-by-chip-key', 'not-checked', 'snp.no-certificate']],
  },
  {
    id: 'certtable_overlap beside the right certificate',
    files: async () => [
      ...(await withTable(
        makeTable([
          { slot: 'ASK', bytes: await issueAuthority('ask', 'Milan') },
          { slot: 'ARK', bytes: await issueAuthority('ark', 'Milan'), shift: -9 },
        ]),
      )),
      { name: 'leaf.der', bytes: await makeLeaf() },
    ],
    headline: 'S5',
  },
]

const lists: readonly AmdRow[] = [
  {
    id: 'crl_revoked_ask',
    machine: { crl: { revoked: [{ authority: 'ask', at: Date.parse('2026-02-01T00:00:00Z') }] } },
    headline: 'S3',
    says: [['snp.authority-not-revoked', 'fail', 'crl.listed']],
  },
  {
    id: 'crl_revoked_ask: the list is stale',
    machine: {
      crl: {
        nextUpdate: Date.parse('2026-05-01T00:00:00Z'),
        revoked: [{ authority: 'ask', at: Date.parse('2026-02-01T00:00:00Z') }],
      },
    },
    headline: 'S3',
    says: [['snp.authority-not-revoked', 'fail', 'crl.listed-stale']],
  },
  {
    id: 'crl_revoked_ask: revoked later',
    machine: {
      crl: {
        thisUpdate: Date.parse('2026-08-01T00:00:00Z'),
        revoked: [{ authority: 'ask', at: Date.parse('2026-07-15T00:00:00Z') }],
      },
    },
    headline: 'S3',
    says: [['snp.authority-not-revoked', 'fail', 'snp.revoked-later']],
  },
  {
    id: 'crl_revoked_asvk does not concern a chip',
    machine: { crl: { revoked: [{ authority: 'asvk', at: 0 }] } },
    headline: 'S5',
  },
  {
    id: 'crl_missing',
    machine: { crl: null },
    headline: 'S4',
    says: [['snp.authority-not-revoked', 'not-checked', 'revocation.missing']],
  },
  {
    id: 'crl_stale',
    machine: {
      crl: { thisUpdate: Date.parse('2024-06-01T00:00:00Z'), nextUpdate: Date.parse('2025-06-01T00:00:00Z') },
    },
    headline: 'S4',
    says: [['snp.authority-not-revoked', 'not-checked', 'crl.stale']],
  },
  {
    id: 'crl_future',
    machine: { crl: { thisUpdate: Date.parse('2026-07-01T00:00:00Z') } },
    headline: 'S4',
    says: [['snp.authority-not-revoked', 'not-checked', 'crl.future']],
  },
  {
    id: 'crl_forged',
    machine: { crl: { issuerKey: foreignAuthority } },
    headline: 'S4',
    says: [
      ['snp.authority-not-revoked', 'not-checked', 'crl.signature'],
      ['snp.lists-authentic', 'fail', 'crl.signature'],
    ],
  },
  {
    id: 'crl_forged beside a good one accuses nobody',
    machine: { more: [issueDemoCrl('Milan', { issuerKey: foreignAuthority, revoked: [{ authority: 'ask', at: 0 }] })] },
    headline: 'S5',
    says: [['snp.lists-authentic', 'fail', 'crl.signature']],
  },
  {
    id: "crl_foreign: another generation's",
    machine: { crl: null, more: [issueDemoCrl('Genoa')] },
    headline: 'S4',
    says: [['snp.authority-not-revoked', 'not-checked', 'crl.issuer']],
  },
]

describe('untouched twins are accepted', () => {
  it.each(ok)('$id', async (row) => expect(await rowFaults(row)).toEqual([]))
})
describe('chain and product', () => {
  it.each(chains)('$id', async (row) => expect(await rowFaults(row)).toEqual([]))
})
describe('certificate and report', () => {
  it.each(binding)('$id', async (row) => expect(await rowFaults(row)).toEqual([]))
})
describe('levels', () => {
  it.each(levels)('$id', async (row) => expect(await rowFaults(row)).toEqual([]))
})
describe('policy', () => {
  it.each(policies)('$id', async (row) => expect(await rowFaults(row)).toEqual([]))
})
describe('signature', () => {
  it.each(signatures)('$id', async (row) => expect(await rowFaults(row)).toEqual([]))
})
describe('format', () => {
  it.each(formats)('$id', async (row) => expect(await rowFaults(row)).toEqual([]))
})
describe('certificate table', () => {
  it.each(tables)('$id', async (row) => expect(await rowFaults(row)).toEqual([]))
})
describe('revocation lists', () => {
  it.each(lists)('$id', async (row) => expect(await rowFaults(row)).toEqual([]))
})

describe('what is no single check', () => {
  it("ark_selfmade: a chain that holds in itself, under a root of the attacker's own, is S2 unknown and never more", async () => {
    const machine: Machine = { leaf: { issuerKey: foreignAuthority }, more: [attackersAsk(), attackersArk()] }
    const view = await viewOf({ machine })
    expect(view).toMatchObject({ headline: 'S2', tier: 'contraindicated', root: { status: 'unknown' } })
    expect(view.checks.filter((check) => check.outcome === 'fail')).toEqual([])
  })
  it('A7 golden: the eight bytes of a TCB, by generation', async () => {
    const level = async (report: ReportRecipe) =>
      (await viewOf({ machine: { report, crl: null } })).checks.find((check) => check.id === 'snp.tcb-layout-known')
        ?.found
    const tcb = { fmc: 1, bootloader: 2, tee: 3, snp: 4, microcode: 5 }
    expect(await level({ product: 'Turin', version: 5, tcb })).toBe(
      'FMC 1 · BOOT_LOADER 2 · TEE 3 · SNP 4 · MICROCODE 5',
    )
    for (const product of ['Milan', 'Genoa'] as const)
      expect(await level({ product, tcb })).toBe('BOOT_LOADER 2 · TEE 3 · SNP 4 · MICROCODE 5')
    // Written down byte by byte, so that writer and reader cannot be wrong together.
    expect([...(await makeReport({ product: 'Turin', version: 5, tcb })).subarray(0x180, 0x188)]).toEqual([
      1, 2, 3, 4, 0, 0, 0, 5,
    ])
    expect([...(await makeReport({ product: 'Milan', tcb })).subarray(0x180, 0x188)]).toEqual([2, 3, 0, 0, 0, 0, 4, 5])
  })
  it('A8 golden: the bits of PLATFORM_INFO and POLICY', async () => {
    const { inspect } = await import('../../engine/inspect.ts')
    const names = async (recipe: ReportRecipe, path: string) => {
      const [artifact] = (await inspect([{ name: 'x', bytes: await makeReport(recipe) }])).artifacts
      const field = artifact?.tree.children[0]?.children.find((child) => child.path === path)
      return field?.children
        .filter((child) =>
          child.value.kind === 'bool'
            ? child.value.value
            : child.bit?.from !== child.bit?.to && child.value.kind === 'uint' && child.value.value !== '0',
        )
        .map((child) => child.label)
    }
    const bits = [
      'SMT_EN',
      'TSME_EN',
      'ECC_EN',
      'RAPL_DIS',
      'CIPHERTEXT_HIDING_DRAM_EN',
      'ALIAS_CHECK_COMPLETE',
      'IOMMU_WRITE_SAFE',
      'TIO_EN',
    ]
    for (const [bit, name] of bits.entries())
      expect(await names({ platformInfo: 1n << BigInt(bit) }, 'body.platformInfo')).toEqual([name])
    expect(await names({ policy: (1n << 18n) | (1n << 17n) }, 'body.policy')).toEqual(['RESERVED_MBO', 'MIGRATE_MA'])
    expect(await names({ policy: (1n << 19n) | (1n << 17n) }, 'body.policy')).toEqual(['RESERVED_MBO', 'DEBUG'])
  })
  it('A11 a report of Milan says what it cannot show, and every report names physical access', async () => {
    for (const product of PRODUCTS) {
      const limits = (await viewOf({ machine: { report: { product, version: 5 } } })).doesNotProve
      expect(limits.includes('limit.snp.milan-seed'), product).toBe(product === 'Milan')
      expect(limits).toContain('limit.snp.physical')
    }
  })
  it('a forged chain under a genuine report: the genuine certificate is taken, whatever stands beside it', async () => {
    const files = await filesOf({
      more: [makeLeaf({ key: demoKeys.Genoa.vcek, hwId: new Uint8Array(64).fill(3) }), attackersAsk(), attackersArk()],
    })
    const view = await viewOf({ files: () => Promise.resolve(files), at: AMD_AT })
    expect(effective(view)).toBe('S5')
    expect(view.root.status).toBe('demonstration')
  })
})

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value)
}
function plusOne(product: 'Milan' | 'Turin', component: Component) {
  return { ...GOOD_TCB[product], [component]: (GOOD_TCB[product][component] ?? 0) + 1 }
}
function chipOf(product: 'Genoa' | 'Turin'): Uint8Array {
  return fromHex(product === 'Turin' ? 'd0d0c0de00000003' : `d0d0c0de00000002${'5e'.repeat(56)}`) ?? new Uint8Array()
}
function milanOrder(body: Uint8Array): void {
  for (const at of [0x38, 0x180, 0x1e0, 0x1f0]) body.set([1, 1, 0, 0, 0, 0, 4, 0x51], at)
}
function le48(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 48 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn))
}
function leNumber(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}
async function withTable(table: Uint8Array) {
  return [
    { name: 'extended.bin', bytes: joinBytes([await makeReport(), table]) },
    { name: 'list.crl', bytes: await issueDemoCrl('Milan') },
  ]
}
