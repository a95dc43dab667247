import { describe, expect, it } from 'vitest'
import { candidatesOf, cooked, matchesIn } from './recipe.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const field = (...parts: Uint8Array[]) => {
  const whole = new Uint8Array(64)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

describe('what is in the field', () => {
  const file = { name: 'key.txt', bytes: bytes('my key\n') }
  it('is found raw, hashed, without its line end, and in one half', async () => {
    const candidates = candidatesOf(file)
    expect(candidates.map((one) => one.part)).toEqual(['file', 'without-line-end'])
    expect(await matchesIn(field(bytes('my key\n')), candidates)).toMatchObject([
      { recipe: 'raw', offset: 0, rest: 'zeros', candidate: { part: 'file' } },
    ])
    expect(await matchesIn(field(await cooked('SHA-256', bytes('my key'))), candidates)).toMatchObject([
      { recipe: 'SHA-256', rest: 'zeros', candidate: { part: 'without-line-end' } },
    ])
    expect(await matchesIn(await cooked('SHA-512', file.bytes), candidates)).toMatchObject([
      { recipe: 'SHA-512', rest: 'nothing' },
    ])
    expect(
      await matchesIn(field(await cooked('SHA-256', bytes('nonce')), await cooked('SHA-256', file.bytes)), candidates),
    ).toMatchObject([{ recipe: 'SHA-256', offset: 32, rest: 'other' }])
  })
  it('is not found by chance', async () => {
    expect(await matchesIn(new Uint8Array(64), candidatesOf({ name: 'zero', bytes: new Uint8Array(1) }))).toEqual([])
    expect(
      await matchesIn(
        field(bytes('a long value of forty bytes, more or less')),
        candidatesOf({ name: 'x', bytes: bytes('a') }),
      ),
    ).toEqual([])
    expect(await matchesIn(new Uint8Array(), candidatesOf(file))).toEqual([])
  })
  it('may be the public key of a certificate', async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
    const pem = `-----BEGIN PUBLIC KEY-----\n${btoa(String.fromCharCode(...spki))}\n-----END PUBLIC KEY-----\n`
    const candidates = candidatesOf({ name: 'key.pem', bytes: bytes(pem) })
    expect(await matchesIn(field(await cooked('SHA-384', spki)), candidates)).toMatchObject([
      { recipe: 'SHA-384', candidate: { part: 'public-key' } },
    ])
    expect(await matchesIn(spki.slice(-64), candidates)).toMatchObject([
      { recipe: 'raw', rest: 'nothing', candidate: { part: 'coordinates' } },
    ])
  })
})
