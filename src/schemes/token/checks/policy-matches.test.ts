import { expect, it } from 'vitest'
import { makeMaaToken } from '../attester.ts'
import { finding, droppedFile, withoutKeys } from '../testing.ts'
import { policyHashes } from '../runtime.ts'
import { policyMatches } from './policy-matches.ts'

const text = 'version= 1.0; authorizationrules{ => permit(); };'

it('passes when the policy lies beside the token, and is open otherwise', async () => {
  const [hash] = await policyHashes(new TextEncoder().encode(text))
  const token = await makeMaaToken({ 'x-ms-policy-hash': hash })
  expect(await finding(policyMatches, token, { ...withoutKeys, items: [droppedFile(1, text)] })).toMatchObject({
    outcome: 'pass',
  })
  expect(await finding(policyMatches, token, { ...withoutKeys, items: [droppedFile(1, 'other')] })).toMatchObject({
    outcome: 'not-checked',
  })
})
