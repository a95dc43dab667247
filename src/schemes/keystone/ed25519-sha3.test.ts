import {
  createHash,
  createPrivateKey,
  createPublicKey,
  sign as signBySha512,
  verify as verifyBySha512,
} from 'node:crypto'
import { expect, it } from 'vitest'
import { toHex } from '../../bytes/layout.ts'
import { keyFrom, keyFromHash, seedOf, sign, verify } from './ed25519-sha3.ts'
import { sha3of512 } from './sha3.ts'

const seed = (n: number) => new Uint8Array(32).fill(n)
const text = (of: string) => new TextEncoder().encode(of)

it('hashes as OpenSSL does, around every edge of a block', () => {
  for (const length of [0, 1, 2, 31, 64, 71, 72, 73, 143, 144, 145, 1000]) {
    const data = Uint8Array.from({ length }, (_, i) => (i * 7 + length) & 0xff)
    expect(toHex(sha3of512(data)), String(length)).toBe(createHash('sha3-512').update(data).digest('hex'))
  }
})
it('takes its own signatures, and none over other bytes, by another key or of other bits', () => {
  for (let n = 0; n < 4; n++) {
    const key = keyFrom(seed(n))
    const data = text(`message ${n}`)
    const signature = sign(key, data)
    expect(verify(key.publicKey, data, signature).result).toBe('valid')
    expect(verify(key.publicKey, text('another'), signature).result).toBe('invalid')
    expect(verify(keyFrom(seed(n + 1)).publicKey, data, signature).result).toBe('invalid')
    for (const at of [0, 31, 32, 63]) {
      const changed = signature.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(verify(key.publicKey, data, changed).result, String(at)).toBe('invalid')
    }
  }
})
it('has the curve of everybody else: only the hash differs', () => {
  for (let n = 0; n < 4; n++) {
    // PKCS#8 of an Ed25519 key is a fixed head and the seed; the public key stands at the end of its SPKI.
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed(n)])
    const spki = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })).export({
      format: 'der',
      type: 'spki',
    })
    const ours = keyFromHash(createHash('sha512').update(seed(n)).digest())
    expect(toHex(ours.publicKey)).toBe(spki.subarray(-32).toString('hex'))
  }
})
it('is not Ed25519 with SHA-512: neither takes the other’s signatures', () => {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed(1)])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const ours = keyFromHash(createHash('sha512').update(seed(1)).digest())
  expect(verify(ours.publicKey, text('x'), signBySha512(null, text('x'), key)).result).toBe('invalid')
  expect(verifyBySha512(null, text('x'), createPublicKey(key), sign(ours, text('x')))).toBe(false)
})
it('refuses s + L, which Keystone’s own verifier takes', () => {
  const key = keyFrom(seed(9))
  const signature = sign(key, text('one'))
  const order = 2n ** 252n + 27742317777372353535851937790883648493n
  let carry = 0n
  const other = signature.slice()
  for (let i = 0; i < 32; i++) {
    const sum = BigInt(signature[32 + i] ?? 0) + ((order >> BigInt(8 * i)) & 0xffn) + carry
    other[32 + i] = Number(sum & 0xffn)
    carry = sum >> 8n
  }
  expect(verify(key.publicKey, text('one'), other)).toMatchObject({
    result: 'invalid',
    because: { text: 'signature.range' },
  })
})
it('refuses keys for which anybody can sign, and what is no key', () => {
  // y = 0 has order four: a report whose fields were never filled has it.
  expect(verify(seed(0), text('x'), new Uint8Array(64)).because.text).toBe('keystone.weak-key')
  expect(
    verify(
      Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0)),
      text('x'),
      new Uint8Array(64),
    ).because.text,
  ).toBe('keystone.weak-key')
  expect(verify(seed(0xff), text('x'), new Uint8Array(64)).because.text).toBe('keystone.no-key')
})
it('finds the seed of a key', () => {
  const seeds = [1, 2, 3].map(seed)
  expect(seedOf(keyFrom(seed(2)).publicKey, seeds)).toBe(1)
  expect(seedOf(keyFrom(seed(4)).publicKey, seeds)).toBe(-1)
})
