import { expect, it } from 'vitest'
import { digest } from '../crypto/verify.ts'
import { KEYS } from '../pki/testing.ts'
import { spkiOf } from '../pki/issue.ts'
import { joinBytes } from '../bytes/join.ts'
import { madeOfKey, madeOfValue, matchOf } from './recipes.ts'

const KEYS_NONCE = new Uint8Array(32).fill(5)
const padded = (bytes: Uint8Array) => joinBytes([bytes, new Uint8Array(Math.max(0, 64 - bytes.length))])

it('finds each recipe of a key, and none for another key', async () => {
  const made = await madeOfKey(spkiOf(KEYS.leaf), undefined, undefined)
  const other = await madeOfKey(spkiOf(KEYS.root), undefined, undefined)
  for (const { value, recipe } of made.filter((one) => one.value.length <= 64)) {
    expect(matchOf(padded(value), made)).toMatchObject({ recipe, part: 'whole' })
    expect(matchOf(padded(value), other)).toBeUndefined()
  }
})
it('computes only what can stand in the field, and finds the same', async () => {
  const all = await madeOfKey(spkiOf(KEYS.leaf), spkiOf(KEYS.root), KEYS_NONCE)
  const noise = new Uint8Array(32).fill(7)
  const fields = all.flatMap(({ value }) => [
    padded(value).subarray(0, 64),
    value,
    joinBytes([value, noise]),
    joinBytes([noise, value]),
  ])
  const owner = {}
  for (const field of fields) {
    const fitting = await madeOfKey(spkiOf(KEYS.leaf), spkiOf(KEYS.root), KEYS_NONCE, { field, owner })
    expect(matchOf(field, fitting)).toEqual(matchOf(field, all))
  }
  const field = padded(await digest('SHA-256', spkiOf(KEYS.leaf)))
  const digests = (await madeOfKey(spkiOf(KEYS.leaf), undefined, undefined, { field, owner: {} })).filter(
    ({ recipe }) => recipe.startsWith('sha'),
  )
  expect(digests.map(({ recipe }) => recipe.slice(0, 7))).toEqual(digests.map(() => 'sha256('))
})
it('says when only half of the field agrees', async () => {
  const made = await madeOfKey(spkiOf(KEYS.leaf), undefined, undefined)
  const hash = await digest('SHA-256', spkiOf(KEYS.leaf))
  const extra = new Uint8Array(32).fill(7)
  expect(matchOf(joinBytes([hash, extra]), made)).toMatchObject({
    recipe: 'sha256(SPKI DER)',
    part: 'first',
    rest: extra,
  })
  expect(matchOf(joinBytes([extra, hash]), made)).toMatchObject({ recipe: 'sha256(SPKI DER)', part: 'second' })
})
it('names what was made of a reader’s value', async () => {
  const value = new Uint8Array(40).fill(0x61)
  expect(matchOf(await digest('SHA-512', value), await madeOfValue(value))).toMatchObject({ recipe: 'sha512(value)' })
  expect(matchOf(new Uint8Array(64), await madeOfValue(value))).toBeUndefined()
})
