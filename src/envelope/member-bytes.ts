import { sliceAt, type Slice, type Space } from '../core/place.ts'
import { jsonStringContent, type JsonValue } from '../bytes/json.ts'
import { readDecimalArray } from './decimal.ts'
import type { Unwrapped } from './types.ts'

/** Bytes that a member of a JSON text says, and the spaces that lead from them back to the text. */
export interface MemberBytes {
  readonly slice: Slice
  readonly spaces: readonly Space[]
}

/** A string's bytes by the first of the readers that can read them; undefined where it is no string, or says no bytes. */
export function stringBytes(
  file: Slice,
  value: JsonValue | undefined,
  ...readers: readonly ((text: Slice) => Unwrapped | undefined)[]
): MemberBytes | undefined {
  if (value?.kind !== 'string') return undefined
  const content = jsonStringContent(file, value)
  for (const reader of readers) {
    const read = reader(content.slice)
    if (read) return { slice: read.slice, spaces: [...content.spaces, read.space] }
  }
  return undefined
}

/** Bytes that a list of numbers says; undefined where it is no list, or a number is no byte (a negative one neither). */
export function listBytes(file: Slice, value: JsonValue | undefined): MemberBytes | undefined {
  const read = value?.kind === 'array' ? readDecimalArray(sliceAt(file, value.range)) : undefined
  return read?.problems.length === 0 ? { slice: read.slice, spaces: [read.space] } : undefined
}
