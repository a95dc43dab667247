import type { Problem } from '../core/field.ts'
import { rangeOf, type Slice, type Space } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { cborOf } from '../bytes/head.ts'
import { hexOffset } from '../bytes/layout.ts'
import { readBase64 } from '../envelope/base64.ts'
import { hexDigit, isTextAt, isWhite } from '../envelope/characters.ts'
import {
  readEntities,
  readMistakenLatin1,
  readQuotedPrintable,
  withoutColours,
  withPlainCharacters,
} from '../envelope/clean.ts'
import { readDataUri } from '../envelope/data-uri.ts'
import { readDecimalArray } from '../envelope/decimal.ts'
import { readBackslashes, readPercent } from '../envelope/escapes.ts'
import { readHex } from '../envelope/hex.ts'
import { issuerChains, readHttp } from '../envelope/http.ts'
import { openGzip, openZlib, type Inflated } from '../envelope/inflate.ts'
import { readNumberList } from '../envelope/number-list.ts'
import { readPem } from '../envelope/pem.ts'
import { readTar } from '../envelope/tar.ts'
import { DECODED_LIMIT, type Unwrapped } from '../envelope/types.ts'
import { readUtf16 } from '../envelope/utf16.ts'
import { readZip } from '../envelope/zip.ts'
import { openCbor } from './cbor-members.ts'
import { openJson } from './json-members.ts'
import { isPacked, isText } from './looks-like.ts'
import { openMagics } from './magic-scan.ts'
import { openText } from './text-scan.ts'
import { SILENT, type Branch, type Layering, type Opened, type Work } from './types.ts'

/** Shorter runs of hex or base64 hold nothing that is known here. */
const SHORTEST = 32

/**
 * All layers in the order in which they are tried. Hex stands before base64: all hex is base64 too.
 * Beside each, what needs it: a real file of that kind, a report in public, or a tool that writes so. Raw deflate had none, has no mark, and took one document in thirty behind a length for itself, so it is not read.
 */
export const LAYERS: readonly Layering[] = [
  gzip, // bundles of gateways: gzip in base64 in JSON
  zlib, // what Python's zlib.compress gives; two bytes of mark and a checksum
  zip, // what CI gives out as artifacts
  tar, // a folder of evidence, packed
  utf16, // what PowerShell's > writes
  colours, // logs copied from a terminal
  latin1, // binary that went through a program as text
  http, // curl -v, as pasted into public issues of DCAP (153, 190) and Trustee (1570)
  trimmed,
  dataUri, // what FileReader.readAsDataURL gives
  pem,
  decimal, // near/mpc: a quote as a JSON array of numbers
  openJson,
  plainCharacters, // texts out of chats and word processors: other quotes, dashes, spaces
  lines,
  hex,
  base64,
  numbers, // confidential-containers/guest-components issue 1043: a list of decimals
  percent, // headers of Intel's service: issuer chains
  quotedPrintable, // mails as they are stored
  entities, // pages that show a quote
  backslashes, // JSON inside JSON, as logs write it
  text(openText),
  openCbor,
  magics,
]

function one(
  via: string,
  slice: Slice,
  inner: Slice,
  spaces: readonly Space[],
  problems: readonly Problem[] = [],
): Opened {
  const branch: Branch = {
    via,
    because: say(`unwrap.layer.${via.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`, { at: hexOffset(slice.start) }),
    slice: inner,
    spaces,
    problems,
    name: via,
  }
  return { branches: [branch], isContainer: false, problems: [] }
}

function derived(via: string, slice: Slice, work: Work, read: Unwrapped | undefined): Opened | undefined {
  if (!read || read.space.bytes.length > work.room) return undefined
  work.room -= read.space.bytes.length
  return one(via, slice, read.slice, [read.space], read.problems)
}

function text(layer: Layering): Layering {
  return (slice, work) => (isText(slice) ? layer(slice, work) : undefined)
}

function inflated(via: string, slice: Slice, work: Work, opened: Inflated | undefined): Opened | undefined {
  if (!opened) return undefined
  const read = opened.read && derived(via, slice, work, opened.read)
  return read
    ? { ...read, isCertain: true }
    : {
        branches: [],
        isContainer: false,
        isCertain: true,
        problems: opened.problem ? [opened.problem] : [tooLarge(slice)],
      }
}

function tooLarge(slice: Slice): Problem {
  return {
    because: say('unwrap.too-large', { at: hexOffset(slice.start), limit: DECODED_LIMIT }),
    range: rangeOf(slice),
  }
}

function gzip(slice: Slice, work: Work): Opened | undefined {
  return inflated('gzip', slice, work, openGzip(slice))
}

function zlib(slice: Slice, work: Work): Opened | undefined {
  const opened = openZlib(slice)
  // Two bytes are a weak mark: what does not inflate was something else.
  return opened?.read ? derived('zlib', slice, work, opened.read) : undefined
}

function zip(slice: Slice, work: Work): Opened | undefined {
  const read = readZip(slice, '', work.room)
  // An archive whose end is missing keeps its files to itself: what is found in the packed bytes would be chance.
  if (!read)
    return isTextAt(slice.bytes, slice.start, slice.end, 'PK\u0003\u0004')
      ? {
          branches: [],
          isContainer: false,
          isCertain: true,
          problems: [{ because: say('zip.no-directory', { at: hexOffset(slice.end) }), range: rangeOf(slice) }],
        }
      : undefined
  for (const space of read.spaces) work.room -= space.bytes.length
  const branches = read.entries.map((entry): Branch => ({
    via: `zip entry ${entry.name}`,
    because: say('unwrap.layer.zip-entry', { name: entry.name }),
    slice: entry.slice,
    spaces: [entry.space],
    problems: [],
    name: entry.name,
  }))
  return { branches, isContainer: true, isCertain: true, problems: read.problems, tree: () => read.node }
}

function tar(slice: Slice): Opened | undefined {
  const read = readTar(slice)
  if (!read) return undefined
  const branches = read.entries.map((entry): Branch => ({
    via: `tar entry ${entry.name}`,
    because: say('unwrap.layer.tar-entry', { name: entry.name }),
    slice: entry.slice,
    spaces: [],
    problems: [],
    name: entry.name,
  }))
  return { branches, isContainer: true, isCertain: true, problems: read.problems, tree: () => read.node }
}

function magics(slice: Slice, work: Work): Opened | undefined {
  return isPacked(slice) || isWholeCbor(slice) ? undefined : openMagics(slice, work)
}

/** A format of its own, which says what is in it. */
function isWholeCbor(slice: Slice): boolean {
  const major = (slice.bytes[slice.start] ?? 0) >> 5
  if (major < 4 || major > 6 || slice.end - slice.start < 3) return false
  const reading = cborOf(slice)
  return reading.isWhole && reading.end === slice.end && reading.problems.length === 0
}

function utf16(slice: Slice, work: Work): Opened | undefined {
  return derived('UTF-16', slice, work, readUtf16(slice))
}

/** Escape sequences of a terminal stand in the way of everything else that is said about text. */
function colours(slice: Slice, work: Work): Opened | undefined {
  if (!isSmall(slice) || isText(slice, 'all')) return undefined
  const read = withoutColours(slice)
  return read && isText(read.slice) ? guessed(derived('terminal colours', slice, work, read)) : undefined
}

function latin1(slice: Slice, work: Work): Opened | undefined {
  return !isSmall(slice)
    ? undefined
    : guessed(derived('Latin-1 saved as UTF-8', slice, work, readMistakenLatin1(slice)))
}

/** Larger texts are not looked at for what seldom is there. */
const GUESS_LIMIT = 2 * 1024 * 1024

function isSmall(slice: Slice): boolean {
  return slice.end - slice.start <= GUESS_LIMIT
}

function guessed(opened: Opened | undefined): Opened | undefined {
  return opened && { ...opened, isGuess: true }
}

function plainCharacters(slice: Slice, work: Work): Opened | undefined {
  return isSmall(slice) && isText(slice)
    ? guessed(derived('typographic characters', slice, work, withPlainCharacters(slice)))
    : undefined
}

function numbers(slice: Slice, work: Work): Opened | undefined {
  return isSmall(slice) && isText(slice) ? derived('number list', slice, work, readNumberList(slice)) : undefined
}

function quotedPrintable(slice: Slice, work: Work): Opened | undefined {
  return isSmall(slice) && isText(slice)
    ? guessed(derived('quoted-printable', slice, work, readQuotedPrintable(slice)))
    : undefined
}

/** JSON that was pasted out of a string of JSON: its very first quote is escaped. */
function backslashes(slice: Slice, work: Work): Opened | undefined {
  const quote = slice.bytes.subarray(0, slice.end).indexOf(0x22, slice.start)
  return isSmall(slice) && quote > slice.start && slice.bytes[quote - 1] === 0x5c && isText(slice)
    ? guessed(derived('backslash escapes', slice, work, readBackslashes(slice)))
    : undefined
}

function entities(slice: Slice, work: Work): Opened | undefined {
  return isSmall(slice) && isText(slice)
    ? guessed(derived('HTML entities', slice, work, readEntities(slice)))
    : undefined
}

const BOM = [0xef, 0xbb, 0xbf] as const
const QUOTES: readonly number[] = [0x27, 0x60]

/** White space and NUL around text, a byte order mark, quotes of Python and shells; `"` is JSON's business. */
function trimmed(slice: Slice): Opened | undefined {
  if (!isText(slice, 'all')) return undefined
  const { bytes } = slice
  let { start, end } = slice
  if (BOM.every((byte, i) => bytes[start + i] === byte)) start += BOM.length
  while (start < end && isWhite(bytes[start])) start++
  while (end > start && (isWhite(bytes[end - 1]) || bytes[end - 1] === 0)) end--
  const zeros = bytes.subarray(end, slice.end).filter((byte) => byte === 0).length
  const problems: Problem[] =
    zeros === 0
      ? []
      : [
          {
            because: say('unwrap.nul-behind', { count: zeros, at: hexOffset(end) }),
            range: { space: slice.space, start: end, end: slice.end },
          },
        ]
  const mark = start + (isTextAt(bytes, start, end, "b'") || isTextAt(bytes, start, end, 'b"') ? 1 : 0)
  const isQuoted =
    end - mark >= 2 &&
    (QUOTES.includes(bytes[mark] ?? 0) || mark > start) &&
    bytes[end - 1] === bytes[mark] &&
    !bytes.subarray(mark, end).includes(0x5c)
  if (isQuoted) {
    start = mark + 1
    end--
  }
  // Nothing but white space: there is nothing to look at.
  if (start === end && !isQuoted) return { branches: [], isContainer: false, isCertain: true, problems }
  if (start === end || (start === slice.start && end === slice.end)) return undefined
  return { ...one(isQuoted ? 'quotes' : SILENT, slice, { ...slice, start, end }, [], problems), isCertain: true }
}

function http(slice: Slice): Opened | undefined {
  const read = readHttp(slice)
  if (!read) return undefined
  const chains = issuerChains(read)
  const chain = chains[0]
  const because =
    read.status === 0
      ? say('unwrap.layer.http-request', { at: hexOffset(read.body.start) })
      : say('unwrap.layer.http-body', { status: read.status, at: hexOffset(read.body.start) })
  const branches: Branch[] = [
    {
      via: 'HTTP body',
      because,
      slice: read.whole?.slice ?? read.body,
      spaces: read.whole ? [read.whole.space] : [],
      problems: [],
      name: 'body',
      ...(chain ? { hints: { issuerChain: chain.pem } } : {}),
    },
  ]
  for (const { header } of chains)
    branches.push({
      via: `HTTP header ${header.name}`,
      because: say('unwrap.layer.http-header', { name: header.name }),
      slice: header.value,
      spaces: [],
      problems: [],
      name: header.name,
    })
  if (read.next)
    branches.push({
      via: 'next HTTP answer',
      because: say('unwrap.layer.http-next', { at: hexOffset(read.next.start) }),
      slice: read.next,
      spaces: [],
      problems: [],
      name: 'next',
    })
  return { branches, isContainer: true, isCertain: true, problems: read.problems, tree: () => read.node }
}

function dataUri(slice: Slice, work: Work): Opened | undefined {
  const read = readDataUri(slice)
  if (!read) return undefined
  for (const space of read.spaces) work.room -= space.bytes.length
  return one('data URI', slice, read.slice, read.spaces)
}

/** Blocks whose text as a whole was not recognised: escaped once more, or with labels that are not certificates. */
function pem(slice: Slice, work: Work): Opened | undefined {
  if (!isTextAt(slice.bytes, slice.start, slice.end, '-----BEGIN')) return undefined
  const read = readPem(slice, '')
  const [first] = read.spaces
  const block = read.blocks[0]
  if (!block || !first) return undefined
  for (const space of read.spaces) work.room -= space.bytes.length
  if (block.range.space !== slice.space)
    return one(
      'escaped PEM',
      slice,
      { space: first.id, bytes: first.bytes, start: 0, end: first.bytes.length },
      [first],
      read.problems.slice(0, 1),
    )
  const branches = read.blocks.map((own, index): Branch => ({
    via: `PEM block ${own.label}`,
    because: say('unwrap.layer.pem-block', { name: own.label, at: hexOffset(own.range.start) }),
    slice: own.slice,
    spaces: [own.space],
    problems: [],
    name: read.blocks.length === 1 ? own.label : `${own.label} ${index + 1}`,
  }))
  return { branches, isContainer: true, problems: read.problems, tree: () => read.node }
}

function decimal(slice: Slice, work: Work): Opened | undefined {
  return derived('decimal array', slice, work, readDecimalArray(slice))
}

/** Several values, one a line. Counts only when at least two lines are recognised, else they are one value that was wrapped. */
function lines(slice: Slice): Opened | undefined {
  const { bytes, end } = slice
  const found: Slice[] = []
  for (let at = slice.start; at < end;) {
    const newline = bytes.subarray(0, end).indexOf(0x0a, at)
    const stop = newline < 0 ? end : newline
    let last = stop
    while (last > at && isWhite(bytes[last - 1])) last--
    if (last > at) {
      if (last - at < 128 || found.length >= 256) return undefined
      found.push({ ...slice, start: at, end: last })
    }
    at = stop + 1
  }
  if (found.length < 2 || !isText(slice)) return undefined
  const branches = found.map((own, index): Branch => ({
    via: `line ${index + 1}`,
    because: say('unwrap.layer.line', { number: index + 1 }),
    slice: own,
    spaces: [],
    problems: [],
    name: `line ${index + 1}`,
  }))
  return { branches, isContainer: true, atLeast: 2, problems: [] }
}

function hex(slice: Slice, work: Work): Opened | undefined {
  if (slice.end - slice.start < SHORTEST || !isText(slice)) return undefined
  return derived('hex', slice, work, readHex(slice))
}

function base64(slice: Slice, work: Work): Opened | undefined {
  if (slice.end - slice.start < SHORTEST || ((slice.end - slice.start) * 3) / 4 > work.room + 64 || !isText(slice))
    return undefined
  return derived('base64', slice, work, readBase64(slice))
}

function percent(slice: Slice, work: Work): Opened | undefined {
  if (!isText(slice)) return undefined
  const first = slice.bytes.subarray(0, slice.end).indexOf(0x25, slice.start)
  if (first < 0 || hexDigit(slice.bytes[first + 1]) < 0) return undefined
  // No address holds a backslash (RFC 3986 2): the text is a literal, and its `%20` three characters of it.
  if (slice.bytes.subarray(slice.start, slice.end).includes(0x5c)) return undefined
  return derived('percent escapes', slice, work, readPercent(slice))
}
