/** SM3 (GB/T 32905-2016), which WebCrypto does not know. */

const IV = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e] as const

const rotl = (x: number, n: number) => (x << n) | (x >>> (32 - n))
const p0 = (x: number) => x ^ rotl(x, 9) ^ rotl(x, 17)
const p1 = (x: number) => x ^ rotl(x, 15) ^ rotl(x, 23)

/** The 32-byte SM3 digest. */
export function sm3(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array((Math.floor((data.length + 8) / 64) + 1) * 64)
  padded.set(data)
  padded[data.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setBigUint64(padded.length - 8, BigInt(data.length) * 8n)
  const state = new Uint32Array(IV)
  const w = new Uint32Array(68)
  for (let at = 0; at < padded.length; at += 64) compress(state, w, view, at)
  const out = new Uint8Array(32)
  const outView = new DataView(out.buffer)
  state.forEach((word, i) => outView.setUint32(4 * i, word))
  return out
}

// Section 5.3.2 expansion, then 5.3.3 compression.
function compress(state: Uint32Array, w: Uint32Array, view: DataView, at: number): void {
  const word = (i: number) => w[i] ?? 0
  for (let j = 0; j < 16; j++) w[j] = view.getUint32(at + 4 * j)
  for (let j = 16; j < 68; j++)
    w[j] = p1(word(j - 16) ^ word(j - 9) ^ rotl(word(j - 3), 15)) ^ rotl(word(j - 13), 7) ^ word(j - 6)
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let j = 0; j < 64; j++) {
    const early = j < 16
    const ss1 = rotl((rotl(a, 12) + e + rotl(early ? 0x79cc4519 : 0x7a879d8a, j % 32)) | 0, 7)
    const ff = early ? a ^ b ^ c : (a & b) | (a & c) | (b & c)
    const gg = early ? e ^ f ^ g : (e & f) | (~e & g)
    const tt1 = (ff + d + (ss1 ^ rotl(a, 12)) + (word(j) ^ word(j + 4))) | 0
    const tt2 = (gg + h + ss1 + word(j)) | 0
    d = c
    c = rotl(b, 9)
    b = a
    a = tt1
    h = g
    g = rotl(f, 19)
    f = e
    e = p0(tt2)
  }
  ;[a, b, c, d, e, f, g, h].forEach((value, i) => {
    state[i] = (state[i] ?? 0) ^ value
  })
}
