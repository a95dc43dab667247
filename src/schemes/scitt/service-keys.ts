import { bytesOf, sliceOf, type Slice } from '../../core/place.ts'
import type { CaseItem } from '../../core/scheme.ts'
import { member, parseJson, textOf, type JsonValue } from '../../bytes/json.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { readPem } from '../../envelope/pem.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { keyName, type ServiceKey } from './receipt.ts'
import { FORMATS } from './formats.ts'

/** Keys of CCF services among the dropped files: nothing public pins them, so whoever drops one vouches for it. */

const MOST = 64

/** Certificates in a service's parameters, and any other certificate or key that was dropped. */
export async function serviceKeysAmong(items: readonly CaseItem[]): Promise<ServiceKey[]> {
  const found: ServiceKey[] = []
  for (const item of items) {
    if (item.origin === 'embedded' || item.message === 'evidence' || found.length >= MOST) continue
    for (const spki of spkisIn(item)) {
      const sha256 = await keyName(spki)
      if (!found.some((one) => one.sha256 === sha256)) found.push({ spki, sha256, artifact: item.artifact })
    }
  }
  return found
}

function spkisIn(item: CaseItem): Uint8Array[] {
  if (item.format === FORMATS.serviceKeys) return serviceCertificates(item.slice).flatMap(keyOf)
  if (item.format === 'x509.public-key') return [bytesOf(item.slice)]
  return item.slice.bytes[item.slice.start] === 0x30 ? keyOf(item.slice) : []
}

function keyOf(slice: Slice): Uint8Array[] {
  const certificate = readCertificate(slice)
  return certificate ? [bytesOf(certificate.spki)] : []
}

/** Every `serviceCertificate` of the JSON: base64 of DER, or PEM. */
export function serviceCertificates(slice: Slice): Slice[] {
  const found: Slice[] = []
  const queue: (JsonValue | undefined)[] = [parseJson(slice).value]
  for (let next = queue.shift(), seen = 0; next && seen < 2000; next = queue.shift(), seen++) {
    if (next.kind === 'array') queue.push(...next.items)
    if (next.kind !== 'object') continue
    const text = textOf(member(next, 'serviceCertificate'))
    if (text !== undefined && found.length < MOST) found.push(...certificateIn(text))
    queue.push(...next.members.map(({ value }) => value))
  }
  return found
}

function certificateIn(text: string): Slice[] {
  const bytes = new TextEncoder().encode(text)
  const pem = text.includes('-----BEGIN') ? readPem(sliceOf('', bytes), '').blocks[0]?.slice : undefined
  const der = pem ?? readBase64(sliceOf('', bytes))?.slice
  return der ? [der] : []
}
