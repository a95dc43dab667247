import { bytesOf, sliceOf } from '../core/place.ts'
import { say } from '../core/saying.ts'
import type { CheckResult, Cite, CollateralUse } from '../core/verdict.ts'
import { readCbor, type CborItem } from '../bytes/cbor.ts'
import { octetStringOf, readDer } from '../bytes/der.ts'
import { sameBytes, isZero, toHex } from '../bytes/layout.ts'
import { readPem } from '../envelope/pem.ts'
import { withoutTags } from '../envelope/cose.ts'
import { verifySignature, digest } from '../crypto/verify.ts'
import { readCertificate } from '../pki/certificate.ts'
import type { Certificate } from '../pki/types.ts'
import type { OpenArtifact, OpenCase } from './case.ts'
import { gatewayMatch } from './gateway-recipes.ts'
import { isVendorsOwn } from './vendors-own.ts'
import { madeOfKey, matchOf, type Made, type RecipeMatch } from './recipes.ts'

/** Does the key in front of me belong to the evidence? Asked wherever evidence stands in a certificate, or beside one in a gateway's answer. */

/** Extensions whose project fixes how the key is hashed: there another value is another key. Elsewhere no match leaves it open. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  '1.2.840.113556.10.1.1': ['sha256(SPKI PEM+NUL)', 'sha256(SPKI DER)'],
  '1.3.6.1.4.1.311.105.1': ['sha256(SPKI PEM+NUL)', 'sha256(SPKI DER)'],
  '1.3.6.1.4.1.311.105.1000.1': ['sha256(SPKI PEM+NUL)'],
  '1.3.6.1.4.1.62397.1.1': ['sha512("ratls-cert:"|SPKI DER)'],
  '1.3.6.1.4.1.62397.1.8': ['sha512("ratls-cert:"|SPKI DER)'],
}
/** TCG tagged evidence (interoperable RA-TLS): the report data is the digest of a map that holds the key's digest. */
const TAGGED = '2.23.133.5.4.9'
const RATLS = { title: 'RA-TLS', section: 'key binding', url: 'https://arxiv.org/abs/1801.05863' }

interface Carrier {
  readonly artifact: OpenArtifact
  readonly certificate: Certificate
}

/** The certificate that an artifact was opened from. */
function carrierOf(subject: OpenArtifact, artifacts: readonly OpenArtifact[]): Carrier | undefined {
  let parent = subject.parent
  for (let steps = 0; parent !== null && steps < 8; steps++) {
    const artifact: OpenArtifact | undefined = artifacts.find((one) => one.artifact === parent)
    if (!artifact) return undefined
    const certificate = certificateOf(artifact)
    if (certificate) return { artifact, certificate }
    parent = artifact.parent
  }
  return undefined
}

/** A container of several certificates is none: which of them carries the evidence is known only where there is one. */
function certificateOf(artifact: OpenArtifact): Certificate | undefined {
  const own = artifact.slice.bytes[artifact.slice.start] === 0x30 ? readCertificate(artifact.slice) : undefined
  if (own || artifact.format !== 'nitro.certificate') return own
  const [first] = readPem(artifact.slice, '').blocks
  return first && readCertificate(first.slice)
}

/** What projects make of the reader's nonce together with the key of the certificate around the evidence. */
export async function nonceWithKey(subject: OpenArtifact, opened: OpenCase, nonce: Uint8Array): Promise<Made[]> {
  const carrier = nonce.length > 0 ? carrierOf(subject, opened.artifacts) : undefined
  const field = subject.facts.userData?.value
  if (!carrier || !field) return []
  const { certificate } = carrier
  const made = await madeOfKey(bytesOf(certificate.spki), undefined, nonce, { field, owner: certificate })
  return made.filter(({ recipe }) => recipe.includes('nonce'))
}

type Result = Omit<CheckResult, 'subject'>

function result(
  id: string,
  weight: CheckResult['weight'],
  finding: Pick<Result, 'outcome' | 'because' | 'cites'> & Partial<Result>,
): Result {
  return { id, layer: 9, answer: 'fresh', weight, spec: RATLS, ...finding }
}

/** Checks of one subject's user data against the certificate that carries it, or the answer of a gateway in which it stands. `uses`: what its own scheme made of the case. `asked`: the reader's nonce, which some projects hash with the key. */
export async function keyBinding(
  subject: OpenArtifact,
  opened: OpenCase,
  uses: readonly CollateralUse[] = [],
  asked?: Uint8Array,
): Promise<Result[]> {
  const { artifacts } = opened
  const field = subject.facts.userData
  if (!field || subject.message !== 'evidence') return []
  const cites: Cite[] = [{ artifact: subject.artifact, path: field.path, ranges: field.ranges }]
  const carrier = carrierOf(subject, artifacts)
  if (!carrier) return besideGateway(subject, opened, field.value, cites, uses)
  const { certificate } = carrier
  const spki = bytesOf(certificate.spki)
  const nonce = (subject.facts.nonce === field ? undefined : subject.facts.nonce?.value) ?? asked
  const made = await madeOfKey(spki, undefined, nonce, { field: field.value, owner: certificate })
  const fixed = certificate.extensions.find(({ oid }) => Object.hasOwn(FIXED, oid))
  const allowed = fixed ? FIXED[fixed.oid] : undefined
  const match = matchOf(field.value, allowed ? made.filter(({ recipe }) => allowed.includes(recipe)) : made)
  const tagged = await taggedBinding(certificate, spki, field.value)
  const bound = match ? boundBy(match, cites) : tagged ? tagged(cites) : unbound(allowed, field.value, cites)
  return [bound, ...(await possession(carrier))]
}

/** `whole`: what is said where all of the field agrees. A gateway's answer names keys without holding a certificate for them. */
function boundBy(match: RecipeMatch, cites: readonly Cite[], whole = 'ratls.key-bound.holds'): Result {
  const because = match.part === 'whole' ? whole : 'ratls.key-bound.half'
  return result('ratls.key-bound', 'notes', {
    outcome: 'pass',
    because: say(because, { recipe: match.recipe, source: match.source, rest: match.rest ? toHex(match.rest) : '' }),
    cites,
    found: match.recipe,
  })
}

function unbound(allowed: readonly string[] | undefined, field: Uint8Array, cites: readonly Cite[]): Result {
  if (isZero(field))
    return result('ratls.key-bound', allowed ? 'decides' : 'notes', {
      outcome: allowed ? 'fail' : 'not-checked',
      because: say('ratls.empty'),
      cites,
    })
  return allowed
    ? result('ratls.key-bound', 'decides', {
        outcome: 'fail',
        because: say('ratls.other-key', { recipe: allowed[0] ?? '' }),
        cites,
        found: toHex(field),
        expected: allowed.join(' / '),
      })
    : result('ratls.key-bound', 'notes', {
        outcome: 'not-checked',
        because: say('ratls.recipe-unknown'),
        cites,
        found: toHex(field),
      })
}

const KEY_HASHES: Readonly<Record<string, 'SHA-256' | 'SHA-384' | 'SHA-512'>> = {
  '1': 'SHA-256',
  '7': 'SHA-384',
  '8': 'SHA-512',
}

/** Two steps: the report data is the digest of the claims, and the claims hold the digest of the key. */
async function taggedBinding(
  certificate: Certificate,
  spki: Uint8Array,
  field: Uint8Array,
): Promise<((cites: readonly Cite[]) => Result) | undefined> {
  const extension = certificate.extensions.find(({ oid }) => oid === TAGGED)
  if (!extension) return undefined
  const { element, end } = readDer(extension.value)
  const octets = element && end === extension.value.end ? octetStringOf(element) : undefined
  const { item } = withoutTags(readCbor(octets ?? extension.value).item)
  const claims = item?.kind === 'array' ? item.items[1] : undefined
  if (claims?.kind !== 'bytes') return undefined
  const bytes = bytesOf(claims.content)
  const isClaims = matchOf(field, [{ recipe: '', source: '', value: await digest('SHA-256', bytes) }]) !== undefined
  const isKey = await namesKey(readCbor(sliceOf('', bytes)).item, spki)
  const recipe = 'sha256(claims) with pubkey-hash'
  return (cites) =>
    isClaims && isKey
      ? boundBy({ recipe, source: 'Gramine, librats', value: field, part: 'whole', rest: undefined }, cites)
      : result('ratls.key-bound', 'decides', {
          outcome: 'fail',
          because: say('ratls.other-key', { recipe }),
          cites,
          expected: recipe,
        })
}

async function namesKey(claims: CborItem | undefined, spki: Uint8Array): Promise<boolean> {
  const entry =
    claims?.kind === 'map'
      ? claims.entries.find(({ key }) => key.kind === 'text' && key.text === 'pubkey-hash')
      : undefined
  const held = entry?.value.kind === 'bytes' ? readCbor(sliceOf('', bytesOf(entry.value.content))).item : entry?.value
  const [id, hash] = held?.kind === 'array' ? held.items : []
  const name = id?.kind === 'int' ? KEY_HASHES[String(id.value)] : undefined
  return name !== undefined && hash?.kind === 'bytes' && sameBytes(bytesOf(hash.content), await digest(name, spki))
}

/** Whether whoever made the certificate held its key. Issued by somebody else, its chain is another question. */
async function possession({ artifact, certificate }: Carrier): Promise<Result[]> {
  const cites: Cite[] = [
    {
      artifact: artifact.artifact,
      path: 'certificate',
      ranges: [{ space: certificate.slice.space, start: certificate.slice.start, end: certificate.slice.end }],
    },
  ]
  if (!sameBytes(certificate.subject.der, certificate.issuer.der))
    return [
      result('ratls.self-signed', 'notes', {
        outcome: 'not-applicable',
        because: say('ratls.issued', { issuer: certificate.issuer.commonName }),
        cites,
      }),
    ]
  if (!certificate.algorithm)
    return [
      result('ratls.self-signed', 'notes', {
        outcome: 'unsupported',
        because: say('crypto.unsupported', { name: certificate.algorithmName }),
        cites,
      }),
    ]
  const { result: outcome, because } = await verifySignature(
    certificate.algorithm,
    bytesOf(certificate.spki),
    bytesOf(certificate.tbs),
    bytesOf(certificate.signature),
  )
  if (outcome === 'valid')
    return [result('ratls.self-signed', 'notes', { outcome: 'pass', because: say('ratls.self-signed.holds'), cites })]
  // A key that is refused for its length says nothing about who held it.
  if (outcome === 'unsupported' || because.code === 'key-weak')
    return [result('ratls.self-signed', 'notes', { outcome: 'unsupported', because, cites })]
  return [
    result('ratls.self-signed', 'notes', { outcome: 'fail', because: say('ratls.self-signed.fails'), cites }),
    result('ratls.possession', 'decides', { outcome: 'warn', because: say('ratls.possession.fails'), cites }),
  ]
}

/** Most keys beside the evidence that are tried. */
const MOST_KEYS = 80

/** Certificates beside the evidence, in the same answer of a gateway or among the dropped files: a match is said, none says nothing. */
async function besideGateway(
  subject: OpenArtifact,
  { artifacts, contents }: OpenCase,
  field: Uint8Array,
  cites: readonly Cite[],
  uses: readonly CollateralUse[],
): Promise<Result[]> {
  if (isZero(field)) return []
  const bytes = contents[subject.file]
  const gateway = bytes && (await gatewayMatch(field, sliceOf('', bytes)))
  if (gateway?.match) return [boundBy(gateway.match, cites, 'ratls.key-bound.gateway')]
  const made: (Made & { readonly name: string })[] = []
  // Who vouches for the evidence is nobody whom it names: those keys need not be hashed in every way.
  const vouching = new Set(uses.filter(({ use }) => use === 'used').map(({ artifact }) => artifact))
  let keys = 0
  for (const item of artifacts) {
    // A statement whose signing key lives in a guest carries that key beside the guest's evidence.
    if (item.format === 'eat.key-file' && item.parent === subject.parent && item.slice.bytes[item.slice.start] !== 0x7b)
      made.push({
        recipe: 'sha256(CBOR COSE_Key)',
        source: item.name,
        value: await digest('SHA-256', bytesOf(item.slice)),
        name: item.name,
      })
    if (keys >= MOST_KEYS || item.origin === 'embedded' || item.message === 'evidence') continue
    if (vouching.has(item.artifact) || isVendorsOwn(subject, item, artifacts)) continue
    const certificate = item.slice.bytes[item.slice.start] === 0x30 ? readCertificate(item.slice) : undefined
    const spki = certificate
      ? bytesOf(certificate.spki)
      : item.format === 'x509.public-key'
        ? bytesOf(item.slice)
        : undefined
    if (!spki) continue
    keys++
    const whole = certificate && bytesOf(certificate.slice)
    const owner = certificate ?? item.decoding
    for (const one of await madeOfKey(spki, whole, subject.facts.nonce?.value, { field, owner }))
      made.push({ ...one, name: item.name })
  }
  const match = matchOf(field, made)
  if (match) return [boundBy(match, cites)]
  return gateway?.hasMembers
    ? [
        result('ratls.key-bound', 'notes', {
          outcome: 'not-checked',
          because: say('ratls.recipe-unknown'),
          cites,
          found: toHex(field),
        }),
      ]
    : []
}
