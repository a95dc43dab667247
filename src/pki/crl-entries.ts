import type { Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { contentOf, dottedOid, integerOf, readDer, readDerStrict, sequenceOf, timeOf } from '../bytes/der.ts'
import { hexOffset } from '../bytes/layout.ts'
import { readExtension } from './certificate.ts'
import { crlReasonName } from './extension-nodes.ts'
import { OID } from './shape.ts'
import type { CrlEntry, CrlLimit, PkiFault } from './types.ts'

/** Most entries of one list that are read. */
export const CRL_ENTRIES = 1_000_000

/** The entries of a list, found in one pass and kept as offsets. */
export interface EntryList {
  readonly count: number
  entryAt(index: number): CrlEntry | undefined
  find(serial: Uint8Array): CrlEntry | undefined
  readonly faults: readonly PkiFault[]
  /** Critical entry extensions that are not known: such a list must not be used for anybody (RFC 5280 section 5.3). */
  readonly limits: readonly CrlLimit[]
}

/** An empty list. */
export const NO_ENTRIES: EntryList = {
  count: 0,
  entryAt: () => undefined,
  find: () => undefined,
  faults: [],
  limits: [],
}

// Where the last header that was read points. Reused: a list may have a million entries.
interface Cursor {
  content: number
  end: number
}

// Tag, then the shortest form of a length that stays inside. False when it is anything else.
function header(bytes: Uint8Array, at: number, limit: number, tag: number, out: Cursor): boolean {
  if (at + 2 > limit || bytes[at] !== tag) return false
  const first = bytes[at + 1] ?? 0
  let length = first
  let content = at + 2
  if (first >= 0x80) {
    const width = first & 0x7f
    if (width < 1 || width > 3 || content + width > limit || bytes[content] === 0) return false
    length = 0
    for (let i = 0; i < width; i++) length = length * 256 + (bytes[content + i] ?? 0)
    if (length < 0x80) return false
    content += width
  }
  if (content + length > limit) return false
  out.content = content
  out.end = content + length
  return true
}

/** Walks over `revokedCertificates` (its content) once. */
export function readEntries(content: Slice): EntryList {
  const { bytes, space } = content
  const faults: PkiFault[] = []
  const limits: CrlLimit[] = []
  let offsets = new Uint32Array(256)
  let count = 0
  const entry: Cursor = { content: 0, end: 0 }
  const part: Cursor = { content: 0, end: 0 }
  const bad = (at: number) =>
    faults.push({
      because: say('crl.der', { section: 'RFC 5280 5.1.2.6', at: hexOffset(at) }, 'not-der'),
      range: { space, start: at, end: content.end },
    })
  for (let at = content.start; at < content.end; at = entry.end) {
    if (count >= CRL_ENTRIES) {
      faults.push({
        because: say('crl.too-many', { limit: CRL_ENTRIES }),
        range: { space, start: at, end: content.end },
      })
      break
    }
    if (
      !header(bytes, at, content.end, 0x30, entry) ||
      !header(bytes, entry.content, entry.end, 0x02, part) ||
      part.end === part.content
    ) {
      bad(at)
      break
    }
    const second = bytes[part.content + 1] ?? 0
    const first = bytes[part.content] ?? 0
    if (part.end - part.content > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
      bad(at)
      break
    }
    const dateAt = part.end
    if (
      !(header(bytes, dateAt, entry.end, 0x17, part) && part.end - part.content === 13) &&
      !(header(bytes, dateAt, entry.end, 0x18, part) && part.end - part.content === 15)
    ) {
      bad(at)
      break
    }
    if (part.end < entry.end) {
      const extensionsAt = part.end
      if (!header(bytes, extensionsAt, entry.end, 0x30, part) || part.end !== entry.end) {
        bad(at)
        break
      }
      const unknown = unknownCritical(bytes, part.content, part.end)
      if (unknown !== undefined && limits.length === 0)
        limits.push({
          kind: 'unclear',
          because: say('crl.critical-ext', { oid: unknown }),
          range: { space, start: at, end: entry.end },
        })
    }
    if (count === offsets.length) {
      const grown = new Uint32Array(offsets.length * 2)
      grown.set(offsets)
      offsets = grown
    }
    offsets[count++] = at
  }
  const entryAt = (index: number): CrlEntry | undefined =>
    index >= 0 && index < count ? entryOf({ ...content, start: offsets[index] ?? 0 }) : undefined
  let index: Uint32Array | 'scan' | undefined
  return {
    count,
    faults,
    limits,
    entryAt,
    find(serial) {
      index ??= indexOf(bytes, offsets, count)
      // Only dates are read on the way: a list may name one serial a million times.
      let earliest = -1
      let revokedAt = Number.POSITIVE_INFINITY
      const offer = (n: number, dateAt: number) => {
        const at = revocationDate(content, dateAt)
        if (earliest >= 0 && at >= revokedAt) return
        earliest = n
        revokedAt = at
      }
      if (index === 'scan') scan(bytes, offsets, count, serial, offer)
      else probe(index, bytes, offsets, serial, offer)
      return entryAt(earliest)
    },
  }
}

// The OID of the first critical entry extension; `?` when the extensions cannot be read. None is known that could be critical: certificateIssuer makes a list an indirect one.
function unknownCritical(bytes: Uint8Array, from: number, limit: number): string | undefined {
  const extension: Cursor = { content: 0, end: 0 }
  const part: Cursor = { content: 0, end: 0 }
  for (let at = from; at < limit; at = extension.end) {
    if (!header(bytes, at, limit, 0x30, extension) || !header(bytes, extension.content, extension.end, 0x06, part))
      return '?'
    const oid = { start: part.content, end: part.end }
    const flag = part.end
    if (bytes[flag] === 0x04) continue
    if (!header(bytes, flag, extension.end, 0x01, part)) return '?'
    if (bytes[part.content] !== 0) return dottedOid(bytes.subarray(oid.start, oid.end)) ?? '?'
  }
  return undefined
}

// A date that does not exist is one that has passed: what is listed is revoked.
const NO_DATE = Number.NEGATIVE_INFINITY

function revocationDate({ bytes, space }: Slice, at: number): number {
  const end = at + 2 + (bytes[at + 1] ?? 0)
  return (
    timeOf({
      tagClass: 'universal',
      tag: bytes[at] ?? 0,
      constructed: false,
      range: { space, start: at, end },
      content: { bytes, space, start: at + 2, end },
    }) ?? NO_DATE
  )
}

function entryOf(from: Slice): CrlEntry | undefined {
  const element = readDer(from).element
  const [serial, date, extensions] = sequenceOf(element) ?? []
  if (!element || !serial || !date) return undefined
  const reasons = (sequenceOf(extensions) ?? []).flatMap((one) => {
    const extension = readExtension(one)
    const value = extension?.oid === OID.reasonCode ? integerOf(readDerStrict(extension.value)) : undefined
    return value === undefined ? [] : [crlReasonName(String(value))]
  })
  return {
    serial: contentOf(serial),
    revokedAt: timeOf(date) ?? NO_DATE,
    reason: reasons[0],
    range: element.range,
  }
}

// Open addressing over the serials' bytes. Entry n is kept as n + 1; 0 is free. A list made so that serials collide is scanned instead.
const LONGEST_PROBE = 256

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193)
  hash ^= hash >>> 15
  return Math.imul(hash, 0x2c1b3c6d) >>> 0
}

function serialAt(bytes: Uint8Array, at: number, out: Cursor): void {
  header(bytes, at, bytes.length, 0x30, out)
  header(bytes, out.content, bytes.length, 0x02, out)
}

function indexOf(bytes: Uint8Array, offsets: Uint32Array, count: number): Uint32Array | 'scan' {
  let size = 16
  while (size < count * 2) size *= 2
  const table = new Uint32Array(size)
  const serial: Cursor = { content: 0, end: 0 }
  for (let n = 0; n < count; n++) {
    serialAt(bytes, offsets[n] ?? 0, serial)
    let slot = hashOf(bytes, serial.content, serial.end) & (size - 1)
    for (let probes = 0; table[slot] !== 0; probes++) {
      if (probes > LONGEST_PROBE) return 'scan'
      slot = (slot + 1) & (size - 1)
    }
    table[slot] = n + 1
  }
  return table
}

function isSerial(bytes: Uint8Array, at: number, wanted: Uint8Array, serial: Cursor): boolean {
  serialAt(bytes, at, serial)
  if (serial.end - serial.content !== wanted.length) return false
  for (let i = 0; i < wanted.length; i++) if (bytes[serial.content + i] !== wanted[i]) return false
  return true
}

/** Takes an entry that was found: its place in the list, and where its date begins. */
type Offer = (n: number, dateAt: number) => void

function probe(table: Uint32Array, bytes: Uint8Array, offsets: Uint32Array, wanted: Uint8Array, offer: Offer): void {
  const serial: Cursor = { content: 0, end: 0 }
  for (
    let slot = hashOf(wanted, 0, wanted.length) & (table.length - 1);
    table[slot] !== 0;
    slot = (slot + 1) & (table.length - 1)
  ) {
    const n = (table[slot] ?? 1) - 1
    if (isSerial(bytes, offsets[n] ?? 0, wanted, serial)) offer(n, serial.end)
  }
}

function scan(bytes: Uint8Array, offsets: Uint32Array, count: number, wanted: Uint8Array, offer: Offer): void {
  const serial: Cursor = { content: 0, end: 0 }
  for (let n = 0; n < count; n++) if (isSerial(bytes, offsets[n] ?? 0, wanted, serial)) offer(n, serial.end)
}
