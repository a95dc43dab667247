import type { FieldNode, Problem } from '../core/field.ts'
import { rangeOf, type Slice, type Space } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { gapNode, hexOffset } from '../bytes/layout.ts'
import { findText, isTextAt, isWhite, latin1 } from './characters.ts'
import { editor } from './edited.ts'
import { readPercent } from './escapes.ts'
import { readPem } from './pem.ts'
import type { Unwrapped } from './types.ts'

export interface HttpHeader {
  /** As sent. */
  readonly name: string
  readonly nameSlice: Slice
  /** Without the white space around it. */
  readonly value: Slice
}

/** What `curl -i` prints, or a request as a proxy records it: of several answers (redirects, proxies, 100 Continue) the last counts. */
export interface HttpReading {
  readonly status: number
  readonly headers: readonly HttpHeader[]
  readonly body: Slice
  /** What a body in pieces (`Transfer-Encoding: chunked`) says once they are put together, when it was recorded in pieces. */
  readonly whole: Unwrapped | undefined
  /** Another recorded answer behind the body. */
  readonly next: Slice | undefined
  /** Tiles the slice. */
  readonly node: FieldNode
  readonly problems: readonly Problem[]
}

const LINE_LIMIT = 256 * 1024
const HEADER_LIMIT = 512

/** Reads a recorded HTTP answer; undefined when the slice does not begin with a status line or a request line. The body is what follows the last empty line, untouched. */
export function readHttp(slice: Slice, path = ''): HttpReading | undefined {
  const { bytes, end } = slice
  const own = (name: string) => (path === '' ? name : `${path}.${name}`)
  const children: FieldNode[] = []
  const problems: Problem[] = []
  const leaf = (name: string, label: string, part: Slice, doc: string) => {
    if (part.end > part.start)
      children.push({
        path: own(name),
        label,
        kind: 'leaf',
        ranges: [rangeOf(part)],
        value: { kind: 'text', text: latin1(bytes, part.start, Math.min(part.end, part.start + 4096)).trim() },
        doc,
        children: [],
        problems: [],
      })
  }
  let at = slice.start
  let status = 0
  let headers: HttpHeader[] = []
  for (
    let answer = 0;
    answer < 16 && (isTextAt(bytes, at, end, 'HTTP/') || (answer === 0 && isMethod(slice, at)));
    answer++
  ) {
    const first = lineAt(slice, at)
    const text = latin1(bytes, at, Math.min(first.textEnd, at + 4096))
    const match = /^HTTP\/\d(?:\.\d)? (\d{3})(?: .*)?$/.exec(text)
    if (!match && !/^[A-Z]+ \S+ HTTP\/\d(?:\.\d)?$/.test(text)) break
    status = match ? Number(match[1]) : -1
    headers = []
    leaf(`status${answer}`, 'status', { ...slice, start: at, end: first.end }, 'field.http.status')
    at = first.end
    for (;;) {
      const line = lineAt(slice, at)
      if (line.textEnd === at) {
        leaf(`blank${answer}`, 'empty line', { ...slice, start: at, end: line.end }, 'field.http.blank')
        at = line.end
        break
      }
      const colon = bytes.subarray(at, line.textEnd).indexOf(0x3a)
      const isName = colon > 0 && /^[!#$%&'*+.^_`|~\w-]+$/.test(latin1(bytes, at, at + Math.min(colon, 256)))
      if (!isName || headers.length >= HEADER_LIMIT || line.textEnd - at > LINE_LIMIT) {
        problems.push({
          because: say('http.no-empty-line', { at: hexOffset(at) }),
          range: { space: slice.space, start: at, end: line.end },
        })
        break
      }
      let from = at + colon + 1
      let to = line.textEnd
      while (from < to && isWhite(bytes[from])) from++
      while (to > from && isWhite(bytes[to - 1])) to--
      const name = latin1(bytes, at, at + colon)
      headers.push({
        name,
        nameSlice: { ...slice, start: at, end: at + colon },
        value: { ...slice, start: from, end: to },
      })
      leaf(
        `header${answer}_${headers.length - 1}`,
        name.slice(0, 100),
        { ...slice, start: at, end: line.end },
        'field.http.header',
      )
      at = line.end
    }
  }
  if (status === 0) return undefined
  const nextAt = nextAnswer(slice, at)
  const next: Slice | undefined = nextAt < 0 ? undefined : { ...slice, start: nextAt }
  const body: Slice = { ...slice, start: at, end: next?.start ?? end }
  const isChunked = headers.some(
    (header) =>
      header.name.toLowerCase() === 'transfer-encoding' &&
      latin1(bytes, header.value.start, header.value.end).toLowerCase() === 'chunked',
  )
  const whole = isChunked ? readChunks(body) : undefined
  if (body.end > body.start) children.push(gapNode(own('body'), 'body', body, problems, 'field.http.body'))
  if (next) children.push(gapNode(own('next'), 'next', next, [], 'field.http.next'))
  return {
    status: Math.max(status, 0),
    headers,
    body,
    whole,
    next,
    problems,
    node: {
      path,
      label: 'HTTP',
      kind: 'struct',
      ranges: [rangeOf(slice)],
      value: { kind: 'none' },
      children,
      problems: body.end > body.start ? [] : problems,
    },
  }
}

const METHODS = ['GET ', 'POST ', 'PUT ', 'PATCH '] as const

function isMethod({ bytes, end }: Slice, at: number): boolean {
  return METHODS.some((method) => isTextAt(bytes, at, end, method))
}

/** Where a line in the body begins another recorded answer, or −1. A body that begins with one was read as headers already. */
function nextAnswer({ bytes, end }: Slice, from: number): number {
  for (let at = findText(bytes, from, end, '\nHTTP/'); at >= 0; at = findText(bytes, at + 1, end, '\nHTTP/')) {
    if (/^\nHTTP\/\d(?:\.\d)? \d{3}[ \r\n]/.test(latin1(bytes, at, Math.min(end, at + 24)))) return at + 1
  }
  return -1
}

/** A chunked body (RFC 9112) put together; undefined when its sizes do not add up. */
function readChunks(body: Slice): Unwrapped | undefined {
  const { bytes, end } = body
  const out = editor(body)
  for (let at = body.start; at < end;) {
    const line = lineAt(body, at)
    const size = /^([0-9a-fA-F]{1,7})(?:;.*)?$/.exec(latin1(bytes, at, Math.min(line.textEnd, at + 256)))?.[1]
    if (size === undefined) return undefined
    const length = Number.parseInt(size, 16)
    if (length === 0) return out.size() > 0 ? out.done('slice') : undefined
    if (line.end + length > end) return undefined
    out.keep(line.end, line.end + length)
    at = line.end + length
    if (bytes[at] === 0x0d) at++
    if (bytes[at] !== 0x0a) return undefined
    at++
  }
  return undefined
}

/** The header with this name, whatever its case; the first of several. */
export function headerOf(reading: HttpReading, name: string): HttpHeader | undefined {
  const wanted = name.toLowerCase()
  return reading.headers.find((header) => header.name.toLowerCase() === wanted)
}

/** Header values that hold a certificate chain (PEM, usually percent-escaped), with the chain as plain PEM text. */
export function issuerChains(
  reading: HttpReading,
): { readonly header: HttpHeader; readonly pem: string; readonly spaces: readonly Space[] }[] {
  return reading.headers.flatMap((header) => {
    const { blocks, spaces } = readPem(header.value, '')
    if (blocks.length === 0) return []
    const plain =
      blocks[0] && blocks[0].range.space !== header.value.space
        ? readPercent(
            header.value,
            latin1(header.value.bytes, header.value.start, header.value.end).includes('BEGIN+') ? 'space' : 'plus',
          )
        : undefined
    const text = plain?.slice ?? header.value
    return [{ header, pem: latin1(text.bytes, text.start, text.end), spaces }]
  })
}

/** One line: end of its text, and where the next begins. */
function lineAt(slice: Slice, at: number): { readonly textEnd: number; readonly end: number } {
  const newline = slice.bytes.subarray(0, Math.min(slice.end, at + LINE_LIMIT + 2)).indexOf(0x0a, at)
  if (newline < 0) return { textEnd: slice.end, end: slice.end }
  return { textEnd: newline > at && slice.bytes[newline - 1] === 0x0d ? newline - 1 : newline, end: newline + 1 }
}
