import { Attached } from '../bytes/attached.ts'
import { bytesOf, sliceOf } from '../core/place.ts'
import { say } from '../core/saying.ts'
import type { CheckResult, Cite } from '../core/verdict.ts'
import { fromHex, isZero } from '../bytes/layout.ts'
import { readKeyFile } from '../crypto/key-file.ts'
import { readSpki } from '../crypto/spki.ts'
import { digest } from '../crypto/verify.ts'
import { base64Text, toBase64Url } from '../envelope/base64.ts'
import type { OpenArtifact, OpenCase } from './case.ts'
import { madeOfKey, madeOfValue, matchOf, type Made } from './recipes.ts'

/** Files beside the evidence that its user data or nonce speaks of: a nonce in bytes or in text, a key as JWK, anything by its digest. Certificates and bare keys are asked about with their own words. */

/** Most files that are tried, the largest, and the largest that is read as text. */
const MOST = 64
const LARGEST = 1 << 20
const TEXT = 4096
/** Most keys of one file. */
const KEYS = 8
/** A value that a field holds as it stands. */
const SHORTEST = 16
const LONGEST = 64

/** Asked about by the key that they hold. */
const OWN_WORDS: readonly string[] = ['x509.certificate', 'x509.public-key']

const KEY_FILE = 'eat.key-file'

const utf8 = (value: string) => new TextEncoder().encode(value)

/** One note for each file that is named; silent where none is, for a file that nobody names proves nothing. */
export async function fileBinding(subject: OpenArtifact, opened: OpenCase, index: number): Promise<CheckResult[]> {
  const { userData, nonce } = subject.facts
  const fields = [userData, nonce === userData ? undefined : nonce].flatMap((field) =>
    field && field.value.length >= SHORTEST && !isZero(field.value) ? [field] : [],
  )
  if (fields.length === 0 || subject.message !== 'evidence') return []
  const withEvidence = new Set(opened.artifacts.flatMap((one) => (one.message === 'evidence' ? [one.file] : [])))
  const found: CheckResult[] = []
  let tried = 0
  for (const [file, content] of opened.contents.entries()) {
    const root = opened.artifacts.find((one) => one.file === file && one.parent === null)
    if (!root || withEvidence.has(file) || content.length === 0 || content.length > LARGEST) continue
    // What is known to be something else (collateral, a log) is what nobody put into these bytes: it need not be hashed.
    if (root.format !== null && root.format !== KEY_FILE) continue
    if (opened.artifacts.some((one) => one.file === file && OWN_WORDS.includes(one.format ?? ''))) continue
    if (tried++ >= MOST) break
    const made = await madeOnceOf(root, content)
    for (const field of fields) {
      const match = matchOf(field.value, made)
      if (match?.part !== 'whole') continue
      const own: Cite = { artifact: subject.artifact, path: field.path, ranges: field.ranges }
      const { space, start, end } = root.slice
      found.push({
        id: 'fresh.file-is-named',
        layer: 9,
        answer: 'fresh',
        weight: 'notes',
        subject: index,
        spec: { title: 'RFC 9334', section: '10' },
        outcome: 'pass',
        because: say('fresh.file-is-named.holds', { name: root.name, recipe: match.recipe }),
        cites: [own, { artifact: root.artifact, path: '', ranges: [{ space, start, end }] }],
        found: match.recipe,
      })
      break
    }
  }
  return found
}

/** Of what is open, whichever date it is asked about. */
const madeOnce = new Attached<OpenArtifact['decoding'], Promise<readonly Made[]>>()

function madeOnceOf(root: OpenArtifact, content: Uint8Array): Promise<readonly Made[]> {
  const known = madeOnce.get(root.decoding) ?? madeOfFile(root, content)
  madeOnce.set(root.decoding, known)
  return known
}

async function madeOfFile(root: OpenArtifact, content: Uint8Array): Promise<readonly Made[]> {
  const source = root.name
  const made: Made[] = []
  const own = bytesOf(root.slice)
  const forms = [content, ...(own.length === content.length || own.length > TEXT ? [] : [own]), ...textForms(content)]
  for (const bytes of forms) {
    if (bytes.length >= SHORTEST && bytes.length <= LONGEST) made.push({ recipe: 'file', source, value: bytes })
    if (bytes.length <= TEXT) made.push(...(await madeOfValue(bytes)))
    else
      for (const [hash, spelled] of [
        ['SHA-256', 'sha256'],
        ['SHA-384', 'sha384'],
        ['SHA-512', 'sha512'],
      ] as const)
        made.push({ recipe: `${spelled}(file)`, source, value: await digest(hash, bytes) })
  }
  if (content.length <= 1 << 16)
    for (const { spki } of readKeyFile(sliceOf('', content)).slice(0, KEYS)) {
      made.push(...(await madeOfKey(spki, undefined, undefined)))
      const thumbprint = thumbprintOf(spki)
      if (thumbprint)
        made.push({ recipe: 'JWK thumbprint (RFC 7638)', source, value: await digest('SHA-256', thumbprint) })
    }
  return made
}

/** What a text stands for: itself without the line end, and the bytes that it spells. */
function textForms(content: Uint8Array): Uint8Array[] {
  if (content.length > TEXT) return []
  const text = new TextDecoder('latin1').decode(content).trim()
  if (text === '' || /[^\x20-\x7e]/.test(text)) return []
  const hex = fromHex(text.replace(/^0x/i, '').toLowerCase())
  const base64 = hex ? undefined : (base64Text(text) ?? base64Text(text, { url: true }))
  return [
    ...(text.length === content.length ? [] : [utf8(text)]),
    ...(hex ? [hex] : []),
    ...(base64 ? [bytesOf(base64.slice)] : []),
  ]
}

/** The members that RFC 7638 section 3.2 wants, in its order. */
function thumbprintOf(spki: Uint8Array): Uint8Array | undefined {
  const key = readSpki(spki)
  if (key.kind !== 'ec' || key.curve === 'SM2') return undefined
  const half = (key.point.length - 1) / 2
  const [x, y] = [key.point.subarray(1, 1 + half), key.point.subarray(1 + half)].map(toBase64Url)
  return utf8(`{"crv":"${key.curve}","kty":"EC","x":"${x}","y":"${y}"}`)
}
