import { bytesOf, sliceOf, type Slice } from '../../core/place.ts'
import type { AppraisalContext, CaseItem } from '../../core/scheme.ts'
import { fromHex } from '../../bytes/layout.ts'
import { parseJson, type JsonValue } from '../../bytes/json.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { latin1 } from '../../envelope/characters.ts'
import { digest } from '../../crypto/verify.ts'
import type { ClientData } from './statement.ts'

/** What the statement may answer: texts beside it in the same file, other files, and the reader's own value. Each is tried; a match is named, none proves nothing. */

const TEXTS = 64
const LONGEST = 16_384
const SMALL_FILE = 65_536
const MOST_FILES = 256
/** Most values that are tried. */
const MOST_TRIED = 512

interface Named {
  readonly name: string
  readonly text: string
}

function jsonTexts(slice: Slice): Named[] {
  const found: Named[] = []
  const { value } = parseJson(slice)
  const queue: { readonly value: JsonValue; readonly name: string }[] = value ? [{ value, name: '' }] : []
  for (let next = queue.shift(); next && found.length < TEXTS; next = queue.shift()) {
    const { value: one, name } = next
    if (one.kind === 'string' && one.text.length <= LONGEST) found.push({ name, text: one.text })
    if (one.kind === 'array') queue.push(...one.items.slice(0, TEXTS).map((item) => ({ value: item, name })))
    if (one.kind === 'object')
      queue.push(...one.members.slice(0, TEXTS).map((member) => ({ value: member.value, name: member.key })))
  }
  return found
}

/** `name: value`, a line each, as YAML and property files have it. */
function lineTexts(slice: Slice): Named[] {
  const text = latin1(slice.bytes, slice.start, Math.min(slice.end, slice.start + (1 << 18)))
  const found: Named[] = []
  for (const line of text.split('\n')) {
    const match = /^\s*([\w-]{1,64})\s*[:=]\s*['"]?([^'"\s]{4,16384})['"]?\s*$/.exec(line)
    if (match && found.length < TEXTS) found.push({ name: match[1] ?? '', text: match[2] ?? '' })
  }
  return found
}

function formsOf({ name, text }: Named): { readonly recipe: string; readonly bytes: Uint8Array }[] {
  const plain = new TextEncoder().encode(text)
  const decoded = readBase64(sliceOf('', plain))
  const hex = fromHex(text)
  return [
    ...(decoded ? [{ recipe: `base64(${name})`, bytes: bytesOf(decoded.slice) }] : []),
    ...(hex && hex.length >= 8 ? [{ recipe: `hex(${name})`, bytes: hex }] : []),
    { recipe: name, bytes: plain },
  ]
}

/** Hashes of client data to try, nearest first. */
export async function clientDataOf(subject: CaseItem, context: AppraisalContext): Promise<ClientData[]> {
  const given: { recipe: string; bytes: Uint8Array }[] = []
  for (const [name, value] of [
    ['nonce', context.policy.nonce],
    ['reportData', context.policy.reportData],
  ] as const) {
    const bytes = value === undefined ? undefined : fromHex(value)
    if (bytes && bytes.length > 0) given.push({ recipe: `your ${name}`, bytes })
  }
  const own = bytesOf(subject.slice)
  const texts: { recipe: string; bytes: Uint8Array }[][] = []
  for (const slice of (context.files ?? []).slice(0, MOST_FILES)) {
    if (slice.bytes === subject.slice.bytes && own.length === slice.end - slice.start) continue
    const first = slice.bytes[slice.start] ?? 0
    const named = first === 0x7b || first === 0x5b ? jsonTexts(slice) : first < 0x80 ? lineTexts(slice) : []
    texts.push(named.flatMap(formsOf))
    if (slice.end - slice.start <= SMALL_FILE) given.push({ recipe: 'file', bytes: bytesOf(slice) })
  }
  // In turns of files: one that is full of texts keeps no other from being tried.
  const longest = Math.max(0, ...texts.map((one) => one.length))
  for (let turn = 0; turn < longest && given.length < MOST_TRIED; turn++)
    given.push(...texts.flatMap((one) => one[turn] ?? []))
  const hashes: ClientData[] = []
  for (const { recipe, bytes } of given.slice(0, MOST_TRIED)) {
    if (bytes.length === 32) hashes.push({ recipe, hash: bytes })
    hashes.push({ recipe: `sha256(${recipe})`, hash: await digest('SHA-256', bytes) })
  }
  return hashes
}
