import { describe, expect, it } from 'vitest'
import { joinBytes } from '../../bytes/join.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import {
  makeAuthority,
  makeCek,
  makeDcuReport,
  makeEvidenceJson,
  makeHskCek,
  makeLookAlikeRoot,
  makePek,
  makeReportV1,
  makeReportV2,
  withOtherMask,
} from './attester.ts'
import { ROOT_USER_ID } from './anchors.ts'
import { ANONCE_AT, CURVE_SM2, HRK, HSK, PDH, V1_TAIL_AT } from './numbers.ts'
import { flipped } from './testing.ts'

/** What must fail, and only that, for each way in which evidence of this family can be wrong. Everything is signed anew where a signature would otherwise hide the fault. */

type Files = readonly Uint8Array[]
const utf8 = (text: string) => new TextEncoder().encode(text)
const chain = makeHskCek()
/** HSK and CEK in one file. */
const pair = (hsk: Uint8Array, cek: Uint8Array) => joinBytes([hsk, cek])
const withByte = (bytes: Uint8Array, at: number, value: number) => bytes.map((byte, i) => (i === at ? value : byte))

interface Row {
  readonly name: string
  readonly files: () => Promise<Files>
  readonly fails: readonly string[]
  /** As if the demonstration root were a vendor's. */
  readonly headline: string
  readonly root?: string
}

const ROWS: readonly Row[] = [
  { name: 'nothing', files: async () => [await makeReportV1(), chain], fails: [], headline: 'S5' },
  {
    name: 'm01 a bit of the launch digest',
    files: async () => [flipped(await makeReportV1(), 150), chain],
    fails: ['csv.report-signed-by-pek'],
    headline: 'S1',
  },
  {
    name: 'm02 signed without the mask',
    files: async () => [await makeReportV1({ isSignedClear: true }), chain],
    fails: ['csv.report-signed-by-pek'],
    headline: 'S1',
  },
  {
    name: 'm03 PEK signed by another key, the chain in another file: not for this',
    files: async () => [await makeReportV1({ pek: makePek({ signer: 'other' }) }), chain],
    fails: [],
    headline: 'S4',
  },
  {
    name: 'm04 CEK signed by another HSK',
    files: async () => [await makeReportV1(), pair(makeAuthority(HSK), makeCek('other'))],
    fails: ['csv.cek-signed-by-hsk'],
    headline: 'S4',
  },
  {
    name: 'm05 HSK signed by another root, and the one that it names is here',
    files: async () => [await makeReportV1(), pair(makeAuthority(HSK, 'other'), makeCek()), makeAuthority(HRK)],
    fails: ['csv.hsk-signed-by-root'],
    headline: 'S4',
  },
  {
    name: 'm06 the whole chain under a root that has HRK’s key id and user id: unknown without it',
    files: async () => [await makeReportV1(), pair(makeAuthority(HSK, 'other', ROOT_USER_ID), makeCek())],
    fails: [],
    headline: 'S4',
    root: 'unknown',
  },
  {
    name: 'm06 with that root beside it: at most added',
    files: async () => [
      await makeReportV1(),
      pair(makeAuthority(HSK, 'other', ROOT_USER_ID), makeCek()),
      makeLookAlikeRoot(),
    ],
    fails: [],
    headline: 'S5',
    root: 'added',
  },
  {
    name: 'm07 the report names another usage',
    files: async () => [withByte(await makeReportV1({ anonce: 0 }), 180, PDH & 255), chain],
    fails: ['csv.usage.pek'],
    headline: 'S1',
  },
  {
    name: 'm08 a signature slot names another signer',
    files: async () => [await makeReportV1({ pek: makePek({ slotUsage: PDH }) }), chain],
    fails: ['csv.usage.pek'],
    headline: 'S1',
  },
  {
    name: 'm09 signed with the user id that SM2 takes by default',
    files: async () => [await makeReportV1({ userId: '1234567812345678' }), chain],
    fails: ['csv.report-signed-by-pek'],
    headline: 'S1',
  },
  {
    name: 'm10 another mask',
    files: async () => [withOtherMask(await makeReportV1(), 2), chain],
    // Whoever changes the mask makes the MAC anew; here it is left.
    fails: ['csv.mac', 'csv.mask-consistent'],
    headline: 'S3',
  },
  {
    name: 'the mask number alone, nothing masked anew: the usages behind the digest read otherwise',
    files: async () => [withByte(await makeReportV1(), ANONCE_AT, 0x1e ^ 2), chain],
    fails: ['csv.curve.pek', 'csv.mac', 'csv.mask-consistent', 'csv.report-signed-by-pek', 'csv.usage.pek'],
    headline: 'S1',
  },
  {
    name: 'm11 another MAC',
    files: async () => [flipped(await makeReportV1(), 2540), chain],
    fails: ['csv.mac'],
    headline: 'S5',
  },
  {
    name: 'm12 another chip id, MAC made anew: nothing that is signed changes, so nothing fails',
    files: async () => [await makeReportV1({ chipId: 'DEMO9999999999' }), chain],
    fails: [],
    headline: 'S5',
  },
  {
    name: 'm13 a number with something above its 32 bytes',
    files: async () => [withByte(await makeReportV1(), 192 + 40, 1), chain],
    fails: ['csv.report-signed-by-pek'],
    headline: 'S1',
  },
  {
    name: 'm14 r + n instead of r',
    files: async () => [plusOrder(await makeReportV1()), chain],
    fails: ['csv.report-signed-by-pek'],
    headline: 'S1',
  },
  {
    name: 'm15 a bit of a register',
    files: async () => [flipped(await makeReportV2(), 240), chain],
    fails: ['csv.report-signed-by-pek'],
    headline: 'S1',
  },
  {
    name: 'm07 in version 2: the signer’s certificate names another usage',
    files: async () => [withByte(await makeReportV2(), 1168 + 8, PDH & 255), chain],
    fails: ['csv.mac', 'csv.usage.pek'],
    headline: 'S1',
  },
  {
    name: 'm17 RTMR0 is not the launch digest',
    files: async () => [await makeReportV2({ rtmr0: new Uint8Array(32).fill(7) }), chain],
    fails: ['csv.rtmr0-is-measure'],
    headline: 'S1',
  },
  {
    name: 'JSON that says the same beside the report',
    files: async () => [makeEvidenceJson(await makeReportV2())],
    fails: [],
    headline: 'S5',
  },
  {
    name: 'm18 JSON with another PEK beside the report',
    files: async () => [makeEvidenceJson(await makeReportV2(), { pek: makePek({ signer: 'other' }) })],
    fails: ['csv.container-agrees'],
    headline: 'S1',
  },
  {
    name: 'm19 JSON with another chip id beside the report',
    files: async () => [makeEvidenceJson(await makeReportV2(), { serial: 'DEMO9999999999' })],
    fails: ['csv.container-agrees'],
    headline: 'S1',
  },
  {
    name: 'm20 a DCU’s user data',
    files: async () => [flipped(makeDcuReport(), 30), chain],
    fails: ['dcu.report-signed-by-cek'],
    headline: 'S1',
  },
  {
    name: 'm22 one byte short',
    files: async () => [(await makeReportV1()).subarray(0, 2547), chain],
    fails: ['csv.well-formed'],
    headline: 'S1',
  },
  {
    name: 'm23 HSK on another curve, under the root that it names',
    files: async () => [
      await makeReportV1(),
      pair(withByte(makeAuthority(HSK), 64, CURVE_SM2 - 1), makeCek()),
      makeAuthority(HRK),
    ],
    fails: ['csv.cek-signed-by-hsk', 'csv.curve.hsk', 'csv.hsk-signed-by-root'],
    headline: 'S4',
  },
  {
    name: 'm24 the CEK names another HSK than the one that signed it',
    files: async () => [await makeReportV1(), pair(makeAuthority(HSK), makeCek('hsk', 'cek', 'other'))],
    fails: ['csv.cek-signed-by-hsk'],
    headline: 'S4',
  },
  {
    name: 'a number of JSON that is no byte',
    files: async () => [
      utf8(new TextDecoder().decode(makeEvidenceJson(await makeReportV2())).replace('"data":[', '"data":[256,')),
    ],
    fails: [],
    headline: 'SN',
  },
  {
    name: 'a masked tail behind which a clear one is claimed',
    files: async () => [withByte(await makeReportV1({ anonce: 0 }), V1_TAIL_AT + 8, 0x12), chain],
    fails: ['csv.mac', 'csv.usage.pek'],
    headline: 'S1',
  },
]

/** r ‖ 40 zeros at 192, least significant byte first: the same number modulo the order, in 33 bytes. */
function plusOrder(report: Uint8Array): Uint8Array {
  const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
  const out = report.slice()
  let r = 0n
  for (let i = 31; i >= 0; i--) r = (r << 8n) | BigInt(out[192 + i] ?? 0)
  r += order
  for (let i = 0; i < 33; i++) out[192 + i] = Number((r >> BigInt(8 * i)) & 255n)
  return out
}

describe('what is wrong, and what fails for it', () => {
  it.each(ROWS)('$name', async ({ files, fails, headline, root }) => {
    const named = (await files()).map((bytes, i) => ({ name: `file ${i}`, bytes }))
    const view = await appraise(named, {
      at: Date.parse('2026-06-01T00:00:00Z'),
      atSource: 'given',
      policy: NO_POLICY,
    })
    const failing = view.checks.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id)
    expect([view.ifRootTrusted ?? view.headline, failing.toSorted()]).toEqual([headline, fails.toSorted()])
    if (root !== undefined) expect(view.root.status).toBe(root)
  })
})
