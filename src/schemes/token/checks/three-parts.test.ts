import { expect, it } from 'vitest'
import { makeToken } from '../attester.ts'
import { finding } from '../testing.ts'
import { threeParts } from './three-parts.ts'

it('passes for a token and fails for what only looks like one', async () => {
  const token = await makeToken()
  expect(await finding(threeParts, token)).toMatchObject({ outcome: 'pass' })
  for (const wrong of [`${token}.`, token.replace('.', '=.'), `${token.split('.')[0]}.W10.AA`])
    expect(await finding(threeParts, wrong), wrong.slice(-5)).toMatchObject({ outcome: 'fail' })
})
