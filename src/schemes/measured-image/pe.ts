import type { HashLabel } from '../../core/derived.ts'
import type { Slice } from '../../core/place.ts'
import { joinBytes } from '../../bytes/join.ts'
import { hashLater } from '../../crypto/hash.ts'
import { le32 } from './guid-table.ts'
import { coffAt } from './pe-head.ts'

/** Programs that firmware starts: "Microsoft PE and COFF Specification", and "Windows Authenticode Portable Executable Signature Format" for what is hashed. */

const HEADER = 40

export interface PeSection {
  readonly name: string
  readonly virtualSize: number
  readonly raw: Slice
}

export interface PeFile {
  readonly slice: Slice
  readonly sections: readonly PeSection[]
  readonly isUki: boolean
  /** Parts that Authenticode hashes, in order. */
  readonly hashed: readonly Slice[]
  /** The headers, up to where the first section may begin. */
  readonly headers: Slice
}

const LATIN1 = new TextDecoder('latin1')
const le16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256

/** Undefined for what is no program, or whose parts do not lie in the file. */
export function readPe(slice: Slice): PeFile | undefined {
  const { bytes, start, end } = slice
  const coff = coffAt(slice)
  if (!coff) return undefined
  const { optional, count, sections: sectionsAt, isUki } = coff
  const magic = le16(bytes, optional)
  if (magic !== 0x10b && magic !== 0x20b) return undefined
  const checksumAt = optional + 64
  // The fifth directory is the table of certificates.
  const directoriesAt = optional + (magic === 0x20b ? 112 : 96)
  const hasCertificates = le32(bytes, directoriesAt - 4) >= 5
  const certificatesAt = directoriesAt + 8 * 4
  const certificates = hasCertificates
    ? { start: start + le32(bytes, certificatesAt), size: le32(bytes, certificatesAt + 4) }
    : { start: end, size: 0 }
  const headersEnd = start + le32(bytes, optional + 60)
  if (headersEnd > end || headersEnd < sectionsAt) return undefined
  const sections: PeSection[] = []
  for (let i = 0; i < count; i++) {
    const at = sectionsAt + HEADER * i
    const [size, from] = [le32(bytes, at + 16), start + le32(bytes, at + 20)]
    if (size > 0 && from + size > end) return undefined
    sections.push({
      name: LATIN1.decode(bytes.subarray(at, at + 8)).replace(/\0.*$/s, ''),
      virtualSize: le32(bytes, at + 8),
      raw: { ...slice, start: from, end: from + size },
    })
  }
  const part = (from: number, to: number): Slice => ({ ...slice, start: from, end: Math.max(from, to) })
  const ordered = sections.filter(({ raw }) => raw.end > raw.start).toSorted((a, b) => a.raw.start - b.raw.start)
  // Sections that lie in each other could have anything hashed many times over.
  if (ordered.some(({ raw }, i) => raw.start < (ordered[i - 1]?.raw.end ?? start))) return undefined
  const summed = ordered.reduce((sum, { raw }) => sum + raw.end - raw.start, headersEnd)
  const tail = certificates.size > 0 && certificates.start + certificates.size <= end ? end - certificates.size : end
  return {
    slice,
    sections,
    isUki,
    headers: part(start, headersEnd),
    hashed: [
      part(start, checksumAt),
      ...(hasCertificates
        ? [part(checksumAt + 4, certificatesAt), part(certificatesAt + 8, headersEnd)]
        : [part(checksumAt + 4, headersEnd)]),
      ...ordered.map(({ raw }) => raw),
      ...(tail > summed ? [part(summed, tail)] : []),
    ],
  }
}

/** The digest with which firmware measures a program. */
export function authenticode({ hashed }: PeFile, hash: HashLabel): Promise<Uint8Array> {
  return hashLater(hash, joinBytes(hashed.map(({ bytes, start, end }) => bytes.subarray(start, end))))
}

/** Sections of a unified kernel image in the order in which its stub measures them; the signature over the result is left out. */
const UKI_ORDER: readonly string[] = [
  '.linux',
  '.osrel',
  '.cmdline',
  '.initrd',
  '.ucode',
  '.splash',
  '.dtb',
  '.dtbauto',
  '.hwids',
  '.uname',
  '.sbat',
  '.pcrpkey',
]

/** PCR11 as systemd's stub leaves it: the name of each section with its NUL, then its content. */
export async function ukiPcr11({ sections }: PeFile, hash: HashLabel, size: number): Promise<Uint8Array | undefined> {
  let value: Uint8Array = new Uint8Array(size)
  const extend = async (content: Uint8Array) => {
    value = await hashLater(hash, joinBytes([value, await hashLater(hash, content)]))
  }
  for (const name of UKI_ORDER) {
    const section = sections.find((one) => one.name === name)
    if (!section) continue
    await extend(new TextEncoder().encode(`${name}\0`))
    const { bytes, start, end } = section.raw
    const raw = bytes.subarray(start, Math.min(end, start + section.virtualSize))
    if (section.virtualSize - raw.length > MOST_FILL) return undefined
    const filled = new Uint8Array(section.virtualSize > raw.length ? section.virtualSize : 0)
    if (filled.length > 0) filled.set(raw)
    await extend(filled.length > 0 ? filled : raw)
  }
  return value
}

/** Most zeros that a section may ask for behind its bytes. */
const MOST_FILL = 16 * 1024 * 1024

/** Where systemd goes on, phase by phase. */
export const PHASES: readonly string[] = ['enter-initrd', 'leave-initrd', 'sysinit', 'ready']
