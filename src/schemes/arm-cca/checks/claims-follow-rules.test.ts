import { expect, it } from 'vitest'
import { cborArray, cborBytes, cborInt, cborMap, cborText } from '../../../bytes/cbor-writer.ts'
import { context, prepared } from '../testing.ts'
import { claimsFollowRules } from './claims-follow-rules.ts'

it('passes on the claims of both profiles', async () => {
  for (const form of ['legacy', 'new'] as const)
    expect(await claimsFollowRules.run(await prepared({ form }), context)).toMatchObject({ outcome: 'pass' })
})
it.each([
  ['platform', 10, cborBytes(new Uint8Array(31))],
  ['platform', 2396, cborBytes(new Uint8Array(31))],
  ['platform', 256, cborText('x')],
  ['platform', 2395, cborInt(-1)],
  ['platform', 2399, cborArray()],
  ['platform', 2399, cborArray(cborMap())],
  ['platform', 265, cborInt(1)],
  ['realm', 10, cborBytes(new Uint8Array(63))],
  ['realm', 44238, cborBytes(new Uint8Array(31))],
  ['realm', 44239, cborArray(cborBytes(new Uint8Array(32)))],
  ['realm', 44236, cborInt(1)],
  ['realm', 44235, cborBytes(new Uint8Array(1))],
] as const)('fails on claim %s %i that breaks its rule', async (part, key, value) => {
  const bend =
    part === 'platform' ? { platformClaims: [[key, value] as const] } : { realmClaims: [[key, value] as const] }
  expect(await claimsFollowRules.run(await prepared({ bend }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'cca.format' },
  })
})
