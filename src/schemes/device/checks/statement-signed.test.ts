import { expect, it } from 'vitest'
import { demoKeys } from '../attester.ts'
import { appAttest, beside, CHALLENGE, context, flipped, packed } from '../testing.ts'
import { statementSigned } from './statement-signed.ts'

it('passes with the challenge as text, in base64, in JSON or as the reader gave it', async () => {
  const base64 = btoa(CHALLENGE)
  const hex = Array.from(CHALLENGE, (one) => one.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  for (const given of [
    beside(CHALLENGE),
    beside(JSON.stringify({ challenge: CHALLENGE })),
    beside(JSON.stringify({ a: [{ challenge: base64 }] })),
    beside(`challenge: ${base64}\n`),
    { ...context, policy: { ...context.policy, nonce: hex } },
  ])
    expect(await statementSigned.run(await appAttest({}, given), context)).toMatchObject({ outcome: 'pass' })
  expect(await statementSigned.run(await packed(), context)).toMatchObject({ outcome: 'pass' })
  expect(await statementSigned.run(await packed({ self: true }), context)).toMatchObject({ outcome: 'pass' })
})
it('stays open without the client data, with another, and where the authenticator data changed', async () => {
  expect(await statementSigned.run(await appAttest({}, context), context)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'webauthn.client-data-missing' },
  })
  for (const other of [
    await appAttest({}, beside('another challenge')),
    await appAttest({ bend: flipped(3) }),
    await packed({ bend: flipped(3) }),
    await packed({ signWith: demoKeys.other }),
  ])
    expect(await statementSigned.run(other, context)).toMatchObject({
      outcome: 'not-checked',
      because: { text: 'webauthn.client-data-other' },
    })
})
it('says of the format none that it states nothing, and names those that cannot be checked', async () => {
  expect(await statementSigned.run(await appAttest({ format: 'none' }), context)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'webauthn.none' },
  })
  expect(await statementSigned.run(await appAttest({ format: 'android-safetynet' }), context)).toMatchObject({
    outcome: 'unsupported',
    because: { params: { format: 'android-safetynet' } },
  })
})
