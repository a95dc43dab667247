import { member } from '../../bytes/json.ts'
import type { JoseAlgorithm } from '../../crypto/jose.ts'
import { claim, textClaim, type Token } from './decoded.ts'

/** Where a service writes what: one table, so that a service that is added is a row. */
export interface Service {
  readonly id: 'maa' | 'gcs' | 'ita' | 'trustee' | 'ear'
  readonly algorithms: readonly JoseAlgorithm[]
  /** The name as its makers print it. */
  readonly name: string
  matches(token: Token): boolean
  /** Hosts that its issuer may have: a name, or with a leading dot everything below it. Empty: the operator chooses, so no host can be wrong. */
  readonly hosts: readonly string[]
  /** Hosts of the maker's own test systems. */
  readonly testHosts: readonly string[]
  /** Issuers that are no address. */
  readonly plainIssuers?: readonly string[]
  readonly registers: readonly (readonly [register: string, claim: string])[]
  readonly userData: readonly string[]
  readonly nonce: readonly string[]
  readonly deviceId: readonly string[]
  /** Claims that say whether debugging is on. */
  readonly debug: readonly { readonly claim: string; readonly isOn: (text: string) => boolean }[]
  readonly tcbStatus: readonly string[]
  readonly keys: (issuer: string) => string | undefined
}

const isTrue = (text: string) => text === 'true'
const RS_PS: readonly JoseAlgorithm[] = ['RS256', 'RS384', 'PS384', 'PS256', 'RS512', 'PS512']

const hasClaim = (token: Token, test: (name: string) => boolean): boolean => {
  const root = token.payload?.value
  return root?.kind === 'object' && root.members.some(({ key }) => test(key))
}
const issuerStarts = (token: Token, ...starts: readonly string[]) => {
  const issuer = textClaim(token, 'iss')?.value ?? ''
  return starts.some((start) => issuer.startsWith(start))
}

const inner = (name: string) => [name, `x-ms-isolation-tee.${name}`]
const pairs = (register: string, ...names: readonly string[]) => names.map((name) => [register, name] as const)
const debugOf = (...names: readonly string[]) => names.map((name) => ({ claim: name, isOn: isTrue }))

const TDX_REGISTERS = ['MRTD', 'RTMR0', 'RTMR1', 'RTMR2', 'RTMR3', 'MRSEAM', 'MRCONFIGID', 'MROWNER', 'MROWNERCONFIG']
const tdxPairs = (prefixes: readonly string[]) =>
  TDX_REGISTERS.flatMap((register) =>
    pairs(register, ...prefixes.map((prefix) => `${prefix}${register.toLowerCase()}`)),
  )

const maa: Service = {
  id: 'maa',
  name: 'Microsoft Azure Attestation',
  algorithms: ['RS256'],
  matches: (token) =>
    hasClaim(token, (name) => name.startsWith('x-ms-')) ||
    issuerOf(token, ['.attest.azure.net', '.attest.azure.us', '.attest.azure.cn']),
  hosts: ['.attest.azure.net', '.attest.azure.us', '.attest.azure.cn'],
  testHosts: ['.test.attest.azure.net'],
  registers: [
    ...pairs('MEASUREMENT', ...inner('x-ms-sevsnpvm-launchmeasurement')),
    ...pairs('HOST_DATA', ...inner('x-ms-sevsnpvm-hostdata')),
    ...tdxPairs(['tdx_', 'x-ms-isolation-tee.tdx_']),
    ...pairs('MRENCLAVE', ...inner('x-ms-sgx-mrenclave')),
    ...pairs('MRSIGNER', ...inner('x-ms-sgx-mrsigner')),
  ],
  userData: [...inner('x-ms-sevsnpvm-reportdata'), ...inner('tdx_report_data'), ...inner('x-ms-sgx-report-data')],
  nonce: ['x-ms-runtime.client-payload.nonce', 'x-ms-runtime.nonce', 'nonce'],
  deviceId: [],
  debug: [
    ...debugOf(
      ...inner('x-ms-sevsnpvm-is-debuggable'),
      ...inner('tdx_td_attributes_debug'),
      ...inner('x-ms-sgx-is-debuggable'),
    ),
    ...debugOf(
      'x-ms-azurevm-bootdebug-enabled',
      'x-ms-azurevm-kerneldebug-enabled',
      'x-ms-azurevm-hypervisordebug-enabled',
      'x-ms-azurevm-testsigning-enabled',
    ),
  ],
  tcbStatus: inner('attester_tcb_status'),
  keys: (issuer) => `${issuer}/certs`,
}

const gcs: Service = {
  id: 'gcs',
  name: 'Google Cloud Attestation',
  algorithms: ['RS256'],
  matches: (token) =>
    issuerStarts(token, 'https://confidentialcomputing.googleapis.com') ||
    textClaim(token, 'swname')?.value === 'CONFIDENTIAL_SPACE',
  hosts: ['confidentialcomputing.googleapis.com'],
  testHosts: [],
  registers: [['image_digest', 'submods.container.image_digest']],
  userData: [],
  nonce: ['eat_nonce'],
  deviceId: [],
  debug: [{ claim: 'dbgstat', isOn: (text) => text === 'enabled' || text === '0' }],
  tcbStatus: ['tdx.gcp_attester_tcb_status'],
  keys: (issuer) => `${issuer}/.well-known/openid-configuration`,
}

const ita: Service = {
  id: 'ita',
  name: 'Intel Trust Authority',
  algorithms: RS_PS,
  matches: (token) =>
    issuerStarts(
      token,
      'https://portal.trustauthority.intel.com',
      'Intel Trust Authority',
      'AS Attestation Token Issuer',
      'APS Attestation Token Issuer',
    ) ||
    issuerOf(token, ['.trustauthority.intel.com', '.project-amber-smas.com']) ||
    hasClaim(token, (name) => name.startsWith('amber_') || name === 'attester_tcb_status'),
  hosts: ['.trustauthority.intel.com', 'www.intel.com'],
  testHosts: ['.project-amber-smas.com'],
  plainIssuers: ['Intel Trust Authority', 'AS Attestation Token Issuer', 'APS Attestation Token Issuer'],
  registers: [
    ...tdxPairs(['tdx_', 'tdx.tdx_', 'amber_tdx_']),
    ...pairs('MRENCLAVE', 'sgx_mrenclave', 'sgx.sgx_mrenclave', 'amber_sgx_mrenclave', 'mrenclave'),
    ...pairs('MRSIGNER', 'sgx_mrsigner', 'sgx.sgx_mrsigner', 'amber_sgx_mrsigner', 'mrsigner'),
  ],
  userData: ['tdx_report_data', 'tdx.tdx_report_data', 'sgx_report_data', 'sgx.sgx_report_data', 'amber_report_data'],
  nonce: ['verifier_nonce.val', 'tdx.verifier_nonce.val', 'sgx.verifier_nonce.val'],
  deviceId: [],
  debug: [
    ...debugOf(
      'tdx_is_debuggable',
      'sgx_is_debuggable',
      'tdx.tdx_is_debuggable',
      'sgx.sgx_is_debuggable',
      'amber_sgx_is_debuggable',
      'amber_tdx_is_debuggable',
    ),
    { claim: 'dbgstat', isOn: (text) => text === 'enabled' },
  ],
  tcbStatus: [
    'attester_tcb_status',
    'tdx.attester_tcb_status',
    'sgx.attester_tcb_status',
    'amber_tcb_status',
    'tcb_status',
  ],
  keys: (issuer) => `${issuer}/certs`,
}

const TRUSTEE_EVIDENCE = ['submods.*.ear.veraison.annotated-evidence.', 'tcb-status.']
const evidence = (...names: readonly string[]) =>
  TRUSTEE_EVIDENCE.flatMap((prefix) => names.map((name) => `${prefix}${name}`))

const EAR_TABLE = {
  registers: [
    ...pairs('MEASUREMENT', ...evidence('snp.measurement')),
    ...pairs('MRTD', ...evidence('tdx.quote.body.mr_td')),
    ...[0, 1, 2, 3].flatMap((i) => pairs(`RTMR${i}`, ...evidence(`tdx.quote.body.rtmr_${i}`))),
    ...pairs('MRSEAM', ...evidence('tdx.quote.body.mr_seam')),
    ...pairs('MRENCLAVE', ...evidence('sgx.body.mr_enclave')),
    ...pairs('MRSIGNER', ...evidence('sgx.body.mr_signer')),
  ],
  userData: evidence('report_data', 'tdx.quote.body.report_data', 'sgx.body.report_data', 'snp.report_data'),
  nonce: ['eat_nonce', ...evidence('runtime_data_claims.nonce')],
  deviceId: [],
  debug: [],
  tcbStatus: evidence('tdx.tcb_status', 'tcb_status'),
} as const

const trustee: Service = {
  id: 'trustee',
  name: 'CoCo Trustee',
  algorithms: ['ES256', 'RS384', 'ES384', 'RS256', 'PS384'],
  matches: (token) =>
    issuerStarts(token, 'CoCo-Attestation-Service') ||
    (textClaim(token, 'eat_profile')?.value ?? '').includes('confidential-containers') ||
    claim(token, 'evaluation-reports') !== undefined,
  hosts: [],
  testHosts: [],
  ...EAR_TABLE,
  keys: () => undefined,
}

const ear: Service = {
  ...trustee,
  id: 'ear',
  name: 'Veraison',
  algorithms: ['ES256', 'ES384', 'ES512', 'PS256', 'EdDSA', 'Ed25519', 'RS256'],
  matches: (token) =>
    claim(token, 'ear.verifier-id') !== undefined ||
    claim(token, 'ear.status') !== undefined ||
    (textClaim(token, 'eat_profile')?.value ?? '').includes('veraison'),
}

/** In the order in which they are asked: the first that knows the claims is the service they are read as. */
export const SERVICES: readonly Service[] = [gcs, maa, ita, trustee, ear]

export function serviceOf(token: Token): Service | undefined {
  return SERVICES.find((service) => service.matches(token))
}

/** What an issuer's name amounts to. */
export type IssuerStanding = 'service' | 'test' | 'operator' | 'foreign' | 'missing' | 'unknown'

/** Scheme https, no user, no port, nothing behind the host, and the host on the list: compared after it was taken apart, never as text. */
export function hostOf(issuer: string): string | undefined {
  try {
    const url = new URL(issuer)
    const isPlain =
      url.protocol === 'https:' &&
      url.username === '' &&
      url.password === '' &&
      url.port === '' &&
      url.hash === '' &&
      url.search === ''
    return isPlain ? url.hostname : undefined
  } catch {
    return undefined
  }
}

export const isBelow = (host: string, pattern: string) =>
  pattern.startsWith('.') ? host.endsWith(pattern) || host === pattern.slice(1) : host === pattern

function issuerOf(token: Token, hosts: readonly string[]): boolean {
  const host = hostOf(textClaim(token, 'iss')?.value ?? '')
  return host !== undefined && hosts.some((pattern) => isBelow(host, pattern))
}

export function issuerStanding(token: Token, service: Service | undefined): IssuerStanding {
  const issuer = member(token.payload?.value, 'iss')
  if (!service) return issuer ? 'unknown' : 'missing'
  if (service.hosts.length === 0) return 'operator'
  if (issuer?.kind !== 'string') return 'missing'
  if (service.plainIssuers?.includes(issuer.text)) return 'service'
  const host = hostOf(issuer.text)
  if (host === undefined) return 'foreign'
  if (service.testHosts.some((pattern) => isBelow(host, pattern))) return 'test'
  return service.hosts.some((pattern) => isBelow(host, pattern)) ? 'service' : 'foreign'
}
