import { type ArtifactIndex, bytesOf } from '../../core/place.ts'
import { say, type Saying } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem } from '../../core/scheme.ts'
import { joinBytes } from '../../bytes/join.ts'
import { sameBytes, toHex } from '../../bytes/layout.ts'
import { ecSpki } from '../../crypto/keys.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import { verifyEvidence } from '../../crypto/remember.ts'
import { digest } from '../../crypto/verify.ts'
import { FULL_LIST, revocation, standing } from '../../pki/crl.ts'
import type { Certificate, Crl, CrlStanding, Revocation } from '../../pki/types.ts'
import { INTEL_ROOT_KEY, publishedCertificates } from './anchors.ts'
import { findChain, type PckChain } from './chain.ts'
import { authenticate, signersFirst, type Reasons, type Signed, type Surroundings } from './collateral/authenticate.ts'
import { inventoryOf, type Found, type Inventory } from './collateral/inventory.ts'
import { nothing, select, type Rules, type Selected } from './collateral/select.ts'
import type { EnclaveIdentity, EvaluationNumbers, PckExtensions, Quote, TcbInfo } from './decoded.ts'
import { findModule, identityMismatches, type Mismatch, type ModuleFinding } from './identity.ts'
import { judgeTcb, matchSvn, severity, isStatus, type PlatformSvns, type TcbVerdict } from './tcb.ts'

/** Whether the QE report carries the digest of the attestation key and the authentication data. */
export interface Binding {
  readonly expected: string
  readonly found: string
  readonly holds: boolean
  readonly isTailZero: boolean
}

/** A list of the case, and for whom it speaks. */
export interface ListStanding {
  readonly source: Found<Crl>
  readonly of: 'pck-crl' | 'root-crl' | 'other'
  readonly issuer: Certificate | undefined
  readonly standing: CrlStanding | undefined
}

/** Everything that is worked out about a quote before its checks run. Each signature is verified once. */
export interface Work {
  readonly artifact: ArtifactIndex
  readonly at: number
  readonly quote: Quote
  readonly chain: PckChain
  readonly quoteSignature: VerifyResult | undefined
  readonly binding: Binding | undefined
  /** Undefined when there is no certificate, or no issuer whose list could say so. */
  readonly pckRevocation: Revocation | undefined
  readonly caRevocation: Revocation | undefined
  readonly lists: readonly ListStanding[]
  /** Certificates of the case beside the quote. */
  readonly certificates: readonly Found<Certificate>[]
  readonly tcbInfo: Selected<TcbInfo>
  readonly identity: Selected<EnclaveIdentity>
  readonly evaluationNumbers: Selected<EvaluationNumbers>
  /** Undefined when there is no report or no identity to compare. */
  readonly qeMismatches: readonly Mismatch[] | undefined
  /** TDX only. */
  readonly module: ModuleFinding | undefined
  readonly platform: PlatformSvns | undefined
  readonly tcb: TcbVerdict | undefined
}

/** Works everything out. */
export async function workOut(subject: CaseItem, context: AppraisalContext): Promise<Work> {
  const quote = subject.decoded as Quote
  const { at, anchors } = context
  const stock = inventoryOf(context.items)
  const chain = await findChain(quote, { beside: stock.certificates, published: publishedCertificates() }, anchors, at)
  const lists = stock.lists.map((one) => one.value)
  const found: Surroundings = { at, anchors, pool: poolFor(stock, chain, quote), lists, rootKey: chain.rootKey }
  const around: Surroundings = { ...found, pool: await signersFirst(found) }
  const { leaf, issuer, intermediate, root } = chain
  const identity = await selectIdentity(stock, quote, around)
  const tcbInfo = await selectTcbInfo(stock, quote, chain.extensions, identity.deciding?.source.value, around)
  const platform = platformOf(quote, chain.extensions)
  const info = tcbInfo.deciding?.source.value
  const { qeReport, qeReportSlice, body } = quote
  const reference = identity.deciding?.source.value
  return {
    artifact: subject.artifact,
    at,
    quote,
    chain,
    quoteSignature: await verifyQuote(quote),
    binding: await bindingOf(quote),
    pckRevocation: leaf && issuer && (await revocation(leaf, issuer, lists, at, FULL_LIST)),
    caRevocation: intermediate && root && (await revocation(intermediate, root, lists, at, FULL_LIST)),
    lists: await Promise.all(stock.lists.map((source) => listStanding(source, chain, at))),
    certificates: stock.certificates,
    tcbInfo,
    identity,
    evaluationNumbers: await selectNumbers(stock, quote, around),
    qeMismatches:
      qeReport && qeReportSlice && reference ? identityMismatches(qeReport, qeReportSlice, reference) : undefined,
    module: body && body.kind !== 'sgx' && info ? findModule(body, info) : undefined,
    platform,
    tcb: info && platform ? judge(quote, platform, info, reference) : undefined,
  }
}

// Published certificates hang on Intel's root; for evidence under another root they could only mislead.
function poolFor(stock: Inventory, chain: PckChain, quote: Quote): Certificate[] {
  const published = chain.rootKey === undefined || chain.rootKey === INTEL_ROOT_KEY ? publishedCertificates() : []
  return [...stock.certificates.map((one) => one.value), ...quote.certificates, ...published]
}

async function verifyQuote(quote: Quote): Promise<VerifyResult | undefined> {
  const { header, signedBytes, signature, attestationKey } = quote
  if (!header || !signedBytes || !signature || !attestationKey) return undefined
  // Intel's library takes P-256 only, and there is no published evidence of the other kind to learn from.
  if (header.attestationKeyType.value !== 2)
    return {
      result: 'unsupported',
      because: say('quote.key-type-unsupported', { type: header.attestationKeyType.value }),
    }
  const result = await verifyEvidence(
    { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' },
    ecSpki('P-256', attestationKey.value),
    bytesOf(signedBytes),
    signature.value,
  )
  return result.because.code === 'signature' ? { ...result, because: say('evidence.signature') } : result
}

// Intel QVL 4.1.2.5.14: SHA-256(attestation key ‖ authentication data), then zeros
async function bindingOf({ qeReport, attestationKey, qeAuthData }: Quote): Promise<Binding | undefined> {
  if (!qeReport || !attestationKey || !qeAuthData) return undefined
  const expected = await digest('SHA-256', joinBytes([attestationKey.value, qeAuthData.value]))
  const data = qeReport.reportData.value
  const found = data.subarray(0, expected.length)
  return {
    expected: toHex(expected),
    found: toHex(found),
    holds: sameBytes(found, expected),
    isTailZero: data.subarray(expected.length).every((byte) => byte === 0),
  }
}

function platformOf(quote: Quote, extensions: PckExtensions | undefined): PlatformSvns | undefined {
  const { body } = quote
  if (!extensions || !body) return undefined
  return {
    components: extensions.components,
    pceSvn: extensions.pceSvn?.value ?? -1,
    teeTcbSvn: body.kind === 'sgx' ? undefined : body.report.teeTcbSvn.value,
  }
}

function judge(quote: Quote, platform: PlatformSvns, info: TcbInfo, identity: EnclaveIdentity | undefined): TcbVerdict {
  const { body, qeReport } = quote
  const second = body?.kind === 'td15' || body?.kind === 'td15ex' ? body.report.teeTcbSvn2.value : undefined
  return judgeTcb(
    { info, platform, qe: identity && qeReport ? { levels: identity.levels, svn: qeReport.isvSvn.value } : undefined },
    second,
  )
}

async function listStanding(source: Found<Crl>, chain: PckChain, at: number): Promise<ListStanding> {
  const { issuer, root } = chain
  const names = (certificate: Certificate | undefined) =>
    certificate !== undefined && sameBytes(source.value.issuer.der, certificate.subject.der)
  if (names(root))
    return {
      source,
      of: 'root-crl',
      issuer: root,
      standing: root && (await standing(source.value, root, at, FULL_LIST)),
    }
  if (names(issuer))
    return { source, of: 'pck-crl', issuer, standing: issuer && (await standing(source.value, issuer, at, FULL_LIST)) }
  return { source, of: 'other', issuer: undefined, standing: undefined }
}

async function authenticated<T extends Signed>(items: readonly Found<T>[], reasons: Reasons, around: Surroundings) {
  const out = []
  for (const item of items) out.push(await authenticate(item, reasons, around))
  return out
}

/** Id of the identity that speaks about the quoting enclave of this kind of quote. */
export function identityIdFor(quote: Quote): 'QE' | 'TD_QE' {
  return quote.tee === 'tdx' ? 'TD_QE' : 'QE'
}

async function selectIdentity(
  stock: Inventory,
  quote: Quote,
  around: Surroundings,
): Promise<Selected<EnclaveIdentity>> {
  if (stock.identities.length === 0) return nothing()
  const { qeReport, qeReportSlice } = quote
  const wanted = identityIdFor(quote)
  const rules: Rules<EnclaveIdentity> = {
    foreign: (value) => (value.id === wanted ? undefined : say('intel.qe-identity-id', { id: value.id ?? '', wanted })),
    mayBeFor: (value) => value.id === undefined || value.id === wanted,
    evaluationNumber: (value) => value.evaluationNumber,
    harm: (value) => {
      if (qeReport && qeReportSlice && identityMismatches(qeReport, qeReportSlice, value).length > 0) return 100
      const status = qeReport && matchSvn(value.levels, qeReport.isvSvn.value)?.status
      return severity(status !== undefined && isStatus(status) ? status : undefined)
    },
  }
  return select(
    await authenticated(
      stock.identities,
      { signature: 'intel.qe-identity-signature', format: 'intel.qe-identity-format' },
      around,
    ),
    rules,
  )
}

/** Why a TCB info is not for this platform; undefined when it is. Version 2 has no id and speaks about SGX. */
export function foreignTo(info: TcbInfo, quote: Quote, extensions: PckExtensions | undefined): Saying | undefined {
  const tee = quote.tee === 'tdx' ? 'TDX' : 'SGX'
  const id = info.id ?? 'SGX'
  if (id !== tee) return say('intel.tcbinfo-type', { id, tee })
  const fmspc = extensions?.fmspc && toHex(extensions.fmspc.value)
  if (fmspc === undefined) return say('intel.no-fmspc')
  if (info.fmspc !== fmspc) return say('intel.fmspc', { have: fmspc, for: info.fmspc ?? '' })
  const pceId = extensions?.pceId && toHex(extensions.pceId.value)
  return info.pceId === pceId ? undefined : say('intel.pceid', { have: pceId ?? '', for: info.pceId ?? '' })
}

// What is missing or in a form that is not known does not speak against it; an id of another kind of platform does.
function mayBeThis(info: TcbInfo, quote: Quote, extensions: PckExtensions | undefined): boolean {
  const fits = (said: string | undefined, own: string | undefined) => said === undefined || said === own
  return (
    fits(info.id ?? (info.version === 2 ? 'SGX' : undefined), quote.tee === 'tdx' ? 'TDX' : 'SGX') &&
    fits(info.fmspc, extensions?.fmspc && toHex(extensions.fmspc.value)) &&
    fits(info.pceId, extensions?.pceId && toHex(extensions.pceId.value))
  )
}

async function selectTcbInfo(
  stock: Inventory,
  quote: Quote,
  extensions: PckExtensions | undefined,
  identity: EnclaveIdentity | undefined,
  around: Surroundings,
): Promise<Selected<TcbInfo>> {
  if (stock.tcbInfos.length === 0) return nothing()
  const platform = platformOf(quote, extensions)
  const rules: Rules<TcbInfo> = {
    foreign: (value) => foreignTo(value, quote, extensions),
    mayBeFor: (value) => mayBeThis(value, quote, extensions),
    evaluationNumber: (value) => value.evaluationNumber,
    harm: (value) => {
      if (!platform) return 0
      const verdict = judge(quote, platform, value, identity)
      const level = verdict.launch.platform
      // Without an identity there is no whole status; the platform's own is compared then.
      return severity(
        verdict.status ??
          (!verdict.isBelowEveryLevel && level.matched && isStatus(level.level.status)
            ? level.level.status
            : undefined),
      )
    },
  }
  return select(
    await authenticated(
      stock.tcbInfos,
      { signature: 'intel.tcbinfo-signature', format: 'intel.tcbinfo-format' },
      around,
    ),
    rules,
  )
}

async function selectNumbers(
  stock: Inventory,
  quote: Quote,
  around: Surroundings,
): Promise<Selected<EvaluationNumbers>> {
  if (stock.evaluationNumbers.length === 0) return nothing()
  const tee = quote.tee === 'tdx' ? 'TDX' : 'SGX'
  const rules: Rules<EvaluationNumbers> = {
    mayBeFor: () => false,
    foreign: (value) => (value.id === tee ? undefined : say('intel.tcbinfo-type', { id: value.id ?? '', tee })),
    evaluationNumber: () => 0,
    harm: () => 0,
  }
  return select(
    await authenticated(
      stock.evaluationNumbers,
      { signature: 'intel.tcbinfo-signature', format: 'intel.tcbinfo-format' },
      around,
    ),
    rules,
  )
}
