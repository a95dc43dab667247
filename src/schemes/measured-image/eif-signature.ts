import { bytesOf, sliceOf, type Slice } from '../../core/place.ts'
import { readCbor, type CborItem } from '../../bytes/cbor.ts'
import { sameBytes } from '../../bytes/layout.ts'
import { verifyCose } from '../../crypto/cose.ts'
import { readCose, valueAt } from '../../envelope/cose.ts'
import { readPem } from '../../envelope/pem.ts'
import { readCertificate } from '../../pki/certificate.ts'

/** The signature of an enclave image: aws/aws-nitro-enclaves-image-format@935dc62, PcrSignature. What is signed is PCR0, by number and value. */
export interface EifSignature {
  /** DER: PCR8 is made of it. */
  readonly certificate: Uint8Array
  readonly result: 'valid' | 'invalid' | 'unsupported'
}

const LONGEST = 65_536

/** Bytes, which serialisers also write as a list of numbers. */
function bytesIn(item: CborItem | undefined): Uint8Array | undefined {
  if (item?.kind === 'bytes') return bytesOf(item.content)
  if (item?.kind !== 'array' || item.items.length > LONGEST) return undefined
  const numbers = item.items.map((one) =>
    one.kind === 'int' && one.value >= 0n && one.value < 256n ? Number(one.value) : -1,
  )
  return numbers.includes(-1) ? undefined : Uint8Array.from(numbers)
}

/** Undefined where the section holds no certificate. */
export async function eifSignature(section: Slice, pcr0: Uint8Array): Promise<EifSignature | undefined> {
  const { item } = readCbor(section)
  const [first] = item?.kind === 'array' ? item.items : []
  if (first?.kind !== 'map') return undefined
  const pem = bytesIn(valueAt(first.entries, 'signing_certificate'))
  const signed = bytesIn(valueAt(first.entries, 'signature'))
  const block = pem && readPem(sliceOf('', pem), '').blocks[0]
  const certificate = block && readCertificate(block.slice)
  if (!block || !certificate) return undefined
  const der = bytesOf(block.slice)
  const message = signed && readCose(sliceOf('', signed)).message
  if (!message) return { certificate: der, result: 'invalid' }
  const { result } = await verifyCose(message, bytesOf(certificate.spki))
  const payload = message.payload && readCbor(message.payload).item
  const named = payload?.kind === 'map' ? valueAt(payload.entries, 'register_index') : undefined
  const value = payload?.kind === 'map' ? bytesIn(valueAt(payload.entries, 'register_value')) : undefined
  const isPcr0 = named?.kind === 'int' && named.value === 0n && value !== undefined && sameBytes(value, pcr0)
  return { certificate: der, result: result === 'valid' && !isPcr0 ? 'invalid' : result }
}
