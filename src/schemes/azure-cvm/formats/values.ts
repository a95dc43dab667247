import { sliceAt, type Slice } from '../../../core/place.ts'
import { joinSlices } from '../../../bytes/join.ts'
import { jsonStringContent, type JsonValue } from '../../../bytes/json.ts'
import { readBase64 } from '../../../envelope/base64.ts'
import { readHexText } from '../../../envelope/hex.ts'
import { listBytes, stringBytes, type MemberBytes } from '../../../envelope/member-bytes.ts'

/** Bytes of a JSON value, however a version writes them: a list of numbers, hex, or base64 in either alphabet. */
export function bytesValue(file: Slice, value: JsonValue | undefined, form: 'hex' | 'base64'): MemberBytes | undefined {
  return listBytes(file, value) ?? stringBytes(file, value, form === 'hex' ? readHexText : readBase64)
}

/** The bytes, or the text as it stands where it says none: a member that cannot be read must stay a member, so that its reader can call it broken. */
export function bytesOrText(
  file: Slice,
  value: JsonValue | undefined,
  form: 'hex' | 'base64',
): MemberBytes | undefined {
  return value && (bytesValue(file, value, form) ?? asItStands(file, value))
}

const asItStands = (file: Slice, value: JsonValue): MemberBytes => ({
  slice: sliceAt(file, value.range),
  spaces: [],
})

/** Text of a JSON string, to be opened by its own look. */
export function textValue(file: Slice, value: JsonValue | undefined): MemberBytes | undefined {
  return value?.kind === 'string' ? jsonStringContent(file, value) : undefined
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
): MemberBytes | undefined {
  if (!value) return undefined
  const items = inOrder(value)
  if (!items || items.length === 0) return asItStands(file, value)
  const parts = items.slice(0, 64).flatMap((item) => bytesValue(file, item, form) ?? [])
  if (parts.length < Math.min(items.length, 64)) return asItStands(file, value)
  const { space, slice } = joinSlices(
    file.space,
    value.range.start,
    parts.map((part) => part.slice),
  )
  return {
    slice,
    spaces: [...parts.flatMap((part) => part.spaces), space],
  }
}
