import { expect, it } from 'vitest'
import { makeToken } from '../attester.ts'
import { finding } from '../testing.ts'
import { membersUnique } from './members-unique.ts'

it('passes when every name stands once', async () => {
  expect(await finding(membersUnique, await makeToken())).toMatchObject({ outcome: 'pass' })
})
it('fails for a claim or an algorithm that stands twice', async () => {
  for (const wrong of [{ payload: '{"iss":"a","x":{"b":1,"b":2}}' }, { headerText: '{"alg":"none","alg":"ES256"}' }])
    expect(await finding(membersUnique, await makeToken(wrong))).toMatchObject({
      outcome: 'fail',
      because: { text: 'json.duplicate-key' },
    })
})
