import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import { joinBytes } from '../bytes/join.ts'
import { isZero, toHex } from '../bytes/layout.ts'
import { digest } from '../crypto/verify.ts'
import { toBase64 } from '../envelope/base64.ts'
import { encodePem } from '../envelope/pem.ts'
import { spkiOf } from '../pki/issue.ts'
import { KEYS } from '../pki/testing.ts'
import { makeReport, makeLeaf, OLD_TCB } from '../schemes/amd-sev-snp/attester.ts'
import type { InputFile } from './api.ts'
import { appraise } from './appraise.ts'
import { openCase } from './case.ts'
import { entries, loadScheme } from './registry.ts'

/** Dropped nonces, keys and files against the bytes that the attesting program chose. */

const utf8 = (text: string) => new TextEncoder().encode(text)
const named = async (files: readonly InputFile[], at: number) => {
  const view = await appraise(files, { at, atSource: 'given', policy: NO_POLICY })
  return {
    view,
    recipes: view.checks.filter((check) => check.id === 'fresh.file-is-named').map((check) => check.found),
  }
}

describe('a file with the very bytes', () => {
  it.each(entries.map((entry) => [entry.id, entry] as const))(
    '%s: is named, in bytes, hex and base64',
    async (id, entry) => {
      const scheme = await loadScheme(entry)
      let tried = 0
      for (const sample of scheme.samples.slice(0, 4)) {
        const files = await sample.files()
        const at = Date.parse(sample.at)
        const { artifacts } = await openCase(files)
        const own = artifacts
          .filter((one) => one.message === 'evidence')
          .flatMap(({ facts }) => [facts.userData, facts.nonce])
          .find((field) => field && field.value.length >= 16 && field.value.length <= 64 && !isZero(field.value))
        if (!own) continue
        tried++
        const forms = [own.value, utf8(`${toHex(own.value)}\n`), utf8(toBase64(own.value))]
        for (const bytes of forms) {
          const alone = await named(files, at)
          const { view, recipes } = await named([...files, { name: 'nonce', bytes }], at)
          expect(recipes, `${id} ${sample.id}`).toContain('file')
          // Who made the file is not known: a note, and no answer moves.
          expect([view.headline, view.ifRootTrusted]).toEqual([alone.view.headline, alone.view.ifRootTrusted])
          expect(view.answers.fresh.state).toBe(alone.view.answers.fresh.state)
        }
        break
      }
      console.log(`${id}: ${tried > 0 ? 'has bytes of the program’s choice' : 'none of 16 to 64 bytes in its samples'}`)
    },
    120_000,
  )
})

describe('a file by its digest', () => {
  const at = Date.parse('2026-06-01T00:00:00Z')
  const judged = async (value: Uint8Array, file: InputFile) => {
    const reportData = joinBytes([value, new Uint8Array(64 - value.length)])
    const tcb = OLD_TCB.Milan
    return named(
      [
        { name: 'report.bin', bytes: await makeReport({ tcb, reportData }) },
        { name: 'vcek.der', bytes: await makeLeaf({ tcb }) },
        file,
      ],
      at,
    )
  }
  const nonce = Uint8Array.from({ length: 32 }, (_, i) => i * 5 + 1)
  const { kty, crv, x, y } = KEYS.other
  const jwk = utf8(JSON.stringify({ y, x, crv, kty, use: 'sig' }))
  it.each<[string, string, () => Promise<Uint8Array>, Uint8Array]>([
    ['SHA-256 of a nonce', 'sha256(value)', () => digest('SHA-256', nonce), nonce],
    ['SHA-512 of a nonce', 'sha512(value)', () => digest('SHA-512', nonce), nonce],
    [
      'SHA-256 of a nonce that was given in hex',
      'sha256(value)',
      () => digest('SHA-256', nonce),
      utf8(`0x${toHex(nonce)}\n`),
    ],
    [
      'SHA-256 of the hex text of a nonce',
      'sha256(hex text of the value)',
      () => digest('SHA-256', utf8(toHex(nonce))),
      nonce,
    ],
    [
      'SHA-384 of a large file',
      'sha384(file)',
      () => digest('SHA-384', new Uint8Array(9000).fill(7)),
      new Uint8Array(9000).fill(7),
    ],
    ['a key that was given as JWK', 'sha256(SPKI DER)', () => digest('SHA-256', spkiOf(KEYS.other)), jwk],
    [
      'a key set',
      'sha512(SPKI DER)',
      () => digest('SHA-512', spkiOf(KEYS.other)),
      utf8(`{"keys":[${new TextDecoder().decode(jwk)}]}`),
    ],
    [
      'the thumbprint of a JWK',
      'JWK thumbprint (RFC 7638)',
      () => digest('SHA-256', utf8(`{"crv":"${crv}","kty":"EC","x":"${x}","y":"${y}"}`)),
      jwk,
    ],
  ])('%s', async (_name, recipe, value, bytes) => {
    expect((await judged(await value(), { name: 'given', bytes })).recipes).toEqual([recipe])
    expect((await judged(new Uint8Array(32).fill(9), { name: 'given', bytes })).recipes).toEqual([])
  })
  it('a bare key keeps its own words', async () => {
    const pem = utf8(encodePem('PUBLIC KEY', spkiOf(KEYS.other)))
    const { view, recipes } = await judged(await digest('SHA-256', spkiOf(KEYS.other)), { name: 'key.pem', bytes: pem })
    expect(view.checks.filter((check) => check.id === 'ratls.key-bound').map((check) => check.found)).toEqual([
      'sha256(SPKI DER)',
    ])
    expect(recipes).toEqual([])
  })
})
