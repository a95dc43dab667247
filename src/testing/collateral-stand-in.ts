import { encodePem } from '../envelope/pem.ts'
import { answerOf } from '../schemes/intel-dcap/attester/collateral.ts'
import { bundledFilesOf, DEMO_AT, filesOf, makeCase, type DemoCase } from '../schemes/intel-dcap/attester.ts'
import { makeExtendedReport, makeLeaf, makeReport, OLD_TCB } from '../schemes/amd-sev-snp/attester.ts'
import { issueAuthority, issueDemoCrl } from '../schemes/amd-sev-snp/demo-authorities.ts'

/** Stands in for the vendors' services: answers of the attesters under the demonstration roots, with headers as the vendors send them. */

export interface StandInAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** A case whose collateral can be fetched, bare and whole. */
export interface StandInCase {
  readonly id: 'tdx' | 'sgx' | 'snp-vcek' | 'snp-vlek'
  /** What a machine hands out by itself. */
  readonly bare: readonly StandInFile[]
  /** The same with everything beside it. */
  readonly full: readonly StandInFile[]
  /** Instant at which it is meant to be appraised, ISO 8601. */
  readonly at: string
}

interface StandInFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface StandIn {
  readonly cases: readonly StandInCase[]
  /** What the vendor's address answers; 404 where it knows nothing. */
  answer(url: string): StandInAnswer
}

const text = (value: string) => new TextEncoder().encode(value)
const pem = (certificates: readonly Uint8Array[]) => certificates.map((der) => encodePem('CERTIFICATE', der)).join('')
const chain = (certificates: readonly Uint8Array[]) => encodeURIComponent(pem(certificates))

const KDS = 'https://kdsintf.amd.com'
const PCS = 'https://api.trustedservices.intel.com'

/** Makes the cases and everything that their wishes lead to. */
export async function standIn(): Promise<StandIn> {
  const tdx = await makeCase()
  const sgx = await makeCase({ version: 3 })
  const known = new Map<string, StandInAnswer>([...pcs(tdx, 'tdx'), ...pcs(sgx, 'sgx'), ...(await kds())])
  return {
    cases: [
      { id: 'tdx', bare: filesOf(tdx).slice(0, 1), full: bundledFilesOf(tdx), at: DEMO_AT },
      { id: 'sgx', bare: filesOf(sgx).slice(0, 1), full: filesOf(sgx), at: DEMO_AT },
      await snp('snp-vcek'),
      await snp('snp-vlek'),
    ],
    answer: (url) =>
      known.get(url.replace(/\?blSPL=.*|\?fmcSPL=.*|[?&]update=(?:early|standard)$/, '')) ?? {
        status: 404,
        headers: { 'content-type': 'text/plain', 'request-id': '0f1e2d3c4b5a69788796a5b4c3d2e1f0' },
        body: text('No cache entry'),
      },
  }
}

function pcs(made: DemoCase, tee: 'sgx' | 'tdx'): [string, StandInAnswer][] {
  const fmspc = /"fmspc":"([0-9A-Fa-f]{12})"/.exec(made.tcbInfo.text)?.[1]?.toLowerCase() ?? ''
  const ca = tee === 'tdx' ? 'platform' : 'processor'
  const json = (header: string, body: string): StandInAnswer => ({
    status: 200,
    headers: {
      'content-type': 'application/json',
      'request-id': '0123456789abcdef0123456789abcdef',
      [header]: chain(made.signingChain),
    },
    body: text(body),
  })
  return [
    [`${PCS}/${tee}/certification/v4/tcb?fmspc=${fmspc}`, json('TCB-Info-Issuer-Chain', answerOf(made.tcbInfo))],
    [`${PCS}/${tee}/certification/v4/qe/identity`, json('SGX-Enclave-Identity-Issuer-Chain', answerOf(made.identity))],
    [
      `${PCS}/sgx/certification/v4/pckcrl?ca=${ca}&encoding=der`,
      {
        status: 200,
        headers: { 'content-type': 'application/pkix-crl', 'SGX-PCK-CRL-Issuer-Chain': chain(made.caChain) },
        body: made.pckCrl,
      },
    ],
    [
      'https://certificates.trustedservices.intel.com/IntelSGXRootCA.der',
      {
        status: 200,
        headers: { 'content-type': 'application/x-x509-ca-cert', etag: '"demonstration-root"' },
        body: made.rootCrl,
      },
    ],
  ]
}

async function kds(): Promise<[string, StandInAnswer][]> {
  const answer = (type: string, body: Uint8Array): StandInAnswer => ({
    status: 200,
    headers: { 'content-type': type, 'cache-control': 'public, max-age=3600' },
    body,
  })
  const chip = `d0d0c0de00000001${'5e'.repeat(56)}`
  const authorities = async (product: 'Milan' | 'Genoa', signer: 'ask' | 'asvk') =>
    answer(
      'application/x-pem-file',
      text(pem([await issueAuthority(signer, product), await issueAuthority('ark', product)])),
    )
  return [
    [`${KDS}/vcek/v1/Milan/${chip}`, answer('application/octet-stream', await makeLeaf({ tcb: OLD_TCB.Milan }))],
    [`${KDS}/vcek/v1/Milan/cert_chain`, await authorities('Milan', 'ask')],
    [`${KDS}/vlek/v1/Genoa/cert_chain`, await authorities('Genoa', 'asvk')],
    [`${KDS}/vcek/v1/Milan/crl`, answer('application/octet-stream', await issueDemoCrl('Milan'))],
    [`${KDS}/vlek/v1/Genoa/crl`, answer('application/octet-stream', await issueDemoCrl('Genoa'))],
  ]
}

async function snp(id: 'snp-vcek' | 'snp-vlek'): Promise<StandInCase> {
  const at = '2026-06-01T00:00:00Z'
  if (id === 'snp-vcek') {
    const report = { name: 'report.bin', bytes: await makeReport({ tcb: OLD_TCB.Milan }) }
    return {
      id,
      at,
      bare: [report],
      full: [
        report,
        { name: 'vcek.der', bytes: await makeLeaf({ tcb: OLD_TCB.Milan }) },
        { name: 'milan.crl', bytes: await issueDemoCrl('Milan') },
      ],
    }
  }
  // A VLEK cannot be asked for: the provider's host hands it out with the report.
  const bytes = await makeExtendedReport({ product: 'Genoa', kind: 'VLEK', tcb: OLD_TCB.Genoa }, {}, false)
  const report = { name: 'extended-report.bin', bytes }
  return { id, at, bare: [report], full: [report, { name: 'genoa.crl', bytes: await issueDemoCrl('Genoa') }] }
}
