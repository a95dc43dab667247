import { expect, it } from 'vitest'
import { ask } from '../testing.ts'
import { noRevocation } from './no-revocation.ts'

it('says that there is none', async () => {
  expect(await ask(noRevocation)).toMatchObject({
    outcome: 'not-applicable',
    because: { text: 'qca.no-revocation.none-published' },
  })
})
