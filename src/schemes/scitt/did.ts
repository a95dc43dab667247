import { bytesOf, sliceOf } from '../../core/place.ts'
import { isContext, oidOf, readDerStrict, sequenceOf, textOf } from '../../bytes/der.ts'
import { sameBytes } from '../../bytes/layout.ts'
import { toBase64Url } from '../../envelope/base64.ts'
import { digest } from '../../crypto/verify.ts'
import type { HashName } from '../../crypto/types.ts'
import { attributeName } from '../../pki/names.ts'
import type { Certificate } from '../../pki/types.ts'

/** did:x509 (microsoft/did-x509): an issuer named by a fingerprint of an authority in the chain and by what the signer's certificate says. */

export type DidStanding =
  | { readonly kind: 'holds' }
  | { readonly kind: 'none' }
  | { readonly kind: 'not-x509' }
  | { readonly kind: 'form' }
  | { readonly kind: 'fingerprint' }
  | { readonly kind: 'policy'; readonly policy: string }
  | { readonly kind: 'unknown-policy'; readonly policy: string }

const HASHES: Readonly<Record<string, HashName>> = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' }
const SAN = '2.5.29.17'

/** Whether this chain is the one that the issuer's name describes. The leaf comes first. */
export async function didStanding(issuer: string | undefined, path: readonly Certificate[]): Promise<DidStanding> {
  if (issuer === undefined) return { kind: 'none' }
  if (!issuer.startsWith('did:x509:')) return { kind: 'not-x509' }
  const [head = '', ...policies] = issuer.split('::')
  const [, , version, algorithm = '', fingerprint, ...more] = head.split(':')
  const hash = Object.hasOwn(HASHES, algorithm) ? HASHES[algorithm] : undefined
  const [leaf, ...authorities] = path
  if (version !== '0' || !hash || fingerprint === undefined || more.length > 0 || policies.length === 0 || !leaf)
    return { kind: 'form' }
  const prints = await Promise.all(authorities.map(async (one) => toBase64Url(await digest(hash, bytesOf(one.slice)))))
  if (!prints.includes(fingerprint)) return { kind: 'fingerprint' }
  for (const policy of policies) {
    const [name = '', ...values] = policy.split(':')
    const holds = policyHolds(name, values.map(decoded), leaf)
    if (holds === undefined) return { kind: 'unknown-policy', policy }
    if (!holds) return { kind: 'policy', policy }
  }
  return { kind: 'holds' }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function policyHolds(name: string, values: readonly string[], leaf: Certificate): boolean | undefined {
  switch (name) {
    case 'eku':
      return values.length === 1 && leaf.extendedKeyUsage?.includes(values[0] ?? '') === true
    case 'subject':
      return values.length >= 2 && values.length % 2 === 0 && subjectHas(leaf, values)
    case 'san':
      return values.length === 2 && sanHas(leaf, values[0] ?? '', values[1] ?? '')
    default:
      return undefined
  }
}

/** Pairs of a name and its value: each must be in the subject. */
function subjectHas(leaf: Certificate, pairs: readonly string[]): boolean {
  const attributes = attributesOf(leaf)
  return pairs.every((key, i) => i % 2 === 1 || attributes.some((one) => one.key === key && one.value === pairs[i + 1]))
}

function attributesOf({ subject }: Certificate): { readonly key: string; readonly value: string }[] {
  return (sequenceOf(readDerStrict(sliceOf('', subject.der))) ?? [])
    .flatMap((set) => set.children ?? [])
    .flatMap((pair) => {
      const [id, value] = sequenceOf(pair) ?? []
      const oid = oidOf(id)
      const text = textOf(value)
      return oid === undefined || text === undefined ? [] : [{ key: attributeName(oid), value: text }]
    })
}

const KINDS: Readonly<Record<string, number>> = { email: 1, dns: 2, uri: 6 }

function sanHas(leaf: Certificate, kind: string, wanted: string): boolean {
  const extension = leaf.extensions.find(({ oid }) => oid === SAN)
  const names = extension && sequenceOf(readDerStrict(extension.value))
  const number = KINDS[kind]
  const text = new TextEncoder().encode(wanted)
  return (
    number !== undefined &&
    (names ?? []).some((name) => isContext(name, number) && sameBytes(bytesOf(name.content), text))
  )
}
