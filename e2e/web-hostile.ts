import { cborBytes, cborMap, cborTag, cborText, cborArray } from '../src/bytes/cbor-writer.ts'
import { bytesOf } from '../src/core/place.ts'
import { encodePem } from '../src/envelope/pem.ts'
import { name, subjectAltName, crlDistributionPoint } from '../src/pki/issue.ts'
import { KEYS, make } from '../src/pki/testing.ts'
import type { SampleFile } from './share-links.ts'

/** Evidence whose every text is hostile: what a page must show and never obey. */

/** Markup, in the forms in which it has escaped elsewhere. */
export const MARKUP = '<img src=x onerror=alert(1)>'
export const SCRIPT = '"><script>alert(2)</script>'
export const SCHEME = ['javascript', 'alert(3)'].join(':')

const utf8 = (text: string) => new TextEncoder().encode(text)
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A certificate of this common name that issued itself; `names` are its alternative names. */
export async function certificateNamed(common: string, names: readonly string[] = []): Promise<Uint8Array> {
  const own = name({ O: common, CN: common })
  return bytesOf(
    (
      await make({
        subject: own,
        issuer: own,
        issuerKey: KEYS.leaf,
        subjectKey: KEYS.leaf,
        extensions: [subjectAltName(...names), crlDistributionPoint(names[0] ?? 'x')],
      })
    ).slice,
  )
}

/** One file per kind of text that evidence can bring: each holds `text` where its kind has room for words. */
export async function filesSaying(text: string): Promise<readonly SampleFile[]> {
  const certificate = await certificateNamed(text, [text, SCHEME])
  return [
    { name: `${text.replaceAll('/', '∕')}.der`, bytes: certificate },
    { name: 'comment.pem', bytes: utf8(`${text}\n${encodePem('CERTIFICATE', certificate)}\n${text}\n`) },
    {
      name: 'token.jwt',
      bytes: utf8(
        `${part({ alg: 'ES384', kid: text, jku: `https://collector.example/${text}` })}.${part({ iss: text, sub: text, 'x-ms-attestation-type': text, [text]: text, eat_profile: text })}.${Buffer.alloc(96).toString('base64url')}`,
      ),
    },
    {
      name: 'claims.cbor',
      bytes: cborTag(
        18,
        cborArray(
          cborBytes(cborMap([1, Uint8Array.of(0x26)])),
          cborMap([4, cborText(text)]),
          cborBytes(cborMap([1, cborText(text)], [2, cborText(text)], [text, cborText(text)])),
          cborBytes(new Uint8Array(64)),
        ),
      ),
    },
    { name: 'reply.json', bytes: utf8(JSON.stringify({ [text]: text, note: text, quote: text })) },
  ]
}
