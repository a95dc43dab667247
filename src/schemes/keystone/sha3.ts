import { joinBytes } from '../../bytes/join.ts'

/** SHA3-512 (FIPS 202), which WebCrypto does not have: what Keystone signs with and measures with. */

const RATE = 72
const ROUNDS = 24

/** Where each lane goes and how far it turns (FIPS 202, 3.2.2 and 3.2.3). */
const LANES: readonly { readonly to: number; readonly turn: number }[] = lanes()
function lanes() {
  const found: { to: number; turn: number }[] = []
  let [x, y] = [1, 0]
  for (let t = 0; t < 24; t++) {
    const next = (2 * x + 3 * y) % 5
    x = y
    y = next
    found.push({ to: x + 5 * y, turn: (((t + 1) * (t + 2)) / 2) % 64 })
  }
  return found
}

/** Low and high half of each round's constant (3.2.5): one bit of a shift register at each position 2ʲ − 1. */
const CONSTANTS = constants()
function constants(): Uint32Array {
  const found = new Uint32Array(2 * ROUNDS)
  let register = 1
  for (let round = 0; round < ROUNDS; round++)
    for (let j = 0; j < 7; j++) {
      const bit = 2 ** j - 1
      const half = 2 * round + (bit >= 32 ? 1 : 0)
      if (register & 1) found[half] = (found[half] ?? 0) | (1 << (bit % 32))
      register = (register << 1) ^ ((register >> 7) * 0x171)
    }
  return found
}

/** 25 lanes of 64 bits, low half first. */
function permute(state: Uint32Array): void {
  const sums = new Uint32Array(10)
  const row = new Uint32Array(10)
  const get = (from: Uint32Array, at: number) => from[at] ?? 0
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < 10; i++)
      sums[i] = get(state, i) ^ get(state, i + 10) ^ get(state, i + 20) ^ get(state, i + 30) ^ get(state, i + 40)
    for (let x = 0; x < 5; x++) {
      const [before, after] = [2 * ((x + 4) % 5), 2 * ((x + 1) % 5)]
      const low = get(sums, before) ^ ((get(sums, after) << 1) | (get(sums, after + 1) >>> 31))
      const high = get(sums, before + 1) ^ ((get(sums, after + 1) << 1) | (get(sums, after) >>> 31))
      for (let i = 2 * x; i < 50; i += 10) {
        state[i] = get(state, i) ^ low
        state[i + 1] = get(state, i + 1) ^ high
      }
    }
    let [low, high] = [get(state, 2), get(state, 3)]
    for (const { to, turn } of LANES) {
      const [keptLow, keptHigh] = [get(state, 2 * to), get(state, 2 * to + 1)]
      const [a, b] = turn < 32 ? [low, high] : [high, low]
      const by = turn % 32
      state[2 * to] = by === 0 ? a : (a << by) | (b >>> (32 - by))
      state[2 * to + 1] = by === 0 ? b : (b << by) | (a >>> (32 - by))
      low = keptLow
      high = keptHigh
    }
    for (let y = 0; y < 50; y += 10) {
      row.set(state.subarray(y, y + 10))
      for (let i = 0; i < 10; i++) state[y + i] = get(row, i) ^ (~get(row, (i + 2) % 10) & get(row, (i + 4) % 10))
    }
    state[0] = get(state, 0) ^ get(CONSTANTS, 2 * round)
    state[1] = get(state, 1) ^ get(CONSTANTS, 2 * round + 1)
  }
}

/** The digest of some parts, one after the other. */
export function sha3of512(...parts: readonly Uint8Array[]): Uint8Array {
  const data = joinBytes(parts)
  const padded = new Uint8Array((Math.floor(data.length / RATE) + 1) * RATE)
  padded.set(data)
  padded[data.length] = 0x06
  padded[padded.length - 1] = (padded[padded.length - 1] ?? 0) | 0x80
  const view = new DataView(padded.buffer)
  const state = new Uint32Array(50)
  for (let block = 0; block < padded.length; block += RATE) {
    for (let i = 0; i < RATE / 4; i++) state[i] = (state[i] ?? 0) ^ view.getUint32(block + 4 * i, true)
    permute(state)
  }
  const out = new DataView(new ArrayBuffer(64))
  for (let i = 0; i < 16; i++) out.setUint32(4 * i, state[i] ?? 0, true)
  return new Uint8Array(out.buffer)
}
