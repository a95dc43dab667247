import type { Blocks } from './tight-hash.ts'

/** SHA-1, block by block: FIPS 180-4, 6.1. */

/** Made once, as SHA-512's. */
export const SHA1: Blocks = (() => {
  const state = new Int32Array(5)
  const words = new Int32Array(80)
  function compress(): void {
    for (let i = 16; i < 80; i++) {
      const x = (words[i - 3] ?? 0) ^ (words[i - 8] ?? 0) ^ (words[i - 14] ?? 0) ^ (words[i - 16] ?? 0)
      words[i] = (x << 1) | (x >>> 31)
    }
    let a = state[0] ?? 0
    let b = state[1] ?? 0
    let c = state[2] ?? 0
    let d = state[3] ?? 0
    let e = state[4] ?? 0
    for (let i = 0; i < 80; i++) {
      let mixed: number
      if (i < 20) mixed = ((b & c) ^ (~b & d)) + 0x5a827999
      else if (i < 40) mixed = (b ^ c ^ d) + 0x6ed9eba1
      else if (i < 60) mixed = ((b & c) ^ (b & d) ^ (c & d)) + 0x8f1bbcdc
      else mixed = (b ^ c ^ d) + 0xca62c1d6
      const next = (((a << 5) | (a >>> 27)) + mixed + e + (words[i] ?? 0)) | 0
      e = d
      d = c
      c = (b << 30) | (b >>> 2)
      b = a
      a = next
    }
    state[0] = (state[0] ?? 0) + a
    state[1] = (state[1] ?? 0) + b
    state[2] = (state[2] ?? 0) + c
    state[3] = (state[3] ?? 0) + d
    state[4] = (state[4] ?? 0) + e
  }
  return {
    size: 20,
    width: 16,
    start: Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0),
    state,
    words,
    compress,
  }
})()
