import { expect, it } from 'vitest'
import type { CaseItem } from '../../../core/scheme.ts'
import { makeAnswer, MADE_AT, type AnswerRecipe } from '../attester.ts'
import { chainItems, context, itemOf, prepared } from '../testing.ts'
import { notRevoked } from './not-revoked.ts'

const GOOD: readonly AnswerRecipe[] = [{ index: 1 }, { index: 2 }, { index: 3 }]

async function asked(answers: readonly AnswerRecipe[]) {
  const items: CaseItem[] = await chainItems()
  for (const [i, recipe] of answers.entries()) items.push(itemOf(20 + i, await makeAnswer(recipe), 'x509.ocsp'))
  const subject = await prepared({}, items)
  return { finding: await notRevoked.run(subject, context), subject }
}

it('passes when the responder says good of every certificate that it answers about', async () => {
  const { finding, subject } = await asked(GOOD)
  expect(finding).toMatchObject({ outcome: 'pass', found: '3 / 3', uses: [20, 21, 22] })
  expect(subject.collateral.map(({ kind, use }) => [kind, use])).toEqual([
    ['ocsp', 'used'],
    ['ocsp', 'used'],
    ['ocsp', 'used'],
  ])
  expect(subject.wishes.filter(({ kind }) => kind === 'ocsp')).toEqual([])
})
it('is not checked while an answer is missing, and names the certificate and the line that asks', async () => {
  const { finding, subject } = await asked(GOOD.slice(1))
  expect(finding).toMatchObject({
    outcome: 'not-checked',
    found: '2 / 3',
    because: { text: 'nvidia.ocsp-missing', params: { subjects: 'Demonstration GSP BROM' } },
  })
  expect(subject.wishes.filter(({ kind }) => kind === 'ocsp').map(({ key, curl }) => [key, curl.slice(0, 7)])).toEqual([
    ['02', 'echo ME'],
  ])
})
it.each([
  ['revoked', { index: 2, status: 'revoked', reason: 1 }, 'ocsp.revoked'],
  ['put on hold', { index: 1, status: 'revoked', reason: 6 }, 'ocsp.hold'],
  ['of the leaf, which nobody has to ask about, revoked', { index: 0, status: 'revoked' }, 'ocsp.revoked'],
] as const)('fails on a certificate %s', async (_, recipe, text) => {
  const { finding } = await asked([...GOOD.filter(({ index }) => index !== recipe.index), recipe])
  expect(finding).toMatchObject({ outcome: 'fail', because: { text, code: 'revoked' } })
})
it.each([
  ['unknown', { index: 2, status: 'unknown' }, 'ocsp.unknown'],
  ['of last week', { index: 2, madeAt: MADE_AT - 7 * 86_400_000 }, 'ocsp.stale'],
] as const)('is not checked on an answer %s', async (_, recipe, text) => {
  const { finding } = await asked([...GOOD.filter(({ index }) => index !== 2), recipe])
  expect(finding).toMatchObject({ outcome: 'not-checked', because: { text } })
})
