import { ROUNDS, START_384, START_512 } from './sha2-constants.ts'
import type { Blocks } from './tight-hash.ts'

/** SHA-512 and SHA-384, block by block: FIPS 180-4, 6.4. Numbers of 64 bits are two of 32, upper before lower; sums of lower halves are whole numbers below 2^53, so that what goes over is told by a division. */

const OVER = 0x1_0000_0000

/** Made once, in a function: what a closure that exists once holds, V8 knows by its place, and checks no lengths. A fifth of the time. */
const both = (() => {
  const state = new Int32Array(16)
  const words = new Int32Array(160)
  const rounds = ROUNDS
  function compress(): void {
    for (let i = 32; i < 160; i += 2) {
      const ah = words[i - 30] ?? 0
      const al = words[i - 29] ?? 0
      const bh = words[i - 4] ?? 0
      const bl = words[i - 3] ?? 0
      const h0 = ((ah >>> 1) | (al << 31)) ^ ((ah >>> 8) | (al << 24)) ^ (ah >>> 7)
      const l0 = ((al >>> 1) | (ah << 31)) ^ ((al >>> 8) | (ah << 24)) ^ ((al >>> 7) | (ah << 25))
      const h1 = ((bh >>> 19) | (bl << 13)) ^ ((bl >>> 29) | (bh << 3)) ^ (bh >>> 6)
      const l1 = ((bl >>> 19) | (bh << 13)) ^ ((bh >>> 29) | (bl << 3)) ^ ((bl >>> 6) | (bh << 26))
      const low = (l0 >>> 0) + (l1 >>> 0) + ((words[i - 13] ?? 0) >>> 0) + ((words[i - 31] ?? 0) >>> 0)
      words[i] = h0 + h1 + (words[i - 14] ?? 0) + (words[i - 32] ?? 0) + ((low / OVER) | 0)
      words[i + 1] = low
    }
    let ah = state[0] ?? 0
    let al = state[1] ?? 0
    let bh = state[2] ?? 0
    let bl = state[3] ?? 0
    let ch = state[4] ?? 0
    let cl = state[5] ?? 0
    let dh = state[6] ?? 0
    let dl = state[7] ?? 0
    let eh = state[8] ?? 0
    let el = state[9] ?? 0
    let fh = state[10] ?? 0
    let fl = state[11] ?? 0
    let gh = state[12] ?? 0
    let gl = state[13] ?? 0
    let hh = state[14] ?? 0
    let hl = state[15] ?? 0
    for (let i = 0; i < 160; i += 2) {
      const h1 = ((eh >>> 14) | (el << 18)) ^ ((eh >>> 18) | (el << 14)) ^ ((el >>> 9) | (eh << 23))
      const l1 = ((el >>> 14) | (eh << 18)) ^ ((el >>> 18) | (eh << 14)) ^ ((eh >>> 9) | (el << 23))
      const choice = (el & fl) ^ (~el & gl)
      const low = (hl >>> 0) + (l1 >>> 0) + (choice >>> 0) + ((rounds[i + 1] ?? 0) >>> 0) + ((words[i + 1] ?? 0) >>> 0)
      const tl = low | 0
      const th = (hh + h1 + ((eh & fh) ^ (~eh & gh)) + (rounds[i] ?? 0) + (words[i] ?? 0) + ((low / OVER) | 0)) | 0
      const h0 = ((ah >>> 28) | (al << 4)) ^ ((al >>> 2) | (ah << 30)) ^ ((al >>> 7) | (ah << 25))
      const l0 = ((al >>> 28) | (ah << 4)) ^ ((ah >>> 2) | (al << 30)) ^ ((ah >>> 7) | (al << 25))
      const majority = (al & bl) ^ (al & cl) ^ (bl & cl)
      const upper = (ah & bh) ^ (ah & ch) ^ (bh & ch)
      hh = gh
      hl = gl
      gh = fh
      gl = fl
      fh = eh
      fl = el
      const e = (dl >>> 0) + (tl >>> 0)
      eh = (dh + th + ((e / OVER) | 0)) | 0
      el = e | 0
      dh = ch
      dl = cl
      ch = bh
      cl = bl
      bh = ah
      bl = al
      const a = (tl >>> 0) + (l0 >>> 0) + (majority >>> 0)
      ah = (th + h0 + upper + ((a / OVER) | 0)) | 0
      al = a | 0
    }
    add(0, ah, al)
    add(2, bh, bl)
    add(4, ch, cl)
    add(6, dh, dl)
    add(8, eh, el)
    add(10, fh, fl)
    add(12, gh, gl)
    add(14, hh, hl)
  }

  function add(at: number, upper: number, lower: number): void {
    const low = ((state[at + 1] ?? 0) >>> 0) + (lower >>> 0)
    state[at] = (state[at] ?? 0) + upper + ((low / OVER) | 0)
    state[at + 1] = low
  }
  return { width: 32, state, words, compress } as const
})()

export const SHA512: Blocks = { ...both, size: 64, start: START_512 }
export const SHA384: Blocks = { ...both, size: 48, start: START_384 }
