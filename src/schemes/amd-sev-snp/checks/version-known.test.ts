import { expect, it } from 'vitest'
import { makeReport } from '../attester.ts'
import { ask } from '../testing.ts'
import { versionKnown } from './version-known.ts'

it.each([2, 3, 4, 5])('passes on version %i', async (version) =>
  expect(await ask(versionKnown, await makeReport({ version }))).toMatchObject({ outcome: 'pass' }),
)
it.each([
  [0, 'snp.version-old'],
  [1, 'snp.version-old'],
  [6, 'snp.version-unknown'],
  [77, 'snp.version-unknown'],
])('does not claim to know version %i', async (version, text) =>
  expect(await ask(versionKnown, await makeReport({ version }))).toMatchObject({
    outcome: 'unsupported',
    because: { text, params: { version } },
  }),
)
