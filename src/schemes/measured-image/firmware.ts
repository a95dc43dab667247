import type { Slice } from '../../core/place.ts'
import { ascii } from '../../envelope/characters.ts'
import { guidTable, holds, le32, le64 } from './guid-table.ts'
import { firmwareDigest, type Section, type SnpFirmware } from './snp.ts'

/** What firmware says of itself: metadata for SEV-SNP, and the descriptor of TDVF ("Intel TDX Virtual Firmware Design Guide" 11). */

const SEV_METADATA = 'dc886566-984a-4798-a75e-5585a7bf67cc'
const RESET = '00f771de-1a7e-4fcb-890e-68c77e2fb44e'
const HASHES = '7255371f-3a3b-4b04-927b-1da6efa8d454'
const TDX_METADATA = 'e47a6535-984a-4798-865e-4685a7bf8ec2'
const MOST_SECTIONS = 64

const isAt = (bytes: Uint8Array, at: number, text: string): boolean => holds(bytes, at, ascii(text))

/** Undefined where the firmware is not made for SEV-SNP. */
export function snpFirmware(slice: Slice): SnpFirmware | undefined {
  const { bytes } = slice
  const table = guidTable(slice)
  const place = table.get(SEV_METADATA)
  const reset = table.get(RESET)
  if (!place || !reset) return undefined
  const at = slice.end - le32(bytes, place.start)
  const count = le32(bytes, at + 12)
  if (at < slice.start || !isAt(bytes, at, 'ASEV') || count > MOST_SECTIONS) return undefined
  const sections = Array.from({ length: count }, (_, i): Section => {
    const from = at + 16 + 12 * i
    return { address: le32(bytes, from), size: le32(bytes, from + 4), type: le32(bytes, from + 8) }
  })
  const hashes = table.get(HASHES)
  const takesHashes = sections.some(({ type }) => type === 16)
  return {
    own: firmwareDigest(bytes.subarray(slice.start, slice.end)),
    sections,
    hashesAt: hashes && takesHashes ? le32(bytes, hashes.start) : undefined,
    entry: le32(bytes, reset.start),
  }
}

/** A part of TDVF. Attributes: bit 0 its bytes are measured, bit 1 its pages are not added by the host. */
export interface TdvfSection {
  readonly offset: number
  readonly rawSize: number
  readonly address: number
  readonly size: number
  readonly type: number
  readonly attributes: number
}

/** Undefined where the firmware is not made for TDX, or its parts do not lie in the file. */
export function tdvfSections(slice: Slice): readonly TdvfSection[] | undefined {
  const { bytes } = slice
  const place = guidTable(slice).get(TDX_METADATA)
  if (!place) return undefined
  const at = slice.end - le32(bytes, place.start)
  const count = le32(bytes, at + 12)
  if (at < slice.start || !isAt(bytes, at, 'TDVF') || count > MOST_SECTIONS) return undefined
  const sections = Array.from({ length: count }, (_, i): TdvfSection => {
    const from = at + 16 + 32 * i
    return {
      offset: le32(bytes, from),
      rawSize: le32(bytes, from + 4),
      address: le64(bytes, from + 8),
      size: le64(bytes, from + 16),
      type: le32(bytes, from + 24),
      attributes: le32(bytes, from + 28),
    }
  })
  return sections.every(isSound) ? sections : undefined

  function isSound({ offset, rawSize, address, size }: TdvfSection): boolean {
    return offset + rawSize <= slice.end - slice.start && address < Infinity && size <= LARGEST && rawSize <= size
  }
}

const LARGEST = 64 * 1024 * 1024
