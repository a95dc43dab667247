import { deflateSync, gzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { linkDictionary } from '../../engine/link-dictionary.ts'
import { readLink, writeLink } from '../../engine/link.ts'

/** W9: a link is opened by a stream that stops; one layer only. */

const dictionary = linkDictionary(1)
const MIB = 1024 * 1024

/** A fragment around any packed bytes, with length and checksum right: only what is inside is wrong. */
function fragment(packed: Uint8Array): string {
  const payload = Buffer.from(packed).toString('base64url')
  let crc = 0xffffffff
  for (let i = 0; i < payload.length; i++) {
    crc ^= payload.charCodeAt(i)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return `1.${payload.length.toString(36)}.${((crc ^ 0xffffffff) >>> 0).toString(36)}.${payload}`
}

const packed = (deflated: Uint8Array) => Uint8Array.from([0, ...deflated])
const deflated = (bytes: Uint8Array) => deflateSync(bytes, { dictionary })
const good = Uint8Array.from([0, 2, 0x7b, 0x7d])

/** Deflate that yields 200 MiB and is small enough to be looked at: zeros at the highest ratio, packed in twos. */
const zeros = new Uint8Array(200 * MIB)
const ATTACKS: Readonly<Record<string, Uint8Array>> = {
  'a bomb of 200 MiB, cut to the size that is read': packed(
    deflateSync(zeros, { dictionary, level: 9 }).subarray(0, 60 * 1024),
  ),
  'a bomb of 60 MiB': packed(deflated(new Uint8Array(60 * MIB))),
  'a bomb of 200 MiB deflated twice': packed(deflated(gzipSync(zeros, { level: 9 }))),
  'deflated twice': packed(deflated(deflated(good))),
  'truncated inside': packed(deflated(new TextEncoder().encode(JSON.stringify({ f: [] }).repeat(50))).subarray(0, -6)),
  'something behind the end': packed(Uint8Array.from([...deflated(good), 1, 2, 3, 4, 5, 6, 7, 8])),
  'a second stream behind the end': packed(
    Uint8Array.from([...deflated(good), ...deflated(zeros.subarray(0, 50 * MIB))]),
  ),
}

describe('W9: a hostile link', () => {
  it('has a twin that opens', () => {
    expect(readLink(fragment(packed(deflated(good))), linkDictionary).state).toEqual({ files: [], left: [] })
    expect(writeLink({ files: [], left: [] }, dictionary)).toBeDefined()
  })
  for (const [name, attack] of Object.entries(ATTACKS)) {
    it(`is refused quickly and in little memory: ${name}`, () => {
      const text = fragment(attack)
      const before = process.memoryUsage().arrayBuffers
      const start = performance.now()
      const { state, fault } = readLink(text, linkDictionary)
      const ms = performance.now() - start
      const mib = (process.memoryUsage().arrayBuffers - before) / MIB
      console.log(`W9 ${name}: ${fault ?? 'opened'} after ${ms.toFixed(0)} ms, ${mib.toFixed(1)} MiB of buffers`)
      expect(state).toBeUndefined()
      expect(['too-large', 'damaged']).toContain(fault)
      expect(mib).toBeLessThan(16)
      // The bar is 100 ms; a busy machine fails only on gross excess.
      expect(ms).toBeLessThan(2000)
    })
  }
})
