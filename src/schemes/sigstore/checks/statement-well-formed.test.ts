import { expect, it } from 'vitest'
import { makeBundle } from '../attester.ts'
import { finding } from '../testing.ts'
import { statementWellFormed } from './statement-well-formed.ts'

it('passes for a statement about a digest', async () => {
  expect(await finding(statementWellFormed)).toMatchObject({ outcome: 'pass' })
  expect(await finding(statementWellFormed, { file: new Uint8Array(9) })).toBe('not-applicable')
})
it('fails without a kind, and is unsupported for another payload type', async () => {
  expect(await finding(statementWellFormed, { predicateType: '' })).toMatchObject({ outcome: 'fail' })
  const text = new TextDecoder().decode(await makeBundle())
  const other = new TextEncoder().encode(text.replace('application/vnd.in-toto+json', 'text/plain'))
  expect(await finding(statementWellFormed, other)).toMatchObject({ outcome: 'unsupported' })
})
