import { bytesOf } from '../../core/place.ts'
import { sameBytes } from '../../bytes/layout.ts'
import { hasSigned } from '../../pki/issuers.ts'
import type { Certificate } from '../../pki/types.ts'
import type { Held } from './leaf.ts'

/** Anybody can write a certificate around a published key, so copies are few, those that a published key signed come first, and the published one follows them. */
const MOST_COPIES = 3
const COPIES_TRIED = 64

export async function ownCopies(
  { spki, subject }: Certificate,
  held: readonly Held[],
  signers: readonly Certificate[],
): Promise<Certificate[]> {
  const key = bytesOf(spki)
  const copies = held
    .map((one) => one.certificate)
    .filter((one) => sameBytes(one.subject.der, subject.der) && sameBytes(bytesOf(one.spki), key))
  if (copies.length <= MOST_COPIES) return copies
  const signed: Certificate[] = []
  for (const one of copies.slice(0, COPIES_TRIED)) {
    for (const issuer of signers)
      if (!signed.includes(one) && sameBytes(issuer.subject.der, one.issuer.der) && (await hasSigned(issuer, one)))
        signed.push(one)
  }
  return [...signed, ...copies.filter((one) => !signed.includes(one))].slice(0, MOST_COPIES)
}
