import { expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import { appraise } from './appraise.ts'
import { sampleFiles, textsFor } from './catalogue.ts'
import { speaker } from './contract.ts'
import { lookAhead } from './outlook.ts'

it.each([
  ['en', /^OCSP answer.* for Demonstration GSP BROM ends$/],
  ['zh', /^Demonstration GSP BROM 的 OCSP 应答.*到期$/],
] as const)('what ends is called by what it is, not by the id of its kind: %s', async (locale, expected) => {
  const files = await sampleFiles('nvidia-gpu', 'good')
  const options = { at: Date.parse('2026-06-15T12:00:00Z'), atSource: 'given', policy: NO_POLICY } as const
  const { changesAt } = await lookAhead(files, options, await appraise(files, options))
  expect(changesAt && speaker(await textsFor(['nvidia-gpu', 'x509'], locale))(changesAt.because)).toMatch(expected)
})
