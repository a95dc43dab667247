import { expect, it } from 'vitest'
import { makeLaunch, makeReport, PLAIN_POLICY } from '../attester.ts'
import { ask, type Beside } from '../testing.ts'
import { idBlockMatches } from './id-block-matches.ts'

const beside = (bytes: Uint8Array): Beside => ({ format: 'amd.snp-id-block', bytes })

it('passes when all five are equal', async () =>
  expect(await ask(idBlockMatches, await makeReport(), { beside: [beside((await makeLaunch()).block)] })).toMatchObject(
    { outcome: 'pass' },
  ))
it('fails by name for each that is not', async () => {
  for (const [recipe, names] of [
    [{ measurement: new Uint8Array(48) }, 'MEASUREMENT'],
    [{ policy: PLAIN_POLICY | (1n << 20n) }, 'POLICY'],
    [{ guestSvn: 7 }, 'GUEST_SVN'],
    [{ familyId: new Uint8Array(16).fill(1), guestSvn: 1 }, 'FAMILY_ID, GUEST_SVN'],
  ] as const) {
    expect(
      await ask(idBlockMatches, await makeReport(), { beside: [beside((await makeLaunch(recipe)).block)] }),
    ).toMatchObject({ outcome: 'fail', because: { text: 'snp.id-block-differs', params: { names } } })
  }
})
it('shows what differs only, and all five where nothing does', async () => {
  const found = async (recipe: Parameters<typeof makeLaunch>[0]) => {
    const finding = await ask(idBlockMatches, await makeReport(), {
      beside: [beside((await makeLaunch(recipe)).block)],
    })
    return finding.found?.split('\n').map((line) => line.split(' ')[0])
  }
  expect(await found({ guestSvn: 7 })).toEqual(['GUEST_SVN'])
  expect(await found({})).toHaveLength(5)
})
it('of several takes the one that fits; is not asked without one; never decides', async () => {
  expect(
    await ask(idBlockMatches, await makeReport(), {
      beside: [beside((await makeLaunch({ guestSvn: 7 })).block), beside((await makeLaunch()).block)],
    }),
  ).toMatchObject({ outcome: 'pass' })
  expect(await ask(idBlockMatches, await makeReport())).toMatchObject({ outcome: 'not-applicable' })
  expect(idBlockMatches.weight).toBe('notes')
})
