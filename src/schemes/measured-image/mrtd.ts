import type { Slice } from '../../core/place.ts'
import { hashLater } from '../../crypto/hash.ts'
import type { TdvfSection } from './firmware.ts'

/** MRTD: "Intel TDX Module Base Specification", TDH.MEM.PAGE.ADD and TDH.MR.EXTEND; order as dstack-mr and QEMU have it. */

const PAGE = 4096
const CHUNK = 256
const RECORD = 128
const ASCII = new TextEncoder()
const ADD = ASCII.encode('MEM.PAGE.ADD')
const EXTEND = ASCII.encode('MR.EXTEND')

/** Most bytes that are hashed: parts that claim more are a lie. */
const LARGEST = 96 * 1024 * 1024

/** Everything that is hashed, put together: one digest is faster than a million small steps. */
class Steps {
  readonly bytes: Uint8Array
  at = 0

  constructor(size: number) {
    this.bytes = new Uint8Array(size)
  }

  step(name: Uint8Array, address: number): void {
    this.bytes.set(name, this.at)
    new DataView(this.bytes.buffer).setBigUint64(this.at + 16, BigInt(address), true)
    this.at += RECORD
  }

  content(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.at)
    this.at += CHUNK
  }
}

const isAdded = ({ attributes }: TdvfSection) => (attributes & 2) === 0
const isMeasured = ({ attributes }: TdvfSection) => (attributes & 1) === 1

/** One pass: every page is added and measured at once (QEMU from 9.0). Two: all pages of a part are added first (QEMU 8). */
export async function mrtd(
  slice: Slice,
  sections: readonly TdvfSection[],
  passes: 1 | 2,
): Promise<Uint8Array | undefined> {
  const size = sections.reduce((sum, section) => {
    const pages = Math.ceil(section.size / PAGE)
    const chunks = isMeasured(section) ? pages * (PAGE / CHUNK) : 0
    return sum + (isAdded(section) ? pages * RECORD : 0) + chunks * (RECORD + CHUNK)
  }, 0)
  if (size > LARGEST) return undefined
  const record = new Steps(size)
  for (const section of sections) {
    const raw = slice.bytes.subarray(slice.start + section.offset, slice.start + section.offset + section.rawSize)
    const chunk = (at: number) => {
      const own = new Uint8Array(CHUNK)
      own.set(raw.subarray(at, at + CHUNK))
      return own
    }
    const add = (at: number) => {
      if (isAdded(section)) record.step(ADD, section.address + at)
    }
    const measure = (page: number) => {
      if (!isMeasured(section)) return
      for (let at = page; at < page + PAGE; at += CHUNK) {
        record.step(EXTEND, section.address + at)
        record.content(chunk(at))
      }
    }
    for (let page = 0; page < section.size; page += PAGE) {
      add(page)
      if (passes === 1) measure(page)
    }
    if (passes === 2) for (let page = 0; page < section.size; page += PAGE) measure(page)
  }
  return hashLater('sha384', record.bytes)
}
