import type { FieldNode } from '../../../core/field.ts'
import { rangeOf, type Slice, type Space } from '../../../core/place.ts'
import type { Decoding, Inner } from '../../../core/scheme.ts'
import { jsonStringContent, readJson } from '../../../bytes/json.ts'
import { gapNode } from '../../../bytes/layout.ts'
import { joinSlices } from '../../../bytes/join.ts'
import { MEMBERS, plainName, type CollateralBundle } from './bundle-members.ts'
import { carriedInner, latin, withoutNul } from './carried.ts'
import { docOf } from './signed-json.ts'

/*
 * Some tools write the bundle as YAML. Read here is only what they use: names at the start of a line, with a block (`|`, `>`),
 * a double-quoted string on one line, or plain text behind them. Everything else stays a gap.
 */

/** Whether a bundle is written with names at the start of lines. */
export function isYamlBundle(slice: Slice): boolean {
  return (
    slice.end > slice.start &&
    slice.bytes[slice.start] !== 0x7b &&
    /^[a-z_]+:/.test(
      latin({ ...slice, end: Math.min(slice.end, slice.start + 80) }).replace(/^(?:#[^\n]*\n|---[^\n]*\n)*/, ''),
    )
  )
}

interface Line {
  readonly start: number
  readonly end: number
  readonly next: number
}

function linesOf(slice: Slice): Line[] {
  const lines: Line[] = []
  let start = slice.start
  for (let at = slice.start; at < slice.end; at++) {
    if (slice.bytes[at] !== 10) continue
    lines.push({ start, end: slice.bytes[at - 1] === 13 && at > start ? at - 1 : at, next: at + 1 })
    start = at + 1
  }
  if (start < slice.end) lines.push({ start, end: slice.end, next: slice.end })
  return lines
}

interface Entry {
  readonly key: string
  readonly whole: Slice
  readonly value: Slice
  readonly spaces: readonly Space[]
}

/** Reads a bundle written as YAML. */
export function decodeYamlBundle(slice: Slice): Decoding<CollateralBundle> {
  const lines = linesOf(slice)
  const entries: Entry[] = []
  const children: FieldNode[] = []
  for (let i = 0; i < lines.length;) {
    const line = lines[i]
    if (!line) break
    const key = /^([A-Za-z_][A-Za-z0-9_-]*):(?= |$)/.exec(
      latin({ ...slice, start: line.start, end: Math.min(line.end, line.start + 80) }),
    )?.[1]
    let last = i + 1
    while (last < lines.length && (isIndented(slice, lines[last]) || (key !== undefined && isEmpty(lines[last]))))
      last++
    const whole: Slice = { ...slice, start: line.start, end: lines[last - 1]?.next ?? slice.end }
    const entry =
      key === undefined
        ? undefined
        : entryOf(key, whole, { ...slice, start: line.start + key.length + 1, end: line.end }, lines.slice(i + 1, last))
    if (entry) {
      entries.push(entry)
      const doc = docOf(entry.key)
      children.push({
        path: entry.key,
        label: entry.key,
        kind: entry.spaces.length > 0 ? 'embedded' : 'leaf',
        ranges: [rangeOf(whole)],
        value: { kind: 'bytes', length: whole.end - whole.start },
        children: [],
        problems: [],
        ...(doc === undefined ? {} : { doc }),
      })
    } else children.push(gapNode(`line${i}`, key ?? 'line', whole, [], 'field.collateral.line'))
    i = last
  }
  const spaces: Space[] = []
  const inner: Inner[] = []
  const textOf = (name: string | undefined) => {
    const entry = name === undefined ? undefined : entries.find((each) => plainName(each.key) === name)
    return entry && latin(entry.value).trim()
  }
  for (const entry of entries) {
    const kind = MEMBERS.find((known) => known.name === plainName(entry.key))
    if (!kind) continue
    const signature = textOf(kind.signature)
    const issuerChain = textOf(kind.chain)
    const opened = carriedInner({
      part: kind.part,
      name: entry.key,
      slice: withoutNul(entry.value),
      ...(signature === undefined ? {} : { signature }),
      ...(issuerChain === undefined ? {} : { issuerChain }),
    })
    spaces.push(...entry.spaces, ...opened.spaces)
    inner.push(opened.inner)
  }
  const tree: FieldNode = {
    path: '',
    label: 'collateral',
    kind: 'struct',
    ranges: [rangeOf(slice)],
    value: { kind: 'none' },
    children,
    problems: [],
  }
  return {
    tree: () => tree,
    decoded: { members: entries.map((entry) => entry.key) },
    spaces: () => spaces,
    problems: [],
    inner,
  }
}

function isIndented(slice: Slice, line: Line | undefined): boolean {
  return line !== undefined && line.end > line.start && slice.bytes[line.start] === 0x20
}

function isEmpty(line: Line | undefined): boolean {
  return line !== undefined && line.end === line.start
}

function entryOf(key: string, whole: Slice, rest: Slice, block: readonly Line[]): Entry | undefined {
  const written = latin(rest).trim()
  const from = rest.start + (latin(rest).length - latin(rest).trimStart().length)
  if (/^[|>][+-]?$/.test(written)) return blockEntry(key, whole, block, written.startsWith('>') ? 0x20 : 0x0a)
  if (block.some((line) => line.end > line.start)) return undefined
  const token: Slice = { ...rest, start: from, end: from + written.length }
  if (written.startsWith('"')) {
    // A double-quoted YAML string on one line is written like a JSON string.
    const { value } = readJson(token)
    const text = value?.kind === 'string' ? jsonStringContent(token, value) : undefined
    return text && { key, whole, value: text.slice, spaces: text.spaces }
  }
  return { key, whole, value: token, spaces: [] }
}

// Lines lose their common indentation and are joined by a line break, or by a space where the block is folded.
function blockEntry(key: string, whole: Slice, block: readonly Line[], glue: number): Entry {
  const full = block.filter((line) => line.end > line.start)
  const indent = Math.min(
    ...full.map((line) => {
      let at = line.start
      while (at < line.end && whole.bytes[at] === 0x20) at++
      return at - line.start
    }),
    Number.MAX_SAFE_INTEGER,
  )
  const single = full[0]
  if (full.length === 1 && single)
    return { key, whole, value: { ...whole, start: single.start + indent, end: single.end }, spaces: [] }
  const lines = full.flatMap((line) => [Uint8Array.of(glue), { ...whole, start: line.start + indent, end: line.end }])
  const { space, slice } = joinSlices(whole.space, whole.start, lines.slice(1))
  return { key, whole, value: slice, spaces: [space] }
}
