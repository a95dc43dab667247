import type { Slice } from '../../core/place.ts'
import { array, reserved, struct, u16be, u32be, u64be, ascii } from '../../bytes/layout.ts'
import { joinBytes } from '../../bytes/join.ts'
import { hashLater } from '../../crypto/hash.ts'

/** Enclave image files of AWS Nitro: aws/aws-nitro-enclaves-image-format@935dc62, defs.rs. Most significant byte first. */

export const eifHead = struct('eifHead')
  .field('magic', ascii(4))
  .field('version', u16be())
  .field('flags', u16be())
  .field('defaultMemory', u64be())
  .field('defaultCpus', u64be())
  .field('reserved', reserved(2))
  .field('sections', u16be())
  .field('offsets', array(32, u64be()))
  .field('sizes', array(32, u64be()))
  .field('unused', reserved(4))
  .field('crc32', u32be())

export const eifSection = struct('eifSection')
  .field('type', u16be({ 1: 'kernel', 2: 'cmdline', 3: 'ramdisk', 4: 'signature', 5: 'metadata' }))
  .field('flags', u16be())
  .field('size', u64be())

const sectionHead = 12
const KERNEL = 1
const CMDLINE = 2
const RAMDISK = 3
export const SIGNATURE = 4

export interface EifSection {
  readonly type: number
  readonly head: Slice
  readonly content: Slice
}

export interface Eif {
  readonly sections: readonly EifSection[]
  /** As the file says it, and as it is. */
  readonly statedCrc: number
  readonly crc: number
  /** False where a section does not lie in the file, or says another size than the header. */
  readonly isWhole: boolean
}

/** Undefined for what has no whole header. */
export function readEif(slice: Slice): Eif | undefined {
  const head = eifHead.read(slice, '').value
  if (!head) return undefined
  const count = Math.min(32, head.sections.value)
  const crcAt = head.crc32.ranges[0]?.start ?? slice.end
  const sections: EifSection[] = []
  for (let i = 0; i < count; i++) {
    const start = slice.start + Number(head.offsets.items[i]?.value ?? 0n)
    const size = Number(head.sizes.items[i]?.value ?? 0n)
    const end = start + sectionHead + size
    if (!(end <= slice.end)) break
    const own: Slice = { ...slice, start, end }
    const read = eifSection.read(own, '').value
    if (!read || Number(read.size.value) !== size) break
    sections.push({
      type: read.type.value,
      head: { ...own, end: start + sectionHead },
      content: { ...own, start: start + sectionHead },
    })
  }
  return {
    sections,
    statedCrc: head.crc32.value,
    // Over everything but the checksum itself.
    crc: crc32([slice.bytes.subarray(slice.start, crcAt), slice.bytes.subarray(crcAt + 4, slice.end)]),
    isWhole: sections.length === head.sections.value,
  }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, i) => {
  let value = i
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

/** CRC-32 over parts that follow one another. */
export function crc32(parts: readonly Uint8Array[]): number {
  let crc = 0xffffffff
  for (const part of parts) for (const byte of part) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

const bytesIn = ({ bytes: all, start, end }: Slice) => all.subarray(start, end)

/** PCR = SHA-384(zeros, SHA-384(content)). */
export async function eifPcr(content: Uint8Array): Promise<Uint8Array> {
  return hashLater('sha384', joinBytes([new Uint8Array(48), await hashLater('sha384', content)]))
}

/** PCR0: everything; PCR1: kernel, command line and the first ramdisk; PCR2: the other ramdisks. */
export async function eifPcrs({ sections }: Eif): Promise<readonly (readonly [name: string, value: Uint8Array])[]> {
  const boot = sections.filter(({ type }) => type === KERNEL || type === CMDLINE).map(({ content }) => bytesIn(content))
  const disks = sections.filter(({ type }) => type === RAMDISK).map(({ content }) => bytesIn(content))
  return [
    ['PCR0', await eifPcr(joinBytes([...boot, ...disks]))],
    ['PCR1', await eifPcr(joinBytes([...boot, ...disks.slice(0, 1)]))],
    ['PCR2', await eifPcr(joinBytes(disks.slice(1)))],
  ]
}
