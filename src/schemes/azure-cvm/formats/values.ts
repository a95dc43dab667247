import { derivedId, sliceAt, sliceOf, type Piece, type Slice, type Space } from '../../../core/place.ts'
import { jsonStringContent, type JsonValue } from '../../../bytes/json.ts'
import { readBase64 } from '../../../envelope/base64.ts'
import { readHexText } from '../../../envelope/hex.ts'

/** Bytes of a JSON value, however a version writes them, with the spaces that lead back to the text. */
export interface Opened {
  readonly slice: Slice
  readonly spaces: readonly Space[]
}

/** A list of numbers, hex, or base64 in either alphabet. */
export function bytesValue(file: Slice, value: JsonValue | undefined, form: 'hex' | 'base64'): Opened | undefined {
  if (value?.kind === 'array') return listValue(file, value.items)
  if (value?.kind !== 'string') return undefined
  const content = jsonStringContent(file, value)
  const read = form === 'hex' ? readHexText(content.slice) : readBase64(content.slice)
  return read && { slice: read.slice, spaces: [...content.spaces, read.space] }
}

/** The bytes, or the text as it stands where it says none: a member that cannot be read must stay a member, so that its reader can call it broken. */
export function bytesOrText(file: Slice, value: JsonValue | undefined, form: 'hex' | 'base64'): Opened | undefined {
  return value && (bytesValue(file, value, form) ?? { slice: sliceAt(file, value.range), spaces: [] })
}

/** Text of a JSON string, to be opened by its own look. */
export function textValue(file: Slice, value: JsonValue | undefined): Opened | undefined {
  return value?.kind === 'string' ? jsonStringContent(file, value) : undefined
}

function listValue(file: Slice, items: readonly JsonValue[]): Opened | undefined {
  const first = items[0]
  if (!first) return undefined
  const out = new Uint8Array(items.length)
  const pieces: Piece[] = []
  for (const [i, item] of items.entries()) {
    if (item.kind !== 'number' || !/^\d{1,3}$/.test(item.text) || Number(item.text) > 255) return undefined
    out[i] = Number(item.text)
    pieces.push({ at: i, length: 1, sourceStart: item.range.start, sourceEnd: item.range.end })
  }
  const id = derivedId(file.space, 'decimal-array', first.range.start)
  return {
    slice: sliceOf(id, out),
    spaces: [{ id, parent: file.space, via: 'decimal-array', map: 'exact', bytes: out, pieces }],
  }
}

/** Items of a list, or of an object whose members are numbered, by their numbers. */
function inOrder(value: JsonValue): readonly JsonValue[] | undefined {
  if (value.kind === 'array') return value.items
  if (value.kind !== 'object' || value.members.some(({ key }) => !/^\d{1,2}$/.test(key))) return undefined
  return value.members.toSorted((a, b) => Number(a.key) - Number(b.key)).map((own) => own.value)
}

/** Several byte strings of one text, one after another: the PCR values of a quote. */
export function joinedValues(
  file: Slice,
  value: JsonValue | undefined,
  form: 'hex' | 'base64' = 'hex',
): Opened | undefined {
  if (!value) return undefined
  const asText = { slice: sliceAt(file, value.range), spaces: [] }
  const items = inOrder(value)
  if (!items || items.length === 0) return asText
  const parts = items.slice(0, 64).map((item) => bytesValue(file, item, form))
  if (parts.some((part) => part === undefined)) return asText
  const spaces = parts.flatMap((part) => part?.spaces ?? [])
  const pieces: Piece[] = []
  let size = 0
  for (const part of parts) {
    if (!part) continue
    const length = part.slice.end - part.slice.start
    pieces.push({
      at: size,
      length,
      source: part.slice.space,
      sourceStart: part.slice.start,
      sourceEnd: part.slice.end,
    })
    size += length
  }
  const out = new Uint8Array(size)
  let at = 0
  for (const part of parts)
    if (part) {
      out.set(part.slice.bytes.subarray(part.slice.start, part.slice.end), at)
      at += part.slice.end - part.slice.start
    }
  const id = derivedId(file.space, 'concat', value.range.start)
  return {
    slice: sliceOf(id, out),
    spaces: [...spaces, { id, parent: file.space, via: 'concat', map: 'exact', bytes: out, pieces }],
  }
}
