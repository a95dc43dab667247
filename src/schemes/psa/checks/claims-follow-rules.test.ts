import { expect, it } from 'vitest'
import { cborArray, cborBytes, cborInt, cborMap, cborText } from '../../../bytes/cbor-writer.ts'
import { context, prepared } from '../testing.ts'
import { claimsFollowRules } from './claims-follow-rules.ts'

it('passes on both profiles, and on an open statement that nothing was measured', async () => {
  for (const profile of ['rfc9783', 'first'] as const)
    expect(await claimsFollowRules.run(await prepared({ profile }), context)).toMatchObject({ outcome: 'pass' })
  expect(
    await claimsFollowRules.run(
      await prepared({ profile: 'first', bend: { claims: { swComponents: undefined, noSwMeasurement: cborInt(1) } } }),
      context,
    ),
  ).toMatchObject({ outcome: 'pass' })
})
it.each([
  ['profile', cborBytes(new Uint8Array(32))],
  ['clientId', cborText('1')],
  ['lifecycle', cborInt(-1)],
  ['implementationId', cborBytes(new Uint8Array(31))],
  ['nonce', cborBytes(new Uint8Array(33))],
  ['instanceId', undefined],
  ['swComponents', cborArray()],
  ['swComponents', cborArray(cborMap())],
  ['swComponents', undefined],
  ['bootSeed', cborBytes(new Uint8Array(7))],
])('fails on %s that breaks its rule', async (name, value) => {
  expect(await claimsFollowRules.run(await prepared({ bend: { claims: { [name]: value } } }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'psa.format' },
  })
})
