import { expect, it } from 'vitest'
import { foreignAk } from '../demo-keys.ts'
import { ask } from '../testing.ts'
import { akVouchedFor } from './ak-vouched-for.ts'

it('passes when the report commits to the list that holds the key, and ties the two', async () =>
  expect(await ask(akVouchedFor)).toMatchObject({ outcome: 'pass', binds: [5] }))
it('fails when the report commits to something else', async () => {
  const finding = await ask(akVouchedFor, { reportData: new Uint8Array(64).fill(1) })
  expect(finding).toMatchObject({ outcome: 'fail', because: { text: 'tpm.ak-list-differs' } })
  expect(finding.binds).toBeUndefined()
})
it('ties nothing when another key signed', async () =>
  expect((await ask(akVouchedFor, { recipe: { key: foreignAk } })).binds).toBeUndefined())
it('is not checked for a key that nothing vouches for', async () => {
  expect(await ask(akVouchedFor, { reportData: null })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'tpm.ak-unproven' },
  })
  expect(await ask(akVouchedFor, { listedKey: null })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'tpm.no-key' },
  })
})
