import { expect, it } from 'vitest'
import { makeAuthority } from '../attester.ts'
import { demoKeys } from '../demo-keys.ts'
import { ARK, ASK } from '../layout.ts'
import { ask, preparedFrom } from '../testing.ts'
import { askSignedByArk } from './ask-signed-by-ark.ts'

it('passes, under the demonstration root', async () => {
  expect(await ask(askSignedByArk)).toMatchObject({ outcome: 'pass' })
  expect((await preparedFrom()).prepared.root.status).toBe('demonstration')
})
it('fails when another root signed', async () =>
  expect(await ask(askSignedByArk, { replace: { ask: makeAuthority(ASK, { signer: demoKeys.other }) } })).toMatchObject(
    { outcome: 'fail' },
  ))
it("a root of an attacker's own is unknown", async () => {
  const replace = {
    ask: makeAuthority(ASK, { signer: demoKeys.other }),
    ark: makeAuthority(ARK, { key: demoKeys.other, signer: demoKeys.other }),
  }
  expect(await ask(askSignedByArk, { replace })).toMatchObject({ outcome: 'pass' })
  expect((await preparedFrom({ replace })).prepared.root.status).toBe('unknown')
})
it('is not checked without the ARK', async () =>
  expect(await ask(askSignedByArk, { without: ['ark'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'sev.no-ark' },
  }))
