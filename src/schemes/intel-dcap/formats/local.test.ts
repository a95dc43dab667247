import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../../../core/place.ts'
import { tilingFaults } from '../../../bytes/layout.ts'
import { entry } from '../index.ts'
import { en } from '../texts-fields.en.ts'
import { epidQuoteFormat, sgxReportFormat, tdReportFormat } from './local.ts'
import {
  ascii,
  docsIn,
  handHeader,
  handQuote3,
  handQuote4,
  handQuote5,
  handReport,
  handTdReport,
  joined,
  le,
  run,
} from './testing.ts'

const tdReport = joined(
  Uint8Array.from([0x81, 0, 1, 0]),
  run(12, 0),
  run(16, 1),
  run(48, 2),
  run(48, 3),
  run(64, 4),
  run(32, 0),
  run(32, 5),
  le(8, 0x301ff),
  run(16, 6),
  run(48, 7),
  run(48, 0),
  run(8, 0),
  run(16, 8),
  run(95, 0),
  run(17, 0),
  joined(le(4, 0x10000000), le(4, 0)),
  le(8, 0xe7),
  ...[9, 10, 11, 12, 13, 14, 15, 16, 17].map((n) => run(48, n)),
  run(64, 0),
)
const epid = (signature: Uint8Array) =>
  joined(le(2, 2), le(2, 1), run(4, 1), le(2, 9), le(2, 10), le(4, 0), run(32, 2), handReport(), signature)
const detect = (bytes: Uint8Array) =>
  entry.detectors
    .map((each) => each(sliceOf('', bytes)))
    .filter((each) => each !== undefined)
    .sort((a, b) => b.score - a.score)

describe('reports for the same machine, and old quotes', () => {
  it('reads a TDREPORT with the two hashed parts', () => {
    const { decoded, tree } = tdReportFormat.decode(sliceOf('', tdReport), { hints: {} })
    expect(decoded.malformed).toBeUndefined()
    expect([
      decoded.teeTcbInfo && bytesOf(decoded.teeTcbInfo).length,
      decoded.tdInfo && bytesOf(decoded.tdInfo).length,
    ]).toEqual([239, 512])
    expect([
      decoded.teeTcbInfoHash?.value[0],
      decoded.tdInfoHash?.value[0],
      decoded.reportData?.value[0],
      decoded.mac?.value[0],
      decoded.mrSeam?.value[0],
    ]).toEqual([2, 3, 4, 5, 7])
    expect(decoded.registers.map((each) => [each.name, each.value.value[0]])).toEqual([
      ['MRTD', 9],
      ['RTMR0', 13],
      ['RTMR1', 14],
      ['RTMR2', 15],
      ['RTMR3', 16],
      ['MRCONFIGID', 10],
      ['MROWNER', 11],
      ['MROWNERCONFIG', 12],
      ['MRSERVICETD', 17],
      ['MRSEAM', 7],
      ['MRSIGNERSEAM', 0],
    ])
    expect(tilingFaults(tree(), sliceOf('', tdReport))).toEqual({ holes: [], overlaps: [] })
    expect(tdReportFormat.facts?.(decoded).userData?.value).toEqual(run(64, 4))
  })

  it('reads enclave reports of both lengths', () => {
    const short = sgxReportFormat.decode(sliceOf('', handReport()), { hints: {} }).decoded
    const long = sgxReportFormat.decode(sliceOf('', joined(handReport(), run(32, 70), run(16, 71))), {
      hints: {},
    }).decoded
    expect([short.report?.isvSvn.value, short.mac, long.keyId?.value[0], long.mac?.value[0]]).toEqual([
      7,
      undefined,
      70,
      71,
    ])
  })

  it('reads EPID quotes with and without signature', () => {
    const whole = epidQuoteFormat.decode(sliceOf('', epid(joined(le(4, 680), run(680, 3)))), { hints: {} }).decoded
    expect([
      whole.version,
      whole.signType?.value,
      whole.qeSvn?.value,
      whole.report?.isvProdId.value,
      whole.signature && bytesOf(whole.signature).length,
      whole.malformed,
    ]).toEqual([2, 1, 9, 6, 680, undefined])
    const bare = epidQuoteFormat.decode(sliceOf('', epid(run(0, 0))), { hints: {} }).decoded
    expect([bare.signature, bare.malformed]).toEqual([undefined, undefined])
    const lying = epidQuoteFormat.decode(sliceOf('', epid(joined(le(4, 0xffff), run(680, 3)))), { hints: {} }).decoded
    expect(lying.malformed?.params).toMatchObject({ claimed: 0xffff, available: 680 })
  })

  it('never throws and always tiles, for cuts at every length', () => {
    for (const [format, bytes] of [
      [tdReportFormat, tdReport],
      [sgxReportFormat, joined(handReport(), run(60, 1))],
      [epidQuoteFormat, epid(joined(le(4, 680), run(690, 3)))],
    ] as const) {
      for (let length = 0; length <= bytes.length; length++) {
        const cut = sliceOf('', bytes.subarray(0, length))
        const { holes, overlaps } = tilingFaults(format.decode(cut, { hints: {} }).tree(), cut)
        if (holes.length + overlaps.length > 0) throw new Error(`cut at ${length}: not tiled`)
      }
    }
  })

  it('explains every field and bit', () => {
    for (const [format, bytes] of [
      [tdReportFormat, tdReport],
      [sgxReportFormat, joined(handReport(), run(48, 1))],
      [epidQuoteFormat, epid(joined(le(4, 680), run(680, 3)))],
    ] as const) {
      const docs = [
        ...docsIn(format.decode(sliceOf('', bytes), { hints: {} }).tree()),
        ...(format.rows?.() ?? []).flatMap((row) => [
          row.doc ?? row.name,
          ...(row.bits ?? []).map((bit) => bit.doc ?? bit.name),
        ]),
      ]
      expect(docs.filter((doc) => doc !== 'field.trailing' && doc !== 'bit.unknown' && !(doc in en))).toEqual([])
    }
  })
})

describe('detection', () => {
  it('ranks each kind first', () => {
    const cases: [Uint8Array, string][] = [
      [handQuote3(), 'intel.sgx-quote'],
      [handQuote4('tdx'), 'intel.tdx-quote'],
      [handQuote4('sgx'), 'intel.sgx-quote'],
      [handQuote5(3), 'intel.tdx-quote'],
      [tdReport, 'intel.tdreport'],
      [handReport(), 'intel.sgx-report'],
      [joined(handReport(), run(48, 1)), 'intel.sgx-report'],
      [epid(joined(le(4, 680), run(680, 3))), 'intel.epid-quote'],
      [epid(run(0, 0)), 'intel.epid-quote'],
      [ascii('{"tcbInfo":{"version":3},"signature":""}'), 'intel.tcb-info'],
      [ascii('{"fmspc":"","tcbLevels":[]}'), 'intel.tcb-info'],
      [ascii('{ "signature":"", "enclaveIdentity" : {}}'), 'intel.qe-identity'],
      [ascii('{"tcbEvaluationDataNumbers":{}}'), 'intel.tcb-evaluation-numbers'],
      [ascii('{"tcb_info":"{\\"tcbInfo\\":{}}","pck_crl":""}'), 'intel.collateral-bundle'],
      [ascii('tcb_info: x\npck_crl: y\nroot_ca_crl: z\n'), 'intel.collateral-bundle'],
      [joined(le(4, 1), le(4, 2), le(8, 100), handQuote3()), 'intel.oe-evidence'],
      [joined(le(4, 1), le(4, 2), le(4, 100), le(4, 9), run(36, 0)), 'intel.oe-endorsements'],
    ]
    for (const [bytes, format] of cases) {
      const found = detect(bytes)
      expect(found[0]?.format).toBe(format)
      for (const each of found) expect(each.because.text in en, each.because.text).toBe(true)
    }
  })

  it('sees a quote whose vendor id was changed, and stays silent on noise', () => {
    const changed = handQuote4()
    changed[12] = 0
    expect(detect(changed)[0]).toMatchObject({ format: 'intel.tdx-quote', score: 0.7 })
    for (const bytes of [
      run(0, 0),
      run(384, 0),
      run(2000, 0),
      run(1024, 0xff),
      ascii('{}'),
      ascii('{"tcbInfo":1}'),
      ascii('hello'),
      joined(handHeader(9, 1).subarray(0, 20)),
      handTdReport('td10'),
    ])
      expect(detect(bytes)).toEqual([])
  })
})
