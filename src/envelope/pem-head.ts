import { bytesOf, type Slice } from '../core/place.ts'
import { headText } from '../bytes/head.ts'
import { readBase64 } from './base64.ts'

const BLOCK = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([^-]{64,20000})-----END/g

/** For detectors: the bytes of the first certificates of a text that begins with a PEM block; none for other texts. */
export function firstCertificates(slice: Slice, most = 4): Uint8Array[] {
  const text = headText(slice)
  if (!/^\s{0,64}-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/.test(text)) return []
  const found: Uint8Array[] = []
  for (const match of text.matchAll(BLOCK)) {
    if (found.length >= most) break
    const body = match[1] ?? ''
    const start = slice.start + match.index + match[0].indexOf(body)
    const read = readBase64({ ...slice, start, end: start + body.length })
    if (read) found.push(bytesOf(read.slice))
  }
  return found
}
