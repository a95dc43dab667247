import { type ArtifactIndex, sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem, TrustAnchor } from '../../core/scheme.ts'
import { toHex } from '../../bytes/layout.ts'
import { digest } from '../../crypto/verify.ts'
import { toBase64, toBase64Url } from '../../envelope/base64.ts'
import { basicConstraints, issueCertificate, keyUsage, name, signWith, spkiOf } from '../../pki/issue.ts'
import { anchors } from './anchors.ts'
import { makeChain, makeReport, makeRim, MADE_AT, type ReportRecipe, type RimRecipe } from './attester.ts'
import { demoKeys } from './demo-keys.ts'
import { FORMATS } from './formats.ts'
import { prepare, type PreparedReport } from './prepare.ts'
import { scheme } from './scheme.ts'
import { tokenAppraiser, type PreparedReply } from './token-appraiser.ts'

/** An artifact as the engine would hand it over. */
export function itemOf(
  artifact: ArtifactIndex,
  bytes: Uint8Array,
  format: string,
  parent: number | null = null,
): CaseItem {
  const slice = sliceOf('', bytes)
  const known = scheme.formats.find((one) => one.id === format)
  return {
    artifact,
    parent,
    name: `file ${artifact}`,
    sha256: () => String(artifact),
    origin: 'dropped',
    format,
    message: 'evidence',
    slice,
    decoded: known?.decode(slice, { hints: {} }).decoded,
    facts: { measurements: [] },
    hints: {},
  }
}

/** The demonstration device's chain as artifacts. */
export async function chainItems(chain?: readonly Uint8Array[]): Promise<CaseItem[]> {
  return (chain ?? (await makeChain())).map((der, index) => itemOf(10 + index, der, 'x509.certificate'))
}

/** A manifest as an artifact. */
export async function rimItem(
  artifact: ArtifactIndex,
  recipe: RimRecipe = {},
  bend = (xml: string) => xml,
): Promise<CaseItem> {
  return itemOf(artifact, new TextEncoder().encode(bend(await makeRim(recipe))), FORMATS.rim)
}

/** The scheme's own anchors, when demonstration devices speak. */
export const context: AppraisalContext = { at: MADE_AT, policy: NO_POLICY, anchors, items: [] }

/** Prepares a report among other artifacts; by default its chain. */
export async function preparedFrom(bytes: Uint8Array, items?: readonly CaseItem[]): Promise<PreparedReport> {
  const given = { ...context, items: items ?? (await chainItems()) }
  return prepare(itemOf(0, bytes, FORMATS.report), given)
}

/** Makes a report and prepares it. */
export async function prepared(recipe: ReportRecipe = {}, items?: readonly CaseItem[]): Promise<PreparedReport> {
  return preparedFrom(await makeReport(recipe), items)
}

/** VBIOS version of the demonstration device. */
export const VBIOS = '96.00.D9.00.0F'

/** What a reply shall say. */
export interface ReplyRecipe {
  readonly overall?: boolean
  readonly measres?: string
  readonly error?: boolean
  readonly issuer?: string
  readonly algorithm?: string
  readonly kid?: string
  /** Puts another token where the device's own was summed up. */
  readonly swap?: boolean
  readonly key?: JsonWebKey
  /** Names a second device, whose token is left out. */
  readonly leavesOut?: boolean
}

const SECONDS = MADE_AT / 1000

async function jwt(claims: object, recipe: ReplyRecipe): Promise<string> {
  const part = (value: object) => toBase64Url(new TextEncoder().encode(JSON.stringify(value)))
  const head = part({ kid: recipe.kid ?? 'demo', alg: recipe.algorithm ?? 'ES384' })
  const input = `${head}.${part(claims)}`
  const how = { kind: 'ecdsa', hash: 'SHA-384', form: 'p1363' } as const
  return `${input}.${toBase64Url(await signWith(recipe.key ?? demoKeys.leaf, how, new TextEncoder().encode(input)))}`
}

/** A reply in the service's form, and the key set that goes with it, under a demonstration intermediate. */
export async function makeReply(recipe: ReplyRecipe = {}): Promise<{ readonly reply: string; readonly jwks: string }> {
  const common = {
    iss: recipe.issuer ?? 'https://nras.attestation.nvidia.com',
    iat: SECONDS,
    nbf: SECONDS,
    exp: SECONDS + 3600,
  }
  const device = await jwt(
    recipe.error
      ? { ...common, 'x-nvidia-error-details': { code: 4010, message: 'NONCE_NOT_MATCHING' } }
      : { ...common, measres: recipe.measres ?? 'success' },
    recipe,
  )
  const hash = toHex(await digest('SHA-256', new TextEncoder().encode(device)))
  const overall = await jwt(
    {
      ...common,
      eat_nonce: '07'.repeat(32),
      'x-nvidia-overall-att-result': recipe.overall ?? true,
      submods: {
        'GPU-0': ['DIGEST', ['SHA-256', hash]],
        ...(recipe.leavesOut ? { 'GPU-1': ['DIGEST', ['SHA-256', hash]] } : {}),
      },
    },
    recipe,
  )
  const other = recipe.swap ? await jwt({ ...common, measres: 'success', again: 1 }, recipe) : device
  const leaf = await issueCertificate({
    subject: name({ CN: 'Demonstration service' }),
    issuer: SERVICE,
    issuerKey: demoKeys.provisioner,
    subjectKey: demoKeys.leaf,
    serial: 9,
    notBefore: MADE_AT - 1000,
    notAfter: MADE_AT + 86_400_000,
    algorithm: { kind: 'ecdsa', hash: 'SHA-384', form: 'der' },
    extensions: [basicConstraints(false), keyUsage('digitalSignature')],
  })
  return {
    reply: JSON.stringify([['JWT', overall], { 'GPU-0': other }]),
    jwks: JSON.stringify({ keys: [{ kid: 'demo', x5c: [toBase64(leaf)] }] }),
  }
}
const SERVICE = name({ CN: 'Demonstration service authority' })

/** Prepares a reply with its key set, under an anchor that only tests know. */
export async function preparedReply(recipe: ReplyRecipe = {}, withKeys = true): Promise<PreparedReply> {
  const { reply, jwks } = await makeReply(recipe)
  return replyFrom(reply, withKeys ? jwks : undefined)
}

/** Prepares a reply as it stands, with its key set or without. */
export async function replyFrom(reply: string, ...sets: readonly (string | undefined)[]): Promise<PreparedReply> {
  const spki = spkiOf(demoKeys.provisioner)
  const anchor: TrustAnchor = {
    subject: toHex(SERVICE),
    spki: toBase64(spki),
    format: 'x509',
    purpose: 'service-token',
    holder: 'test',
    country: '',
    source: '',
    sha256: '',
    spkiSha256: toHex(await digest('SHA-256', spki)),
    status: 'demonstration',
  }
  const bytes = new TextEncoder()
  const items = sets.flatMap((jwks, i) => (jwks === undefined ? [] : [itemOf(i + 1, bytes.encode(jwks), 'json')]))
  return tokenAppraiser.prepare(itemOf(0, bytes.encode(reply), FORMATS.token), { ...context, anchors: [anchor], items })
}
