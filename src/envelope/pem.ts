import type { FieldNode, Problem } from '../core/field.ts'
import { rangeOf, type ByteRange, type Slice, type Space } from '../core/place.ts'
import type { FindingCode } from '../core/verdict.ts'
import { say } from '../core/saying.ts'
import { gapNode, hexOffset } from '../bytes/layout.ts'
import { readBase64, toBase64 } from './base64.ts'
import { findText, isTextAt, isWhite, latin1 } from './characters.ts'
import { readBackslashes, readPercent } from './escapes.ts'

/** One block of a PEM text. Ranges are in the space of the text that held it (after unescaping, when the text was escaped). */
export interface PemBlock {
  readonly label: string
  /** From `-----BEGIN` to the dashes behind END. */
  readonly range: ByteRange
  /** The base64 between the marks. */
  readonly body: ByteRange
  readonly space: Space
  /** The decoded bytes. */
  readonly slice: Slice
}

export interface PemReading {
  readonly blocks: readonly PemBlock[]
  /** Tiles the slice; each block is `embedded`, in file order, with its decoded bytes as its only child. */
  readonly node: FieldNode
  /** The same problems as on the node, as a list. */
  readonly problems: readonly Problem[]
  /** Every space that was derived: the unescaped text, when there is one, then one per block. */
  readonly spaces: readonly Space[]
}

const BEGIN = '-----BEGIN '
const END = '-----END '
/** Most blocks and stretches between them; what lies beyond is one gap. */
const PARTS = 4096
const DASHES = '-----'

/**
 * Reads all blocks of a PEM text (RFC 7468), and shows what is not in a block. As tolerant as real files need: any line width, CRLF, text between blocks,
 * NUL behind the end, `\n` written out, percent escapes. Each such oddity is a problem. Never throws; time grows with the length only.
 */
export function readPem(slice: Slice, path: string, label = 'PEM'): PemReading {
  const escaped = unescapePem(slice)
  if (!escaped) return readPlain(slice, path, label)
  const inner = readPlain(escaped.slice, path, label)
  const problem: Problem = { because: say(escaped.text, { at: hexOffset(slice.start) }), range: rangeOf(slice) }
  return {
    blocks: inner.blocks,
    spaces: [escaped.space, ...inner.spaces],
    problems: [problem, ...inner.problems],
    node: {
      path: path === '' ? 'escaped' : `${path}.escaped`,
      label,
      kind: 'embedded',
      ranges: [rangeOf(slice)],
      value: { kind: 'none' },
      children: [inner.node],
      problems: [problem],
    },
  }
}

/** A PEM text whose line breaks are written as `%0A` or `\n`, unescaped once. */
function unescapePem(
  slice: Slice,
): { readonly space: Space; readonly slice: Slice; readonly text: string } | undefined {
  const { bytes, end } = slice
  const mark = findText(bytes, slice.start, end, `${DASHES}BEGIN`)
  if (mark < 0) return undefined
  const after = mark + DASHES.length + 'BEGIN'.length
  const isForm = isTextAt(bytes, after, end, '+')
  if (isForm || isTextAt(bytes, after, end, '%20')) {
    const plain = readPercent(slice, isForm ? 'space' : 'plus')
    return plain && { ...plain, text: 'pem.percent-escaped' }
  }
  const head = latin1(bytes, after, Math.min(end, after + 80))
  const close = head.indexOf(DASHES)
  if (close < 0) return undefined
  const next = after + close + DASHES.length
  if (
    isTextAt(bytes, next, end, '%0A') ||
    isTextAt(bytes, next, end, '%0a') ||
    isTextAt(bytes, next, end, '%0D') ||
    isTextAt(bytes, next, end, '%0d')
  ) {
    const plain = readPercent(slice)
    return plain && { ...plain, text: 'pem.percent-escaped' }
  }
  if (isTextAt(bytes, next, end, '\\n') || isTextAt(bytes, next, end, '\\r')) {
    const plain = readBackslashes(slice)
    return plain && { ...plain, text: 'pem.backslash-escaped' }
  }
  return undefined
}

interface Mark {
  readonly kind: 'begin' | 'end'
  readonly start: number
  readonly stop: number
  readonly label: string
}

/** `-----BEGIN X-----` or `-----END X-----` at or behind `from`. */
function nextMark(slice: Slice, from: number): Mark | undefined {
  const { bytes, end } = slice
  for (let found = findText(bytes, from, end, DASHES); found >= 0; found = findText(bytes, found + 1, end, DASHES)) {
    // Of a long run of dashes, the last five may begin a mark.
    let at = found
    while (at + DASHES.length < end && bytes[at + DASHES.length] === 0x2d) at++
    found = at
    const kind = isTextAt(bytes, at, end, BEGIN) ? 'begin' : isTextAt(bytes, at, end, END) ? 'end' : undefined
    if (!kind) continue
    const from = at + (kind === 'begin' ? BEGIN.length : END.length)
    let stop = from
    // RFC 7468: printable characters, no longer than a line.
    while (
      stop < end &&
      stop - from <= 64 &&
      (bytes[stop] ?? 0) >= 0x20 &&
      (bytes[stop] ?? 0) < 0x7f &&
      bytes[stop] !== 0x2d
    )
      stop++
    while (stop < end && stop - from <= 64 && bytes[stop] === 0x2d && !isTextAt(bytes, stop, end, DASHES)) {
      stop++
      while (
        stop < end &&
        stop - from <= 64 &&
        (bytes[stop] ?? 0) >= 0x20 &&
        (bytes[stop] ?? 0) < 0x7f &&
        bytes[stop] !== 0x2d
      )
        stop++
    }
    if (isTextAt(bytes, stop, end, DASHES))
      return { kind, start: at, stop: stop + DASHES.length, label: latin1(bytes, from, stop) }
  }
  return undefined
}

function readPlain(slice: Slice, path: string, label: string): PemReading {
  const blocks: PemBlock[] = []
  const children: FieldNode[] = []
  const all: Problem[] = []
  const own = (name: string) => (path === '' ? name : `${path}.${name}`)
  let done = slice.start
  const between = (stop: number, problem?: string) => {
    if (stop <= done) return
    const part: Slice = { ...slice, start: done, end: stop }
    const problems =
      problem === undefined
        ? outsideProblems(part, blocks.length > 0)
        : [{ because: say(problem, { at: hexOffset(done) }, 'text-damage'), range: rangeOf(part) }]
    all.push(...problems)
    const name = `between${children.length}`
    children.push(
      problem === undefined
        ? {
            path: own(name),
            label: isBlank(part) ? 'line break' : 'text',
            kind: 'leaf',
            ranges: [rangeOf(part)],
            value: isBlank(part)
              ? { kind: 'none' }
              : { kind: 'text', text: latin1(part.bytes, part.start, Math.min(part.end, part.start + 4096)) },
            doc: 'field.pem.between',
            children: [],
            problems,
          }
        : gapNode(own(name), 'unfinished block', part, problems, 'field.pem.between'),
    )
    done = stop
  }
  let begin: Mark | undefined
  let isOver = false
  for (let mark = nextMark(slice, done); mark; mark = nextMark(slice, mark.stop)) {
    if (children.length >= PARTS) {
      begin = undefined
      isOver = true
      break
    }
    if (mark.kind === 'begin') {
      if (begin) between(mark.start, 'pem.no-end')
      else between(mark.start)
      begin = mark
      continue
    }
    if (!begin) continue
    const { block, problems } = readBlock(slice, begin, mark)
    if (!block) between(mark.stop, 'pem.body-not-base64')
    else {
      all.push(...problems)
      const at = own(`block${blocks.length}`)
      children.push({
        path: at,
        label: block.label,
        kind: 'embedded',
        ranges: [block.range],
        value: { kind: 'none' },
        problems,
        doc: 'field.pem.block',
        children: [
          {
            path: `${at}.bytes`,
            label: 'bytes',
            kind: 'leaf',
            ranges: [rangeOf(block.slice)],
            value: { kind: 'bytes', length: block.slice.end },
            children: [],
            problems: [],
          },
        ],
      })
      blocks.push(block)
      done = mark.stop
    }
    begin = undefined
  }
  between(slice.end, isOver ? 'pem.too-many-blocks' : begin ? 'pem.no-end' : undefined)
  const node: FieldNode = {
    path,
    label,
    kind: 'struct',
    ranges: [rangeOf(slice)],
    value: { kind: 'none' },
    children,
    problems: [],
  }
  return { blocks, node, problems: all, spaces: blocks.map((block) => block.space) }
}

function readBlock(
  slice: Slice,
  begin: Mark,
  end: Mark,
): { readonly block?: PemBlock; readonly problems: readonly Problem[] } {
  const { bytes, space } = slice
  let start = begin.stop
  const problems: Problem[] = []
  const complain = (
    text: string,
    from: number,
    to: number,
    params: Readonly<Record<string, string | number>> = {},
    code?: FindingCode,
  ) =>
    problems.push({
      because: say(text, { at: hexOffset(from), ...params }, code),
      range: { space, start: from, end: to },
    })
  // RFC 1421 headers end with an empty line.
  const headersEnd = bytes.subarray(start, end.start).includes(0x3a) ? emptyLine(bytes, start, end.start) : -1
  if (headersEnd > 0) {
    complain('pem.headers', start, headersEnd, {}, 'text-damage')
    start = headersEnd
  }
  const body: Slice = { ...slice, start, end: end.start }
  const read = readBase64(body)
  if (!read) return { problems: [] }
  if (begin.label !== end.label)
    complain('pem.label-mismatch', end.start, end.stop, { begin: begin.label, end: end.label }, 'text-damage')
  const width = lineWidth(bytes, start, end.start)
  if (width !== 64 && read.slice.end > 48) complain('pem.line-width', start, end.start, { width })
  return {
    block: {
      label: begin.label,
      range: { space, start: begin.start, end: end.stop },
      body: rangeOf(body),
      space: read.space,
      slice: read.slice,
    },
    problems: [...problems, ...read.problems],
  }
}

/** Behind the first empty line, or −1. */
function emptyLine(bytes: Uint8Array, from: number, end: number): number {
  let isFresh = false
  for (let at = from; at < end; at++) {
    if (bytes[at] === 0x0a) {
      if (isFresh) return at + 1
      isFresh = true
    } else if (bytes[at] !== 0x0d) isFresh = false
  }
  return -1
}

/** Longest line. */
function lineWidth(bytes: Uint8Array, from: number, end: number): number {
  let widest = 0
  let width = 0
  for (let at = from; at < end; at++) {
    if (bytes[at] === 0x0a || bytes[at] === 0x0d) width = 0
    else if (++width > widest) widest = width
  }
  return widest
}

function isBlank(slice: Slice): boolean {
  for (let at = slice.start; at < slice.end; at++) if (!isWhite(slice.bytes[at])) return false
  return true
}

/** What may be said about bytes outside all blocks. */
function outsideProblems(part: Slice, isBehindBlock: boolean): Problem[] {
  if (isBlank(part)) return []
  let onlyNul = true
  for (let at = part.start; at < part.end; at++)
    if (part.bytes[at] !== 0 && !isWhite(part.bytes[at])) {
      onlyNul = false
      break
    }
  const text = onlyNul && isBehindBlock ? 'pem.nul' : 'pem.text-outside'
  return [{ because: say(text, { at: hexOffset(part.start), count: part.end - part.start }), range: rangeOf(part) }]
}

/** A PEM block with lines of 64 characters and a line break behind the end. */
export function encodePem(label: string, der: Uint8Array): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? []
  return [`${BEGIN}${label}${DASHES}`, ...lines, `${END}${label}${DASHES}`, ''].join('\n')
}
