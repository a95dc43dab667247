import { bytesOf, type Located, type Slice, type Space } from '../../core/place.ts'
import { insideQuotes, member, type JsonValue } from '../../bytes/json.ts'
import { readBase64 } from '../../envelope/base64.ts'

/** Reading protobuf JSON: 64-bit numbers as texts, bytes as base64. */

/** A value below others. */
export function at(value: JsonValue | undefined, ...names: readonly string[]): JsonValue | undefined {
  return names.reduce<JsonValue | undefined>((one, name) => member(one, name), value)
}

/** Elements of a list; none for anything else. */
export function itemsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return value?.kind === 'array' ? value.items : []
}

export function located<T>(value: JsonValue, path: string, said: T): Located<T> {
  return { path, ranges: [value.range], value: said }
}

/** A text with its place. */
export function textAt(value: JsonValue | undefined, path: string): Located<string> | undefined {
  return value?.kind === 'string' ? located(value, path, value.text) : undefined
}

/** A whole number that is not negative, written as text or as number; undefined for anything else. */
export function countOf(value: JsonValue | undefined): bigint | undefined {
  const text = value?.kind === 'string' || value?.kind === 'number' ? value.text : ''
  return /^\d{1,19}$/.test(text) ? BigInt(text) : undefined
}

/** Bytes that stand in base64, with the space in which they are read. */
export interface DecodedBytes {
  readonly located: Located<Uint8Array>
  readonly slice: Slice
  readonly space: Space
  /** The text as it stands. */
  readonly text: string
}

/** Decodes a member that holds base64; undefined where it holds something else. */
export function bytesAt(file: Slice, value: JsonValue | undefined, path: string): DecodedBytes | undefined {
  if (value?.kind !== 'string' || value.isEscaped || value.text === '') return undefined
  const read = readBase64(insideQuotes(file, value))
  if (!read) return undefined
  return { located: located(value, path, bytesOf(read.slice)), slice: read.slice, space: read.space, text: value.text }
}
