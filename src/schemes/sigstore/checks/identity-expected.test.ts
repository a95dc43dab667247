import { expect, it } from 'vitest'
import { REPOSITORY } from '../attester.ts'
import { expecting, finding } from '../testing.ts'
import { identityExpected } from './identity-expected.ts'

it('is not checked while nobody says whom they expect', async () => {
  expect(await finding(identityExpected)).toMatchObject({ outcome: 'not-checked', code: 'identity-not-given' })
})
it('passes for the repository, its address, and the whole name', async () => {
  const workflow = `https://github.com/${REPOSITORY}/.github/workflows/release.yml@refs/tags/v1.0.0`
  for (const signer of [REPOSITORY, `https://github.com/${REPOSITORY}`, workflow])
    expect(await finding(identityExpected, {}, expecting('somebody/else', signer))).toMatchObject({ outcome: 'pass' })
})
it('fails for others, also for names that only begin alike', async () => {
  for (const signer of [
    'somebody/else',
    REPOSITORY.slice(0, -1),
    `${REPOSITORY}-2`,
    'https://github.com/demonstration',
  ])
    expect(await finding(identityExpected, {}, expecting(signer))).toMatchObject({
      outcome: 'fail',
      code: 'identity-other',
    })
})
