import { fc } from '../../../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf, type Slice } from '../../../core/place.ts'
import { tilingFaults, toHex } from '../../../bytes/layout.ts'
import { FORMATS } from '../decoded.ts'
import { en } from '../texts-fields.en.ts'
import { bundleFormat } from './bundle.ts'
import { decodeEnclaveIdentity, decodeEvaluationNumbers } from './enclave-identity.ts'
import { oeEndorsementsFormat } from './open-enclave.ts'
import { compactBytes, exactDate } from './signed-json.ts'
import { decodeTcbInfo } from './tcb-info.ts'
import { ascii, docsIn, joined, le, run } from './testing.ts'

const slice = (text: string | Uint8Array): Slice => sliceOf('', typeof text === 'string' ? ascii(text) : text)
const SIGNATURE = 'ab'.repeat(64)
const DATES = '"issueDate":"2025-06-01T00:00:00Z","nextUpdate":"2025-07-01T00:00:00Z"'
const components = (svn: number, count = 16) =>
  `[${Array.from({ length: count }, (_, i) => (i === 0 ? `{"svn":${svn},"category":"BIOS","type":"Early Microcode Update"}` : `{"svn":${svn}}`)).join()}]`
const level = (svn: number, status = 'UpToDate', extra = '') =>
  `{"tcb":{"sgxtcbcomponents":${components(svn)},"pcesvn":13,"tdxtcbcomponents":${components(svn)}},"tcbDate":"2024-03-13T00:00:00Z","tcbStatus":"${status}"${extra}}`
const module =
  '"tdxModule":{"mrsigner":"' +
  '00'.repeat(48) +
  '","attributes":"0000000000000000","attributesMask":"ffffffffffffffff"}'
const identityOf = (id: string) =>
  `{"id":"${id}","mrsigner":"${'00'.repeat(48)}","attributes":"0000000000000000","attributesMask":"ffffffffffffffff","tcbLevels":[{"tcb":{"isvsvn":4},"tcbDate":"2024-03-13T00:00:00Z","tcbStatus":"UpToDate"}]}`
const tcbBody = (levels = [level(5), level(2, 'OutOfDate', ',"advisoryIDs":["INTEL-SA-00001","INTEL-SA-00002"]')]) =>
  `{"id":"TDX","version":3,${DATES},"fmspc":"90C06F000000","pceId":"0000","tcbType":0,"tcbEvaluationDataNumber":18,${module},"tdxModuleIdentities":[${identityOf('TDX_03')}],"tcbLevels":[${levels.join()}]}`
const wrap = (name: string, body: string) => `{"${name}":${body},"signature":"${SIGNATURE}"}`
const identity = `{"id":"TD_QE","version":2,${DATES},"tcbEvaluationDataNumber":18,"miscselect":"00000000","miscselectMask":"FFFFFFFF","attributes":"${'11'.repeat(16)}","attributesMask":"${'FB'.repeat(16)}","mrsigner":"${'DC'.repeat(32)}","isvprodid":2,"tcbLevels":[{"tcb":{"isvsvn":4},"tcbDate":"2024-03-13T00:00:00Z","tcbStatus":"UpToDate"}]}`
const faults = (text: string) => decodeTcbInfo(slice(text), {}).decoded.formatFaults.map((fault) => fault.because.text)
const text = (part: Slice | undefined) => part && new TextDecoder().decode(bytesOf(part))

describe('TCB info', () => {
  it('keeps the exact signed bytes and every number', () => {
    const { decoded, tree } = decodeTcbInfo(slice(wrap('tcbInfo', tcbBody())), {})
    expect(decoded.formatFaults).toEqual([])
    expect(text(decoded.body)).toBe(tcbBody())
    expect([decoded.compact(), decoded.bodyPath, decoded.signature && toHex(decoded.signature)]).toEqual([
      undefined,
      'tcbInfo',
      SIGNATURE,
    ])
    expect(decoded).toMatchObject({
      version: 3,
      id: 'TDX',
      fmspc: '90c06f000000',
      pceId: '0000',
      tcbType: 0,
      evaluationNumber: 18,
      issueDateMs: Date.parse('2025-06-01T00:00:00Z'),
      nextUpdateMs: Date.parse('2025-07-01T00:00:00Z'),
    })
    expect(
      decoded.levels.map((each) => [
        each.sgx.length,
        each.tdx?.length,
        each.sgx[3],
        each.pceSvn,
        each.status,
        each.advisories,
      ]),
    ).toEqual([
      [16, 16, 5, 13, 'UpToDate', []],
      [16, 16, 2, 13, 'OutOfDate', ['INTEL-SA-00001', 'INTEL-SA-00002']],
    ])
    expect(
      decoded.tdxModuleIdentities?.map((each) => [each.id, each.mrSigner?.length, each.levels[0]?.isvSvn]),
    ).toEqual([['TDX_03', 48, 4]])
    expect(decoded.sgxComponentNames[0]).toBe('Early Microcode Update')
    expect(tilingFaults(tree(), slice(wrap('tcbInfo', tcbBody())))).toEqual({ holes: [], overlaps: [] })
    expect(docsIn(tree()).filter((doc) => doc.startsWith('field.collateral.') && !(doc in en))).toEqual([])
    expect(docsIn(tree())).toContain('field.collateral.fmspc')
  })

  it('reads the inner object alone, with what its container said', () => {
    const { decoded } = decodeTcbInfo(slice(tcbBody()), { signature: SIGNATURE, issuerChain: 'PEM' })
    expect([
      decoded.bodyPath,
      decoded.signature && toHex(decoded.signature),
      decoded.issuerChain,
      decoded.formatFaults,
    ]).toEqual(['', SIGNATURE, 'PEM', []])
  })

  it('keeps white space in the signed bytes and gives the compact form beside them', () => {
    const pretty = JSON.stringify(JSON.parse(tcbBody()), null, 1)
    const { decoded } = decodeTcbInfo(slice(wrap('tcbInfo', pretty)), {})
    expect(text(decoded.body)).toBe(pretty)
    expect(new TextDecoder().decode(decoded.compact())).toBe(tcbBody())
  })

  it('reads version 2, which names each component', () => {
    const tcb = Array.from({ length: 16 }, (_, i) => `"sgxtcbcomp${String(i + 1).padStart(2, '0')}svn":${i}`).join()
    const { decoded } = decodeTcbInfo(
      slice(
        wrap(
          'tcbInfo',
          `{"version":2,${DATES},"fmspc":"00906ED50000","pceId":"0000","tcbType":0,"tcbEvaluationDataNumber":12,"tcbLevels":[{"tcb":{${tcb},"pcesvn":11},"tcbDate":"2021-11-10T00:00:00Z","tcbStatus":"UpToDate"}]}`,
        ),
      ),
      {},
    )
    expect(decoded.formatFaults).toEqual([])
    expect([decoded.id, decoded.levels[0]?.sgx]).toEqual([undefined, Array.from({ length: 16 }, (_, i) => i)])
  })

  it('refuses what the format forbids', () => {
    expect(faults(wrap('tcbInfo', tcbBody([level(5).replace(components(5), components(5, 15))])))).toEqual([
      'tcb.component-count',
    ])
    expect(faults(wrap('tcbInfo', tcbBody([level(261)])))).toContain('tcb.range')
    expect(faults(wrap('tcbInfo', tcbBody([level(5, 'Fine')])))).toEqual(['tcb.status-unknown'])
    expect(faults(wrap('tcbInfo', tcbBody([level(5), level(5, 'Revoked')])))).toEqual(['tcb.levels-equal'])
    expect(faults(wrap('tcbInfo', tcbBody([])))).toEqual(['tcb.no-levels'])
    expect(faults(wrap('tcbInfo', tcbBody().replace('2025-06-01T00:00:00Z', '2025-06-01T00:00:00.000Z')))).toEqual([
      'tcb.date',
    ])
    expect(faults(wrap('tcbInfo', tcbBody().replace('"pceId":"0000",', '')))).toEqual(['tcb.missing'])
    expect(faults(wrap('tcbInfo', tcbBody().replace('"version":3', '"version":4')))).toEqual(['tcb.version'])
    for (const type of [1, 65535])
      expect(faults(wrap('tcbInfo', tcbBody().replace('"tcbType":0', `"tcbType":${type}`)))).toEqual(['tcb.type'])
    expect(faults(wrap('tcbInfo', tcbBody().replace('"version":3', '"version":"3"')))).toContain('tcb.kind')
    expect(faults(wrap('tcbInfo', tcbBody().replace('90C06F000000', '90C06F0000')))).toEqual(['tcb.hex'])
    expect(faults(`{"tcbInfo":${tcbBody()},"tcbInfo":{},"signature":"${SIGNATURE}"}`)).toContain('json.duplicate-key')
    expect(faults(wrap('tcbInfo', tcbBody()).replace(SIGNATURE, 'ab'))).toEqual(['tcb.hex'])
    expect(faults(`${wrap('tcbInfo', tcbBody())}x`).length).toBeGreaterThan(0)
    expect(faults('{').length).toBeGreaterThan(0)
  })

  it('takes only dates in the one form, of days that exist', () => {
    expect(exactDate('2024-02-29T23:59:59Z')).toBe(Date.parse('2024-02-29T23:59:59Z'))
    for (const wrong of [
      '2024-02-30T00:00:00Z',
      '2024-02-29T24:00:00Z',
      '2024-02-29 00:00:00Z',
      '2024-02-29T00:00:00+00:00',
      '2024-02-29',
      '',
    ])
      expect(exactDate(wrong)).toBeUndefined()
  })

  it('never throws and always tiles', () => {
    const good = ascii(wrap('tcbInfo', tcbBody()))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(good.length),
        (changes, end) => {
          const changed = good.slice(0, end)
          for (const [at, value] of changes) if (at < end) changed[at] = value
          expect(tilingFaults(decodeTcbInfo(slice(changed), {}).tree(), slice(changed))).toEqual({
            holes: [],
            overlaps: [],
          })
        },
      ),
      { numRuns: 100, seed: 7 },
    )
  })
})

describe('identities and evaluation numbers', () => {
  it('reads an enclave identity', () => {
    const { decoded } = decodeEnclaveIdentity(slice(wrap('enclaveIdentity', identity)), {})
    expect(decoded.formatFaults).toEqual([])
    expect(decoded).toMatchObject({ id: 'TD_QE', version: 2, isvProdId: 2, evaluationNumber: 18 })
    expect([decoded.mrSigner?.[0], decoded.attributesMask?.length, decoded.levels[0]?.isvSvn]).toEqual([0xdc, 16, 4])
    expect(text(decoded.body)).toBe(identity)
  })

  it('refuses words and versions that Intel does not use', () => {
    const reasons = (changed: string) =>
      decodeEnclaveIdentity(slice(wrap('enclaveIdentity', changed)), {}).decoded.formatFaults.map(
        (fault) => fault.because.text,
      )
    expect(reasons(identity.replace('UpToDate', 'SWHardeningNeeded'))).toEqual(['tcb.status-unknown'])
    expect(reasons(identity.replace('"version":2', '"version":1'))).toEqual(['tcb.version'])
    expect(reasons(identity.replace('"TD_QE"', '"XX"'))).toEqual(['tcb.id'])
  })

  it('reads the list of evaluation numbers', () => {
    const body = `{"id":"TDX","version":1,${DATES},"tcbEvalNumbers":[{"tcbEvaluationDataNumber":18,"tcbRecoveryEventDate":"2024-11-12T00:00:00Z","tcbDate":"2024-11-13T00:00:00Z"}]}`
    const { decoded } = decodeEvaluationNumbers(slice(wrap('tcbEvaluationDataNumbers', body)), {})
    expect([decoded.formatFaults, decoded.entries.map((each) => each.number)]).toEqual([[], [18]])
  })

  it('writes the compact form with the fewest escapes', () => {
    const { decoded } = decodeEnclaveIdentity(
      slice(wrap('enclaveIdentity', identity.replace('"TD_QE"', '"\\u0054D_QE"'))),
      {},
    )
    expect(new TextDecoder().decode(decoded.compact())).toBe(identity)
    expect(decoded.id).toBe('TD_QE')
    expect(new TextDecoder().decode(compactBytes({ kind: 'null', range: { space: '', start: 0, end: 0 } }))).toBe(
      'null',
    )
  })
})

const CRL = '3003020101'
const bundle = JSON.stringify({
  pck_crl_issuer_chain: 'PEM\n',
  root_ca_crl: CRL,
  pck_crl: CRL,
  tcb_info_issuer_chain: 'PEM\n',
  tcb_info: tcbBody(),
  tcb_info_signature: SIGNATURE,
  qe_identity_issuer_chain: 'PEM\n',
  qe_identity: identity,
  qe_identity_signature: SIGNATURE,
})

describe('containers', () => {
  it('opens every member of a bundle, with exactly the signed bytes', () => {
    const { inner, spaces, tree } = bundleFormat.decode(slice(bundle), { hints: {} })
    expect(inner.map((each) => [each.name, each.format])).toEqual([
      ['pck_crl_issuer_chain', 'x509.pem'],
      ['root_ca_crl', 'x509.crl'],
      ['pck_crl', 'x509.crl'],
      ['tcb_info_issuer_chain', 'x509.pem'],
      ['tcb_info', 'intel.tcb-info'],
      ['qe_identity_issuer_chain', 'x509.pem'],
      ['qe_identity', 'intel.qe-identity'],
    ])
    expect(text(inner[4]?.slice)).toBe(tcbBody())
    expect(inner[4]?.hints).toEqual({ signature: SIGNATURE, issuerChain: 'PEM\n' })
    expect(inner[1] && toHex(bytesOf(inner[1].slice))).toBe(CRL)
    expect(text(inner[0]?.slice)).toBe('PEM\n')
    expect(new Set(spaces().map((space) => space.id)).size).toBe(spaces().length)
    expect(tilingFaults(tree(), slice(bundle))).toEqual({ holes: [], overlaps: [] })
    for (const space of spaces()) {
      let at = 0
      for (const piece of space.pieces) {
        expect(piece.at).toBe(at)
        at += piece.length
      }
      expect(at).toBe(space.bytes.length)
    }
  })

  it('opens the sets of a bundle for many platforms', () => {
    const set = (fmspc: string) => ({
      fmspc,
      tcbInfoIssuerChain: 'PEM\n',
      tcbInfo: `{"tcbInfo":${tcbBody()},"signature":"${SIGNATURE}"}`,
    })
    const many = JSON.stringify({
      rootCaCrl: CRL,
      pckCrl: CRL,
      platforms: [set('00906ed50000'), set('00606a000000')],
      qeIdentityIssuerChain: 'PEM\n',
      qeIdentity: identity,
      evaluation: [1, 2, 'x'],
    })
    const { inner, tree } = bundleFormat.decode(slice(many), { hints: {} })
    expect(inner.map((one) => [one.name, one.format])).toEqual([
      ['rootCaCrl', 'x509.crl'],
      ['pckCrl', 'x509.crl'],
      ['platforms[0].tcbInfoIssuerChain', 'x509.pem'],
      ['platforms[0].tcbInfo', FORMATS.tcbInfo],
      ['platforms[1].tcbInfoIssuerChain', 'x509.pem'],
      ['platforms[1].tcbInfo', FORMATS.tcbInfo],
      ['qeIdentityIssuerChain', 'x509.pem'],
      ['qeIdentity', FORMATS.enclaveIdentity],
    ])
    expect(inner[3]?.hints?.['issuerChain']).toBe('PEM\n')
    expect(tilingFaults(tree(), slice(many))).toEqual({ holes: [], overlaps: [] })
  })
  it('opens a text and a DER signature written as a list of bytes', () => {
    const der = [
      0x30,
      0x45,
      0x02,
      0x20,
      ...Array.from({ length: 32 }, () => 1),
      0x02,
      0x21,
      0,
      ...Array.from({ length: 32 }, () => 0x81),
    ]
    const { inner } = bundleFormat.decode(slice(JSON.stringify({ raw_tcb_info: tcbBody(), signature: der })), {
      hints: {},
    })
    expect(inner.map((each) => each.format)).toEqual(['intel.tcb-info'])
    expect(inner[0]?.hints?.['signature']).toBe('01'.repeat(32) + '81'.repeat(32))
  })

  it('opens a bundle written as YAML', () => {
    const yaml = `pck_crl_issuer_chain: |\n  line one\n  line two\n\nroot_ca_crl: >-\n  ${CRL}\npck_crl: ${CRL}\ntcb_info: ${JSON.stringify(tcbBody())}\ntcb_info_signature: |-\n  ${SIGNATURE}\nother:\n  nested: 1\n`
    const { inner, tree } = bundleFormat.decode(slice(yaml), { hints: {} })
    expect(inner.map((each) => each.name)).toEqual(['pck_crl_issuer_chain', 'root_ca_crl', 'pck_crl', 'tcb_info'])
    expect(text(inner[0]?.slice)).toBe('line one\nline two')
    expect(text(inner[3]?.slice)).toBe(tcbBody())
    expect(inner[3]?.hints).toEqual({ signature: SIGNATURE })
    expect(tilingFaults(tree(), slice(yaml))).toEqual({ holes: [], overlaps: [] })
  })

  const elements = [
    le(4, 1),
    ascii(`${wrap('tcbInfo', tcbBody())}\0`),
    ascii('PEM\n\0'),
    joined(Uint8Array.from([0x30, 3, 2, 1, 0]), run(0, 0)),
    Uint8Array.from([0x30, 3, 2, 1, 0, 0]),
    ascii('PEM\n\0'),
    ascii(`${wrap('enclaveIdentity', identity)}\0`),
    ascii('PEM\n\0'),
    ascii('2025-06-01T00:00:00Z\0'),
  ]
  const offsets = elements.reduce<number[]>((all, element) => [...all, (all.at(-1) ?? 0) + element.length], [0])
  const oe = joined(
    le(4, 1),
    le(4, 2),
    le(4, 36 + (offsets.at(-1) ?? 0)),
    le(4, 9),
    ...offsets.slice(0, 9).map((offset) => le(4, offset)),
    ...elements,
  )

  it('opens endorsements of Open Enclave, where a CRL may end with a zero of its own', () => {
    for (const bytes of [oe, joined(ascii('# comment\n# more\n'), oe)]) {
      const { inner, tree, decoded } = oeEndorsementsFormat.decode(slice(bytes), { hints: {} })
      expect(decoded).toMatchObject({ malformed: undefined })
      expect(inner.map((each) => [each.name, bytesOf(each.slice).length])).toEqual([
        ['tcbInfo', (elements[1]?.length ?? 0) - 1],
        ['tcbIssuerChain', 4],
        ['pckCrl', 5],
        ['rootCrl', 5],
        ['crlIssuerChain', 4],
        ['qeIdentity', (elements[6]?.length ?? 0) - 1],
        ['qeIdentityIssuerChain', 4],
      ])
      expect(tilingFaults(tree(), slice(bytes))).toEqual({ holes: [], overlaps: [] })
    }
  })

  it('opens the collateral structure as it lies in memory', () => {
    const parts = [
      ascii('PEM\n\0'),
      ascii(`${CRL}\0`),
      ascii(`${CRL}\0`),
      ascii('PEM\n\0'),
      ascii(`${wrap('tcbInfo', tcbBody())}\0`),
      ascii('PEM\n\0'),
      ascii(`${wrap('enclaveIdentity', identity)}\0`),
    ]
    const bytes = joined(
      le(2, 4),
      le(2, 0),
      le(4, 0x81),
      ...parts.map((part) => joined(le(8, 0x1000), le(4, part.length), le(4, 0))),
      ...parts,
    )
    const { inner, tree } = oeEndorsementsFormat.decode(slice(bytes), { hints: {} })
    expect(inner.map((each) => each.format)).toEqual([
      'x509.pem',
      'x509.crl',
      'x509.crl',
      'x509.pem',
      'intel.tcb-info',
      'x509.pem',
      'intel.qe-identity',
    ])
    expect(inner[1] && toHex(bytesOf(inner[1].slice))).toBe(CRL)
    expect(tilingFaults(tree(), slice(bytes))).toEqual({ holes: [], overlaps: [] })
  })

  it('never throws and always tiles', () => {
    for (const [format, good] of [
      [bundleFormat, ascii(bundle)],
      [oeEndorsementsFormat, oe],
    ] as const) {
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
          fc.nat(good.length),
          (changes, end) => {
            const changed = good.slice(0, end)
            for (const [at, value] of changes) if (at < end) changed[at] = value
            const { tree } = format.decode(slice(changed), { hints: {} })
            expect(tilingFaults(tree(), slice(changed))).toEqual({ holes: [], overlaps: [] })
          },
        ),
        { numRuns: 60, seed: 7 },
      )
    }
  })
})
