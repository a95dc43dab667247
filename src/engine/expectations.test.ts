import { expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import type { Facts } from '../core/scheme.ts'
import { standIn } from '../testing/stand-in.ts'
import { expectations } from './expectations.ts'
import { givenRecipes } from './given-recipes.ts'

const located = (hex: string) => ({ path: '', ranges: [], value: Uint8Array.from(Buffer.from(hex, 'hex')) })
const [wanted, old] = ['a1'.repeat(16), 'b2'.repeat(16)]

/** What the reader's nonce comes to at the first of two parts that a verified binding ties. */
async function asked(own: Partial<Facts>, tied: Partial<Facts>) {
  const policy = { ...NO_POLICY, nonce: wanted }
  const [subject, other] = [own, tied].map((facts) => standIn({ measurements: [], ...facts }))
  if (!subject || !other) throw new Error('two parts')
  const found = expectations
    .find(({ id }) => id === 'fresh.nonce-matches')
    ?.run({
      subject,
      policy,
      sources: {},
      at: 0,
      bound: [other],
      unbound: [],
      rootless: true,
      comparesMinimumTcb: false,
      made: await givenRecipes(policy),
      committed: [],
      logs: { checks: [], lent: [], digests: [], withheld: [] },
      stated: [],
    })
  return `${found?.outcome} ${found?.because.text}`
}

it('a nonce is carried by what is tied to a part that has none of its own', async () => {
  expect(await asked({ userData: located('c3'.repeat(32)) }, { nonce: located(wanted) })).toBe(
    'pass expect.through-binding',
  )
  expect(await asked({ nonce: located('00'.repeat(32)) }, { nonce: located(wanted) })).toBe(
    'pass expect.through-binding',
  )
})
it('an old quote with another challenge is not made young by a new report about its key', async () => {
  expect(await asked({ nonce: located(old) }, { userData: located(wanted) })).toBe('not-checked expect.own-nonce-other')
  expect(await asked({ nonce: located(wanted) }, { userData: located(old) })).toBe('pass fresh.nonce-matches.holds')
  expect(await asked({ nonce: located(old) }, { nonce: located(old) })).toBe('fail fresh.nonce-matches.fails')
})
