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

it('says of a token that breaks off in which part it does, and where', async () => {
  const token = await makeToken()
  const [header = '', claims = '', signature = ''] = token.split('.')
  const cut = async (length: number) => {
    const found = await finding(threeParts, token.slice(0, length))
    return found === 'not-applicable' ? undefined : found.because
  }
  expect(await cut(header.length - 3)).toMatchObject({ text: 'jwt.cut-header', code: 'cut-off' })
  expect(await cut(header.length + claims.length / 2)).toMatchObject({ text: 'jwt.cut-claims', code: 'cut-off' })
  expect(await cut(token.length - signature.length / 2)).toMatchObject({
    text: 'jwt.cut-signature',
    params: { least: 64 },
  })
  expect(await cut(token.length - signature.length)).toMatchObject({ text: 'jwt.cut-signature', params: { found: 0 } })
  // Longer than it should be is another fault.
  const longer = await finding(threeParts, `${token}AAAA`)
  expect(longer).toMatchObject({ outcome: 'pass' })
})
