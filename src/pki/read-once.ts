import { Attached } from '../bytes/attached.ts'
import { bytesOf, type ByteRange, type Slice } from '../core/place.ts'
import { sameBytes } from '../bytes/layout.ts'
import type { Certificate, Extension, Name } from './types.ts'

/**
 * The same authorities come with quote, TCB info, identity and list, and again with the next quote. What a certificate says depends on its bytes alone, where it stands on its place:
 * so it is read once, and moved to each place. Faultless ones only; all bytes are compared; the copy that is kept is nobody else's.
 */
interface Shared {
  readonly bytes: Uint8Array
  readonly certificate: Certificate
}

let kept = new Map<number, Shared>()
const KEPT = 64
const SHORTEST = 128
const LARGEST = 1 << 13

/** Whose bytes a moved certificate has: what is worked out of them is kept there. */
const origins = new Attached<Certificate, Certificate>()

/** The one reading that all certificates of these bytes share; the certificate itself where it is shared by none. */
export function sharedReading(certificate: Certificate): Certificate {
  return origins.get(certificate) ?? certificate
}

/** Forgets what was read: a benchmark that counts all work starts with this. */
export function forgetCertificates(): void {
  // A new table: one that was cleared leads on to the next, and an old one would keep all that came after it from being collected.
  kept = new Map()
}

/** A reader of certificates that reads the same bytes once, wherever they stand. */
export function oncePerContent(
  read: (slice: Slice) => Certificate | undefined,
): (slice: Slice) => Certificate | undefined {
  return (slice) => {
    const length = slice.end - slice.start
    if (length < SHORTEST || length > LARGEST) return read(slice)
    const bytes = bytesOf(slice)
    const drawer = drawerOf(bytes)
    const known = kept.get(drawer)
    if (known && sameBytes(known.bytes, bytes)) return moved(known.certificate, slice)
    const fresh = read(slice)
    if (!fresh || fresh.faults.length > 0) return fresh
    if (kept.size >= KEPT)
      for (const oldest of kept.keys()) {
        kept.delete(oldest)
        break
      }
    const own = bytes.slice()
    const certificate = ownCopy(fresh, own)
    kept.set(drawer, { bytes: own, certificate })
    origins.set(fresh, certificate)
    return fresh
  }
}

/** Six bytes near the end of the signature: they only choose the drawer. */
function drawerOf(bytes: Uint8Array): number {
  let drawer = 0
  for (let at = bytes.length - 8; at < bytes.length - 2; at++) drawer = drawer * 256 + (bytes[at] ?? 0)
  return drawer
}

function moved(from: Certificate, to: Slice): Certificate {
  const certificate = placed(from, to)
  origins.set(certificate, from)
  return certificate
}

function placed(from: Certificate, to: Slice): Certificate {
  const by = to.start - from.slice.start
  const { space, bytes } = to
  const slice = (one: Slice): Slice => ({ space, bytes, start: one.start + by, end: one.end + by })
  const range = (one: ByteRange): ByteRange => ({ space, start: one.start + by, end: one.end + by })
  const name = (one: Name): Name => ({
    der: bytes.subarray(one.range.start + by, one.range.end + by),
    range: range(one.range),
    text: one.text,
    commonName: one.commonName,
  })
  return {
    slice: slice(from.slice),
    tbs: slice(from.tbs),
    version: from.version,
    serial: from.serial,
    issuer: name(from.issuer),
    subject: name(from.subject),
    notBefore: from.notBefore,
    notAfter: from.notAfter,
    spki: slice(from.spki),
    keyKind: from.keyKind,
    algorithm: from.algorithm,
    algorithmName: from.algorithmName,
    signature: slice(from.signature),
    extensions: from.extensions.map((one): Extension => ({
      oid: one.oid,
      critical: one.critical,
      value: slice(one.value),
      range: range(one.range),
    })),
    basicConstraints: from.basicConstraints,
    keyUsage: from.keyUsage,
    extendedKeyUsage: from.extendedKeyUsage,
    subjectKeyId: from.subjectKeyId,
    authorityKeyId: from.authorityKeyId,
    faults: from.faults,
  }
}

/** Holds on to no byte of the file. */
function ownCopy(from: Certificate, bytes: Uint8Array): Certificate {
  const { serial, subjectKeyId, authorityKeyId } = from
  return {
    ...placed(from, { space: '', bytes, start: 0, end: bytes.length }),
    serial: serial.slice(),
    subjectKeyId: subjectKeyId?.slice(),
    authorityKeyId: authorityKeyId?.slice(),
  }
}
