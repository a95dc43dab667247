import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../bytes/layout.ts'
import { CURVES, ecSpki } from './keys.ts'
import { sm2PublicKey, sm2Sign, sm2Verify, sm2Z } from './sm2.ts'
import { sm3 } from './sm3.ts'
import { p1363ToDer } from './ecdsa-der.ts'
import { hmac, verifySignature } from './verify.ts'

const bytes = (hex: string) => fromHex(hex.replaceAll(' ', '')) ?? new Uint8Array()
const text = (value: string) => new TextEncoder().encode(value)
const big = (value: bigint) => bytes(value.toString(16).padStart(64, '0'))

// GB/T 32905 annex A; GB/T 32918.5 annex A.
const D = bytes('3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8')
const KEY = bytes(
  '09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020 CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13',
)
const K = bytes('59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21')
const ID = text('1234567812345678')
const MESSAGE = text('message digest')
const SIGNATURE = bytes(
  'F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3 B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA',
)
const N = BigInt(`0x${toHex(CURVES.SM2.order)}`)

describe('SM3', () => {
  it('gives the digests of the standard', () => {
    expect(toHex(sm3(text('abc')))).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
    expect(toHex(sm3(text('abcd'.repeat(16))))).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732')
    expect(toHex(sm3(new Uint8Array()))).toBe('1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b')
  })
  it('agrees with openssl at every length around its block', () => {
    for (let length = 50; length < 135; length += 7) {
      const data = new Uint8Array(length).map((_, i) => i)
      const file = join(mkdtempSync(join(tmpdir(), 'sm3-')), 'data')
      writeFileSync(file, data)
      expect(execFileSync('openssl', ['dgst', '-sm3', '-r', file], { encoding: 'utf8' }).slice(0, 64)).toBe(
        toHex(sm3(data)),
      )
    }
  })
  it('makes an HMAC', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'sm3-')), 'data')
    writeFileSync(file, 'what')
    expect(
      execFileSync('openssl', ['dgst', '-sm3', '-mac', 'HMAC', '-macopt', 'hexkey:0102030405', '-r', file], {
        encoding: 'utf8',
      }).slice(0, 64),
    ).toBe(toHex(await hmac('SM3', bytes('0102030405'), text('what'))))
  })
})

describe('SM2', () => {
  const verify = (signature: Uint8Array, key = KEY, id = ID, message = MESSAGE) =>
    sm2Verify(key, id, message, signature)
  it('computes Z, key and signature of the standard', () => {
    expect(toHex(sm2PublicKey(D))).toBe(toHex(KEY))
    expect(toHex(sm2Z(KEY, ID))).toBe('b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3')
    expect(toHex(sm2Sign(D, ID, MESSAGE, K) ?? new Uint8Array())).toBe(toHex(SIGNATURE))
    expect(verify(SIGNATURE)).toBe(true)
  })
  it('C7 refuses the same signature over other bytes, another id, another key', () => {
    expect(verify(SIGNATURE, KEY, ID, text('message digesT'))).toBe(false)
    expect(verify(SIGNATURE, KEY, text('1234567812345679'))).toBe(false)
    expect(verify(SIGNATURE, KEY, text(''))).toBe(false)
    expect(verify(SIGNATURE, sm2PublicKey(K))).toBe(false)
  })
  const r = BigInt(`0x${toHex(SIGNATURE.subarray(0, 32))}`)
  const s = BigInt(`0x${toHex(SIGNATURE.subarray(32))}`)
  it.each([
    ['r = 0', 0n, s],
    ['s = 0', r, 0n],
    ['r = n', N, s],
    ['s = n', r, N],
    ['r + s = n (t = 0)', r, N - r],
    ['r − n', (r + 1n) % N, s],
    ['s + 1', r, s + 1n],
    ['n − s', r, N - s],
    ['swapped', s, r],
  ])('refuses %s', (_, badR, badS) => {
    expect(verify(Uint8Array.from([...big(badR), ...big(badS)]))).toBe(false)
  })
  it('C7 refuses r + n and s + n where they fit', () => {
    for (const [a, b] of [
      [r + N, s],
      [r, s + N],
    ] as const)
      if (a < 1n << 256n && b < 1n << 256n) expect(verify(Uint8Array.from([...big(a), ...big(b)]))).toBe(false)
    expect(verify(Uint8Array.from([...SIGNATURE, 0]))).toBe(false)
    expect(verify(SIGNATURE.subarray(0, 63))).toBe(false)
  })
  it('C7 refuses a key off the curve, and coordinates beyond the field', () => {
    const off = KEY.slice()
    off[63] = (off[63] ?? 0) ^ 1
    expect(verify(SIGNATURE, off)).toBe(false)
    expect(verify(SIGNATURE, new Uint8Array(64))).toBe(false)
    expect(verify(SIGNATURE, new Uint8Array(64).fill(0xff))).toBe(false)
  })
  it('C7 refuses a signature over the digest without Z', () => {
    // A verifier that forgot Z would take e = SM3(message).
    expect(verify(SIGNATURE, KEY, ID, sm3(MESSAGE))).toBe(false)
  })
  it('goes through the front door in both forms', async () => {
    const spki = ecSpki('SM2', KEY)
    expect(await verifySignature({ kind: 'sm2', userId: ID, form: 'p1363' }, spki, MESSAGE, SIGNATURE)).toMatchObject({
      result: 'valid',
    })
    expect(
      await verifySignature({ kind: 'sm2', userId: ID, form: 'der' }, spki, MESSAGE, p1363ToDer(SIGNATURE)),
    ).toMatchObject({ result: 'valid' })
    expect(
      await verifySignature({ kind: 'sm2', userId: text(''), form: 'p1363' }, spki, MESSAGE, SIGNATURE),
    ).toMatchObject({ result: 'invalid', because: { text: 'signature.mismatch' } })
    expect(
      await verifySignature({ kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' }, spki, MESSAGE, SIGNATURE),
    ).toMatchObject({ result: 'invalid', because: { text: 'signature.wrong-key-type' } })
  })
  it('agrees with openssl', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sm2-'))
    const run = (...args: string[]) =>
      execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
    run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:SM2', '-out', 'key.pem')
    writeFileSync(join(folder, 'data'), 'some evidence')
    run(
      'pkeyutl',
      '-sign',
      '-inkey',
      'key.pem',
      '-in',
      'data',
      '-rawin',
      '-digest',
      'sm3',
      '-pkeyopt',
      'distid:somebody',
      '-out',
      'sig',
    )
    const spki = new Uint8Array(run('pkey', '-in', 'key.pem', '-pubout', '-outform', 'DER'))
    const signature = new Uint8Array(execFileSync('cat', ['sig'], { cwd: folder }))
    return expect(
      verifySignature({ kind: 'sm2', userId: text('somebody'), form: 'der' }, spki, text('some evidence'), signature),
    ).resolves.toMatchObject({ result: 'valid' })
  })
})
