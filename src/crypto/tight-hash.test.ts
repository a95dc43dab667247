import { describe, expect, it } from 'vitest'
import type { HashLabel } from '../core/derived.ts'
import { toHex } from '../bytes/layout.ts'
import { hashLater, hashNow } from './hash.ts'
import { tightHash } from './tight-hash.ts'

const LABELS: readonly HashLabel[] = ['sha1', 'sha256', 'sha384', 'sha512', 'sm3']
/** Through all ends of blocks, and something longer. */
const LENGTHS = [...Array.from({ length: 400 }, (_, i) => i), 1000, 4095, 70_001]

/** Bytes that no pattern of a block repeats, with others in front and behind. */
function bytesOf(length: number, seed: number): Uint8Array {
  let x = seed + 1
  return Uint8Array.from({ length }, () => (x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0) >>> 24)
}

describe('digests of many short pieces', () => {
  it.each(LABELS)('%s is that of the library and of the platform, for every length', async (label) => {
    const own = tightHash(label)
    for (const length of LENGTHS) {
      const bytes = bytesOf(length + 10, length)
      own.hash(bytes, 3, 3 + length)
      const out = new Uint8Array(own.size + 2).fill(0xee)
      own.write(out, 1)
      const data = bytes.subarray(3, 3 + length)
      const right = hashNow(label, data)
      expect([length, toHex(out)]).toEqual([length, `ee${toHex(right)}ee`])
      if (label !== 'sm3') expect(right).toEqual(await hashLater(label, data))
      expect(own.isAt(out, 1)).toBe(true)
      const changed = 1 + (length % own.size)
      out[changed] = (out[changed] ?? 0) ^ 1
      expect(own.isAt(out, 1)).toBe(false)
    }
  })

  it('equals nothing that breaks off', () => {
    const own = tightHash('sha256')
    own.hash(new Uint8Array(), 0, 0)
    const out = new Uint8Array(own.size)
    own.write(out, 0)
    expect(own.isAt(out.subarray(0, 31), 0)).toBe(false)
  })
})
