import type { Problem } from '../core/field.ts'
import { derivedId, rangeOf, type Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import {
  insideQuotes,
  jsonStringContent,
  parseJson,
  readJson,
  type JsonParsing,
  type JsonValue,
} from '../bytes/json.ts'
import { hexOffset } from '../bytes/layout.ts'
import { isWhite } from '../envelope/characters.ts'
import { editor } from '../envelope/edited.ts'
import type { Unwrapped } from '../envelope/types.ts'
import { coseOfMembers } from './cose-parts.ts'
import { isWorthwhile } from './looks-like.ts'
import { STRONG, type Branch, type Opened, type Work } from './types.ts'

/** Objects smaller than this are not asked about on their own, nor those nested deeper. */
const SMALLEST_OBJECT = 128
const OBJECT_DEPTH = 4
/** Fewest numbers of an array that may be bytes. */
const FEWEST_NUMBERS = 64
/** Most objects that are asked about on their own. */
const OBJECTS_ASKED = 64

/** A JSON text as a container: every member that may be something of its own. One text after another (JSON lines) counts as one container. */
export function openJson(slice: Slice, work: Work): Opened | undefined {
  const first = skipWhite(slice, slice.start)
  const byte = slice.bytes[first]
  if (first >= slice.end || (byte !== 0x7b && byte !== 0x5b && byte !== 0x22)) return undefined
  const texts: { readonly own: Slice; readonly parsing: JsonParsing }[] = []
  const problems: Problem[] = []
  for (let at = slice.start; at < slice.end && texts.length < 256;) {
    const own: Slice = { ...slice, start: at }
    const parsing = parseJson(own)
    if (parsing.value === undefined) {
      if (texts.length === 0) return undefined
      break
    }
    texts.push({ own, parsing })
    problems.push(...parsing.problems.filter((problem) => problem.because.code !== 'trailing'))
    at = parsing.end
  }
  const only = texts.length === 1 ? texts[0]?.parsing.value : undefined
  if (only?.kind === 'string') {
    const { slice: inner, spaces } = jsonStringContent(slice, only)
    for (const space of spaces) work.room -= space.bytes.length
    return {
      branches: [
        {
          via: 'JSON string',
          because: say('unwrap.layer.json-string', { at: hexOffset(only.range.start) }),
          slice: inner,
          spaces,
          problems: [],
          name: 'string',
        },
      ],
      isContainer: false,
      isCertain: true,
      problems,
    }
  }
  // A bracket at the head of other text (`[   12.3] …`) is JSON by chance.
  const isAll = skipWhite(slice, texts.at(-1)?.parsing.end ?? slice.start) >= slice.end
  if (!isAll && texts.every(({ parsing, own }) => parsing.end - own.start < SMALLEST_OBJECT)) return undefined
  return {
    branches: members(slice, texts, work),
    isContainer: true,
    isCertain: true,
    problems,
    tree: () => readJson(slice).node,
  }
}

function* members(slice: Slice, texts: readonly { readonly parsing: JsonParsing }[], work: Work): Generator<Branch> {
  let asked = 0
  for (const [index, { parsing }] of texts.entries()) {
    const stack: { readonly value: JsonValue; readonly path: string; readonly depth: number }[] = parsing.value
      ? [{ value: parsing.value, path: texts.length > 1 ? `[${index}]` : '', depth: 0 }]
      : []
    for (let top = stack.pop(); top; top = stack.pop()) {
      const { value, path, depth } = top
      if (work.branches <= 0 || work.room <= 0) return
      const own: Slice = { ...slice, start: value.range.start, end: value.range.end }
      switch (value.kind) {
        case 'string':
          if (isWorthwhile(insideQuotes(slice, value))) {
            const { slice: inner, spaces } = jsonStringContent(slice, value)
            for (const space of spaces) work.room -= space.bytes.length
            yield branch(path, inner, spaces)
          }
          break
        case 'array':
          if (
            depth > 0 &&
            depth <= OBJECT_DEPTH &&
            own.end - own.start >= SMALLEST_OBJECT &&
            asked++ < OBJECTS_ASKED &&
            value.items[0]?.kind === 'object' &&
            (work.detect(own)[0]?.score ?? 0) >= STRONG
          )
            yield branch(path, own, [])
          else if (isBytes(value.items)) yield branch(path, own, [])
          else if (isCutUp(value.items)) {
            const read = joined(slice, value)
            work.room -= read.space.bytes.length
            yield branch(path, read.slice, [read.space])
          } else
            for (let i = value.items.length - 1; i >= 0; i--) {
              const item = value.items[i]
              if (item) stack.push({ value: item, path: `${path}[${i}]`, depth: depth + 1 })
            }
          break
        case 'object': {
          if (isIndexed(value.members)) {
            const read = joined(slice, value)
            work.room -= read.space.bytes.length
            yield branch(path, read.slice, [read.space])
            break
          }
          if (
            (depth > 0 || texts.length > 1) &&
            depth <= OBJECT_DEPTH &&
            own.end - own.start >= SMALLEST_OBJECT &&
            asked++ < OBJECTS_ASKED &&
            (work.detect(own)[0]?.score ?? 0) >= STRONG
          ) {
            yield branch(path, own, [])
            break
          }
          const message = coseOfMembers(slice, value.members)
          if (message) {
            for (const space of message.branch.spaces) work.room -= space.bytes.length
            yield message.branch
          }
          for (let i = value.members.length - 1; i >= 0; i--) {
            const one = value.members[i]
            if (one && !message?.used.includes(one.key))
              stack.push({
                value: one.value,
                path: path === '' ? one.key.slice(0, 100) : `${path}.${one.key.slice(0, 100)}`,
                depth: depth + 1,
              })
          }
          break
        }
        case 'number':
        case 'bool':
        case 'null':
          break
      }
    }
  }
}

function branch(path: string, slice: Slice, spaces: Branch['spaces']): Branch {
  const name = path === '' ? 'value' : path
  return {
    via: `JSON member ${name}`,
    because: say('unwrap.layer.json-member', { name, at: hexOffset(rangeOf(slice).start) }),
    slice,
    spaces,
    problems: [],
    name,
  }
}

function isBytes(items: readonly JsonValue[]): boolean {
  return items.length >= FEWEST_NUMBERS && items.every((item) => item.kind === 'number')
}

/** One value cut into strings of the same length, the last perhaps shorter. */
function isCutUp(items: readonly JsonValue[]): boolean {
  const [first] = items
  const width = first?.kind === 'string' ? first.text.length : 0
  if (items.length < 3 || width < 16 || width > 256) return false
  return items.every(
    (item, i) =>
      item.kind === 'string' &&
      /^[\w+/=-]+$/.test(item.text) &&
      item.range.end - item.range.start === item.text.length + 2 &&
      (i === items.length - 1 ? item.text.length <= width : item.text.length === width),
  )
}

/** `{"0":4,"1":0,…}`, as JavaScript writes a Uint8Array. */
function isIndexed(members: JsonObject['members']): boolean {
  return (
    members.length >= FEWEST_NUMBERS &&
    members.every(
      ({ key, value }, i) =>
        key === String(i) && value.kind === 'number' && /^\d{1,3}$/.test(value.text) && Number(value.text) < 256,
    )
  )
}

function joined(slice: Slice, value: JsonValue): Unwrapped {
  const out = editor(slice)
  if (value.kind === 'array') for (const { range } of value.items) out.keep(range.start + 1, range.end - 1)
  if (value.kind === 'object')
    for (const { value: item } of value.members)
      if (item.kind === 'number') out.put(Number(item.text), item.range.start, item.range.end)
  const read = out.done(value.kind === 'array' ? 'slice' : 'decimal-array')
  // Several of them may stand in one text: each is named after its own place.
  const id = derivedId(slice.space, read.space.via, value.range.start)
  return { ...read, space: { ...read.space, id }, slice: { ...read.slice, space: id } }
}

type JsonObject = Extract<JsonValue, { kind: 'object' }>

function skipWhite(slice: Slice, from: number): number {
  let at = from
  while (at < slice.end && isWhite(slice.bytes[at])) at++
  return at
}
