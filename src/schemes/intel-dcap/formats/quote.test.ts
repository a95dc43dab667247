import { fc } from '../../../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../../../core/place.ts'
import { tilingFaults, toHex } from '../../../bytes/layout.ts'
import { decodeQuote, quoteFacts, sgxQuoteFormat, tdxQuoteFormat } from './quote.ts'
import {
  ascii,
  docsIn,
  handHeader,
  handQe,
  handQuote3,
  handQuote4,
  handQuote5,
  handReport,
  handSignature4,
  handTdReport,
  joined,
  le,
  run,
} from './testing.ts'
import { en } from '../texts-fields.en.ts'

const read = (bytes: Uint8Array) => decodeQuote(sliceOf('', bytes))
const tiles = (bytes: Uint8Array) => {
  const decoding = read(bytes)
  const faults = tilingFaults(decoding.tree(), sliceOf('', bytes))
  for (const space of decoding.spaces()) expect(space.bytes.length).toBeGreaterThanOrEqual(0)
  return [...faults.holes, ...faults.overlaps]
}

const QUOTES = {
  v3: handQuote3(),
  'v4 tdx': handQuote4('tdx'),
  'v4 sgx': handQuote4('sgx'),
  'v5 sgx': handQuote5(1),
  'v5 1.0': handQuote5(2),
  'v5 1.5': handQuote5(3),
  'v5 1.5 extended': handQuote5(4),
}

describe('quotes', () => {
  it.each(Object.entries(QUOTES))('%s is whole, tiled and without problems', (_, bytes) => {
    const { decoded } = read(bytes)
    expect(decoded.malformed).toBeUndefined()
    expect(decoded.problems.filter((problem) => !/^(pem|cert|der)/.test(problem.because.text))).toEqual([])
    expect(tiles(bytes)).toEqual([])
    expect(decoded.signature?.value.length).toBe(64)
    expect(decoded.attestationKey?.value[0]).toBe(51)
    expect(decoded.qeReport?.isvSvn.value).toBe(7)
    expect(decoded.qeAuthData?.value.length).toBe(32)
    expect(decoded.certification?.type.value).toBe(5)
    expect(decoded.trailing.end - decoded.trailing.start).toBe(0)
  })

  it('signs header and body, and in version 5 the descriptor between them', () => {
    for (const [name, bytes] of Object.entries(QUOTES)) {
      const { decoded } = read(bytes)
      const length =
        48 + (name.startsWith('v5') ? 6 : 0) + (decoded.body ? decoded.body.slice.end - decoded.body.slice.start : 0)
      expect(decoded.signedBytes && bytesOf(decoded.signedBytes).length).toBe(length)
      expect(decoded.signedBytes?.start).toBe(0)
    }
  })

  it('reads every field of an enclave report where it belongs', () => {
    const body = read(handQuote3()).decoded.body
    if (body?.kind !== 'sgx') throw new Error('not an SGX body')
    const report = body.report
    expect(
      [
        report.cpuSvn,
        report.isvExtProdId,
        report.mrEnclave,
        report.mrSigner,
        report.configId,
        report.isvFamilyId,
        report.reportData,
      ].map((each) => new Set(each.value)),
    ).toEqual([1, 2, 3, 4, 5, 9, 10].map((n) => new Set([n])))
    expect([report.isvProdId.value, report.isvSvn.value, report.configSvn.value]).toEqual([6, 7, 8])
    expect(report.attributes.flags).toMatchObject({ INIT: 1, DEBUG: 0, MODE64BIT: 1 })
    expect(report.xfrm.flags).toMatchObject({ X87: 1, SSE: 1, AVX: 1, Hi16_ZMM: 1, PT: 0 })
  })

  it('reads every field of the longest TD report where it belongs', () => {
    const body = read(handQuote5(4)).decoded.body
    if (body?.kind !== 'td15ex') throw new Error('not an extended body')
    const report = body.report
    const named = [
      report.mrSeam,
      report.mrTd,
      report.mrConfigId,
      report.mrOwner,
      report.mrOwnerConfig,
      report.rtmr0,
      report.rtmr1,
      report.rtmr2,
      report.rtmr3,
      report.reportData,
      report.mrServiceTd,
      report.tdId,
      report.devInfo,
      report.initServTdHash,
      report.initServTdAttributes,
      report.initCpuSvn,
      report.initTeeTcbSvn,
      report.initTeeFmspc,
      report.curServTdHash,
      report.curServTdAttributes,
    ]
    expect(named.map((each) => each.value[0])).toEqual([
      11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 27, 28, 29, 30, 31,
    ])
    expect(toHex(report.teeTcbSvn.value)).toBe('000102030405060708090a0b0c0d0e0f')
    expect(toHex(report.teeTcbSvn2.value)).toBe('0102030405060708090a0b0c0d0e0f10')
    expect(report.tdAttributes.flags).toMatchObject({ SEPT_VE_DISABLE: 1, DEBUG: 0, MIGRATABLE: 0 })
  })

  it('shows reserved bytes and unnamed bits that are set', () => {
    const bytes = handQuote4('tdx')
    const changed = joined(
      handHeader(4, 0x81),
      handTdReport('td10', joined(le(4, 0x10000002), le(4, 0))),
      handSignature4(),
    )
    expect(read(bytes).decoded.problems.map((problem) => problem.because.text)).not.toContain('bits.unknown')
    expect(
      read(changed).decoded.problems.find((problem) => problem.because.text === 'bits.unknown')?.because.params,
    ).toMatchObject({ bit: 1 })
    const seam = bytes.slice()
    seam[seam.lastIndexOf(11) + 1 + 48] = 1
    expect(read(seam).decoded.problems.map((problem) => problem.because.params)).toContainEqual({
      bit: 0,
      field: 'SEAMATTRIBUTES',
    })
  })

  it('reads P-384 keys with their own lengths', () => {
    const bytes = joined(handHeader(4, 0x81, 3), handTdReport('td10'), handSignature4(handQe(), 96))
    const { decoded } = read(bytes)
    expect([decoded.signature?.value.length, decoded.attestationKey?.value.length, decoded.malformed]).toEqual([
      96,
      96,
      undefined,
    ])
    expect(tiles(bytes)).toEqual([])
  })

  it('shows bytes behind the signature data, zero or not', () => {
    for (const [tail, reason] of [
      [run(70, 0), 'layout.padding'],
      [run(39, 7), 'layout.trailing'],
    ] as const) {
      const bytes = joined(handQuote4(), tail)
      const { decoded } = read(bytes)
      expect(bytesOf(decoded.trailing)).toEqual(tail)
      expect(decoded.malformed).toBeUndefined()
      expect(decoded.problems.map((problem) => problem.because.text)).toContain(reason)
      expect(tiles(bytes)).toEqual([])
    }
  })

  it('names claim, place and what is there when a length lies', () => {
    const good = handQuote3()
    const lying = good.slice()
    lying.set(le(4, 0xffffffff), 432)
    expect(read(lying).decoded.malformed).toEqual({
      text: 'quote.length',
      params: { field: 'signature data', claimed: 0xffffffff, available: good.length - 436, at: '0x1b4' },
    })
    expect(read(lying).decoded.qeReport).toBeDefined()
    const auth = handQuote3(joined(handReport(0x15), run(64, 41), le(2, 0xffff), run(32, 40)))
    expect(read(auth).decoded.malformed?.params).toMatchObject({
      field: 'QE authentication data',
      claimed: 0xffff,
      available: 32,
    })
    expect(read(auth).decoded.qeAuthData).toBeUndefined()
    const empty = joined(handHeader(3, 0), handReport(), le(4, 0))
    expect(read(empty).decoded.malformed?.text).toBe('quote.truncated')
    for (const bytes of [lying, auth, empty]) expect(tiles(bytes)).toEqual([])
  })

  it('says what is wrong with header and descriptor', () => {
    const reason = (bytes: Uint8Array) => read(bytes).decoded.malformed?.text
    expect(reason(joined(handHeader(6, 0x81), run(600, 0)))).toBe('quote.version')
    expect(reason(joined(handHeader(4, 0x82), run(600, 0)))).toBe('quote.tee-type')
    expect(reason(joined(handHeader(3, 0x81), handReport(), run(600, 0)))).toBe('quote.tee-type')
    expect(reason(joined(handHeader(4, 0x81, 7), handTdReport('td10'), handSignature4()))).toBe('quote.key-type')
    expect(reason(joined(handHeader(5, 0x81), le(2, 9), le(4, 584), run(600, 0)))).toBe('quote.body-type')
    expect(reason(joined(handHeader(5, 0x81), le(2, 2), le(4, 648), handTdReport('td15'), handSignature4()))).toBe(
      'quote.body-size',
    )
    expect(reason(joined(handHeader(5, 0x81), le(2, 1), le(4, 384), handReport(), handSignature4()))).toBe(
      'quote.body-tee',
    )
    expect(reason(joined(handHeader(4, 0x81), handTdReport('td10'), handSignature4(handQe(6))))).toBe(
      'quote.certification-type',
    )
  })

  it('reads certification data that only names the platform', () => {
    const clear = read(handQuote3(handQe(1, joined(run(16, 60), run(16, 61), le(2, 11), le(2, 0))))).decoded
    expect([
      clear.platform?.ppid.value.length,
      clear.platform?.pceSvn?.value,
      clear.platform?.pceId?.value.length,
    ]).toEqual([16, 11, 2])
    const noRoom = read(handQuote3(handQe(1, joined(run(16, 60), run(16, 61), le(2, 11))))).decoded
    expect([noRoom.platform?.pceSvn?.value, noRoom.platform?.pceId, noRoom.malformed]).toEqual([
      11,
      undefined,
      undefined,
    ])
    const hidden = read(handQuote3(handQe(3, joined(run(384, 60), run(16, 61), le(2, 11), le(2, 0))))).decoded
    expect(hidden.platform?.ppid.value.length).toBe(384)
    expect(quoteFacts(hidden).deviceId).toBeUndefined()
    // A PPID that stands in the clear is signed by nobody.
    expect(quoteFacts(clear).deviceId).toBeUndefined()
    const manifest = read(handQuote3(handQe(7, run(90, 3)))).decoded
    expect([manifest.manifest && bytesOf(manifest.manifest).length, manifest.malformed?.text]).toEqual([
      90,
      'quote.certification-type',
    ])
    expect(
      read(handQuote3(handQe(5, ascii('no certificate here')))).decoded.problems.map((problem) => problem.because.text),
    ).toContain('quote.no-certificates')
  })

  it('states facts in core words', () => {
    const facts = quoteFacts(read(handQuote5(3)).decoded)
    expect(facts.userData?.value).toEqual(run(64, 20))
    expect(facts.measurements.filter((each) => each.identity).map((each) => each.name)).toEqual([
      'MRTD',
      'RTMR0',
      'RTMR1',
      'RTMR2',
      'RTMR3',
    ])
    expect(facts.debug?.value).toBe(false)
    expect(
      quoteFacts(read(joined(handHeader(4, 0x81), handTdReport('td10', le(8, 1)), handSignature4())).decoded).debug
        ?.value,
    ).toBe(true)
  })

  it('never throws and always tiles, for cuts at every length', () => {
    for (const bytes of [QUOTES.v3, QUOTES['v4 tdx'], QUOTES['v5 1.5 extended']])
      for (let length = 0; length < bytes.length; length++) {
        const cut = sliceOf('', bytes.subarray(0, length))
        const { decoded, tree } = decodeQuote(cut)
        if (decoded.malformed === undefined) throw new Error(`cut at ${length}: taken as whole`)
        const { holes, overlaps } = tilingFaults(tree(), cut)
        if (holes.length + overlaps.length > 0) throw new Error(`cut at ${length}: not tiled`)
      }
  })

  it('never throws and always tiles, for changed bytes and for noise', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(QUOTES)),
        fc.array(fc.tuple(fc.nat(3000), fc.nat(255)), { minLength: 1, maxLength: 12 }),
        (bytes, changes) => {
          const changed = bytes.slice()
          for (const [at, value] of changes) changed[at % changed.length] = value
          expect(tiles(changed)).toEqual([])
        },
      ),
      { numRuns: 300, seed: 7 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        expect(tiles(bytes)).toEqual([])
      }),
      { numRuns: 200, seed: 7 },
    )
  })

  it('explains every field and bit', () => {
    const docs = new Set([
      ...Object.values(QUOTES).flatMap((bytes) => docsIn(read(bytes).tree())),
      ...[sgxQuoteFormat, tdxQuoteFormat].flatMap(
        (format) =>
          format
            .rows?.()
            .flatMap((row) => [row.doc ?? row.name, ...(row.bits ?? []).map((bit) => bit.doc ?? bit.name)]) ?? [],
      ),
    ])
    const shared = /^(field\.(trailing|pem|cert|x509|der|crl|json)|bit\.unknown)/
    expect([...docs].filter((doc) => !shared.test(doc) && !(doc in en))).toEqual([])
  })
})
