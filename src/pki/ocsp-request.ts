import { bitStringOf, readDerStrict, sequenceOf } from '../bytes/der.ts'
import { integer, nothing, octetString, oid, sequence } from '../bytes/der-writer.ts'
import { bytesOf } from '../core/place.ts'
import { digest } from '../crypto/verify.ts'
import type { Certificate } from './types.ts'

/** The question about one certificate (RFC 6960 section 4.1.1), DER: SHA-1 names the issuer, as every responder understands it; no nonce. */
export async function ocspRequest(certificate: Certificate, issuer: Certificate): Promise<Uint8Array<ArrayBuffer>> {
  const bits = bitStringOf(sequenceOf(readDerStrict(issuer.spki))?.[1])
  const id = sequence(
    sequence(oid('1.3.14.3.2.26'), nothing()),
    octetString(await digest('SHA-1', issuer.subject.der)),
    octetString(await digest('SHA-1', bits ? bytesOf(bits.slice) : new Uint8Array())),
    integer(certificate.serial),
  )
  return sequence(sequence(sequence(sequence(id))))
}
