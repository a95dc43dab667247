import { constants, createHash, createPrivateKey, privateEncrypt } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fromHex } from '../bytes/layout.ts'
import { signWith, spkiOf } from '../pki/issue.ts'
import { KEYS } from '../pki/testing.ts'
import { rsaSpki } from './keys.ts'
import type { SignatureAlgorithm } from './types.ts'
import { verifySignature } from './verify.ts'

/** Signatures whose padding is almost right, made with the private key itself: a verifier that parses instead of comparing accepts some of them. */
const DATA = new TextEncoder().encode('what was signed')
const key = createPrivateKey({ key: { ...KEYS.rsa }, format: 'jwk' })
const hash = createHash('sha256').update(DATA).digest('hex')
const INFO = '3031300d060960864801650304020105000420'
const raw = (block: string) =>
  new Uint8Array(privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(block, 'hex')))
const padded = (tail: string, type = '0001', filler = 'ff') =>
  `${type}${filler.repeat(256 - 3 - tail.length / 2)}00${tail}`
const pkcs1: SignatureAlgorithm = { kind: 'rsa-pkcs1', hash: 'SHA-256' }

describe('C6 RSA PKCS #1 padding', () => {
  it('is accepted as it should be', async () => {
    expect((await verifySignature(pkcs1, spkiOf(KEYS.rsa), DATA, raw(padded(INFO + hash)))).result).toBe('valid')
  })
  it.each([
    ['bytes behind the digest', `0001ffffffffffffffff00${INFO}${hash}${'00'.repeat(256 - 11 - 51)}`],
    ['bytes before the digest info', padded(`00${INFO}${hash}`)],
    ['no NULL parameters', padded(`302f300b0609608648016503040201${'0420'}${hash}`)],
    ['a long length in the digest info', padded(`308131300d060960864801650304020105000420${hash}`)],
    ['block type 2', padded(INFO + hash, '0002')],
    ['block type 0', padded(INFO + hash, '0000', '00')],
    ['a filler that is not ff', padded(INFO + hash, '0001', 'fe')],
    ['another digest’s name', padded(`3031300d060960864801650304020205000420${hash}`)],
    ['the digest alone', padded(hash)],
    ['garbage in the parameters', padded(`3033300f0609608648016503040201${'0502beef'}0420${hash}`)],
    ['a first byte that is not zero', `0101${padded(INFO + hash).slice(4)}`],
  ])('is refused with %s', async (_, block) => {
    expect(block).toHaveLength(512)
    expect((await verifySignature(pkcs1, spkiOf(KEYS.rsa), DATA, raw(block))).result).toBe('invalid')
  })
  it('is refused when the signature is not as long as the modulus', async () => {
    const whole = raw(padded(INFO + hash))
    for (const signature of [
      Uint8Array.of(0, ...whole),
      Uint8Array.of(...whole, 0),
      whole.subarray(1),
      whole.subarray(0, 255),
    ])
      expect((await verifySignature(pkcs1, spkiOf(KEYS.rsa), DATA, signature)).result).toBe('invalid')
    // One whose first byte happens to be zero says the same number without it.
    for (let tries = 0; tries < 4096; tries++) {
      const data = new TextEncoder().encode(`try ${tries}`)
      const own = raw(padded(INFO + createHash('sha256').update(data).digest('hex')))
      if (own[0] !== 0) continue
      expect((await verifySignature(pkcs1, spkiOf(KEYS.rsa), data, own)).result).toBe('valid')
      expect((await verifySignature(pkcs1, spkiOf(KEYS.rsa), data, own.subarray(1))).result).toBe('invalid')
      return
    }
    throw new Error('no signature began with a zero')
  })
  it('is refused for signature values out of range', async () => {
    for (const hex of ['00'.repeat(256), `${'00'.repeat(255)}01`, 'ff'.repeat(256)])
      expect((await verifySignature(pkcs1, spkiOf(KEYS.rsa), DATA, fromHex(hex) ?? new Uint8Array())).result).toBe(
        'invalid',
      )
  })
})

describe('C6 exponent 3', () => {
  // Bleichenbacher 2006: a cube root whose cube begins as it should; nobody's private key is needed.
  const cubeRoot = (value: bigint) => {
    let low = 0n
    let high = 1n << 700n
    while (low < high) {
      const middle = (low + high + 1n) / 2n
      if (middle ** 3n <= value) low = middle
      else high = middle - 1n
    }
    return low
  }
  const forged = (head: string) => {
    const root = cubeRoot(BigInt(`0x${head.padEnd(512, 'f')}`))
    return [
      fromHex(root.toString(16).padStart(512, '0')) ?? new Uint8Array(),
      (root ** 3n).toString(16).padStart(512, '0'),
    ] as const
  }
  it.each([
    ['bytes behind the digest', `0001ff00${INFO}${hash}`],
    ['bytes behind the digest and eight of padding', `0001ffffffffffffffff00${INFO}${hash}`],
    ['a filler of nothing', `000100${INFO}${hash}`],
  ])('is not fooled by %s', async (_, head) => {
    const [signature, cube] = forged(head)
    expect(cube.startsWith(head)).toBe(true)
    const modulus = fromHex(`${'f1'.repeat(256)}`) ?? new Uint8Array()
    expect((await verifySignature(pkcs1, rsaSpki(modulus, Uint8Array.of(3)), DATA, signature)).result).toBe('invalid')
  })
})

describe('RSA PSS', () => {
  it('C5 asks for exactly the salt that is named', async () => {
    for (const saltLength of [0, 20, 31, 33, 48]) {
      const signature = await signWith(
        KEYS.rsa,
        { kind: 'rsa-pss', hash: 'SHA-256', mgfHash: 'SHA-256', saltLength },
        DATA,
      )
      expect(
        (
          await verifySignature(
            { kind: 'rsa-pss', hash: 'SHA-256', mgfHash: 'SHA-256', saltLength },
            spkiOf(KEYS.rsa),
            DATA,
            signature,
          )
        ).result,
      ).toBe('valid')
      expect(
        (
          await verifySignature(
            { kind: 'rsa-pss', hash: 'SHA-256', mgfHash: 'SHA-256', saltLength: 32 },
            spkiOf(KEYS.rsa),
            DATA,
            signature,
          )
        ).result,
      ).toBe('invalid')
    }
  })
  it('is not PKCS #1, and the other way round', async () => {
    const pss: SignatureAlgorithm = { kind: 'rsa-pss', hash: 'SHA-256', mgfHash: 'SHA-256', saltLength: 32 }
    expect((await verifySignature(pkcs1, spkiOf(KEYS.rsa), DATA, await signWith(KEYS.rsa, pss, DATA))).result).toBe(
      'invalid',
    )
    expect((await verifySignature(pss, spkiOf(KEYS.rsa), DATA, await signWith(KEYS.rsa, pkcs1, DATA))).result).toBe(
      'invalid',
    )
  })
})
