import type { ByteRange, Slice } from '../../core/place.ts'
import type { JsonMember, JsonValue } from '../../bytes/json.ts'

/**
 * QCA signs a JSON object as the library cJSON prints it (cJSON 1.7, `cJSON_Print`), not as it travels: programs on the way re-indent the file.
 * So the text is printed again here, from the members of the file in their own order and spelling.
 */

/** A text as it was signed, and the bytes of the file that say it: names and values, without the marks between them. */
export interface Printed {
  readonly text: string
  readonly says: readonly ByteRange[]
}

/** Why a value cannot be printed: no such text exists, or only the C library knows how it comes out. */
export type Unprintable = 'text' | 'number'

/** Prints an object. Linear in the text; as deep as the reader of JSON goes. */
export function printObject(slice: Slice, value: JsonValue): Printed | Unprintable {
  const parts: string[] = []
  const says: ByteRange[] = []
  let problem: Unprintable | undefined

  const text = (string: string, range: ByteRange) => {
    // A replaced character stands for bytes that are no text; NUL ends a string in C; half a pair is nothing in UTF-8.
    if (/[\0\ufffd]/.test(string) || !isWellFormed(string)) problem = 'text'
    parts.push(quoted(string))
    says.push({ space: slice.space, start: range.start + 1, end: range.end - 1 })
  }
  const print = (one: JsonValue, depth: number): void => {
    switch (one.kind) {
      case 'string':
        return text(one.text, one.range)
      case 'number': {
        const number = Number(one.text)
        if (!Number.isInteger(number) || Math.abs(number) > 0x7fffffff) problem ??= 'number'
        parts.push(String(Math.trunc(number) || 0))
        break
      }
      case 'bool':
        parts.push(String(one.value))
        break
      case 'null':
        parts.push('null')
        break
      case 'array':
        parts.push('[')
        for (const [i, item] of one.items.entries()) {
          if (i > 0) parts.push(', ')
          print(item, depth + 1)
        }
        parts.push(']')
        return
      case 'object':
        parts.push('{\n')
        for (const [i, { key, keyRange, value: inner }] of one.members.entries()) {
          parts.push('\t'.repeat(depth + 1))
          text(key, keyRange)
          parts.push(':\t')
          print(inner, depth + 1)
          parts.push(i + 1 < one.members.length ? ',\n' : '\n')
        }
        parts.push('\t'.repeat(depth), '}')
        return
    }
    says.push(one.range)
  }
  print(value, 0)
  return problem ?? { text: parts.join(''), says }
}

const NAMED: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

function quoted(string: string): string {
  let out = '"'
  for (const character of string)
    out +=
      NAMED[character] ?? (character < ' ' ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : character)
  return `${out}"`
}

function isWellFormed(string: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(string)
}

/** The first name that stands twice among the members of these objects: which of the two counts depends on who reads. */
export function repeatedName(...objects: readonly (JsonValue | undefined)[]): JsonMember | undefined {
  for (const one of objects) {
    if (one?.kind !== 'object') continue
    const seen = new Set<string>()
    for (const member of one.members) {
      if (seen.has(member.key)) return member
      seen.add(member.key)
    }
  }
  return undefined
}
