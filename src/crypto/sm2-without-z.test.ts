import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { derToP1363 } from './ecdsa-der.ts'
import { ecSpki } from './keys.ts'
import { sm2PublicKey, sm2Sign, sm2SignWithoutZ, sm2VerifyWithoutZ } from './sm2.ts'
import { verifySm2WithoutZ } from './sm2-without-z.ts'
import { sm3 } from './sm3.ts'
import { digest, verifySignature } from './verify.ts'

const text = (value: string) => new TextEncoder().encode(value)
const D = sm3(text('a private key'))
const KEY = sm2PublicKey(D)
const SPKI = ecSpki('SM2', KEY)
const ID = text('1234567812345678')
const message = (i: number) => text(`message ${i}`)
const withoutZ = (i: number) => sm2SignWithoutZ(D, message(i), sm3(text(`nonce ${i}`))) ?? new Uint8Array()

it('takes what a TPM signs, and nothing that is signed as the standard says; and the other way round', async () => {
  for (let i = 0; i < 20; i++) {
    const signature = withoutZ(i)
    const standard = sm2Sign(D, ID, message(i), sm3(text(`nonce ${i}`))) ?? new Uint8Array()
    expect((await verifySm2WithoutZ(SPKI, message(i), signature)).result).toBe('valid')
    expect((await verifySm2WithoutZ(SPKI, message(i), standard)).result).toBe('invalid')
    const by = async (bytes: Uint8Array) =>
      (await verifySignature({ kind: 'sm2', userId: ID, form: 'p1363' }, SPKI, message(i), bytes)).result
    expect([await by(standard), await by(signature)]).toEqual(['valid', 'invalid'])
  }
})
it('of 200 signatures and 4,600 changed ones only the unchanged verify', () => {
  let taken = 0
  for (let i = 0; i < 200; i++) {
    const signature = withoutZ(i)
    if (sm2VerifyWithoutZ(KEY, message(i), signature)) taken++
    for (let k = 0; k < 23; k++) {
      const changed = signature.slice()
      const at = (i * 23 + k * 11) % 64
      changed[at] = (changed[at] ?? 0) ^ (1 << ((i + k) & 7))
      expect(sm2VerifyWithoutZ(KEY, message(i), changed), `${i} ${k}`).toBe(false)
    }
  }
  expect(taken).toBe(200)
}, 120_000)
it('agrees with openssl, which signs a digest that it is given as it stands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sm2-'))
  const run = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
  run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:SM2', '-out', 'key.pem')
  run('pkey', '-in', 'key.pem', '-pubout', '-outform', 'DER', '-out', 'pub.der')
  const key = new Uint8Array(readFileSync(join(folder, 'pub.der'))).slice(-64)
  for (let i = 0; i < 20; i++) {
    writeFileSync(join(folder, 'digest'), sm3(message(i)))
    run('pkeyutl', '-sign', '-inkey', 'key.pem', '-in', 'digest', '-out', 'sig')
    const signature = derToP1363(new Uint8Array(readFileSync(join(folder, 'sig'))), 32) ?? new Uint8Array()
    expect(sm2VerifyWithoutZ(key, message(i), signature), String(i)).toBe(true)
    expect(sm2VerifyWithoutZ(key, message(i + 1), signature), String(i)).toBe(false)
  }
})
it('says why not', async () => {
  const because = async (spki: Uint8Array, signature: Uint8Array) =>
    (await verifySm2WithoutZ(spki, message(0), signature)).because.text
  expect(await because(ecSpki('P-256', new Uint8Array(64)), withoutZ(0))).toBe('signature.wrong-key-type')
  expect(await because(SPKI, withoutZ(0).subarray(1))).toBe('signature.length')
  expect(await because(SPKI, new Uint8Array(64))).toBe('signature.mismatch')
  expect(await because(new Uint8Array(2), withoutZ(0))).toBe('crypto.bad-key')
  expect((await digest('SM3', message(0))).length).toBe(32)
})
