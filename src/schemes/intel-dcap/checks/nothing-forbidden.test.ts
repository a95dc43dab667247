import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { nothingForbidden } from './nothing-forbidden.ts'

it('does not arise when the reader forbids nothing', async () => {
  expect(await findingOf(nothingForbidden, { platform: { smtEnabled: true } })).toMatchObject({
    outcome: 'not-applicable',
  })
})
it('passes when nothing of it is there, fails when something is, and says when the evidence is silent', async () => {
  const policy = { forbid: ['smt', 'migratable', 'sept-ve-enabled', 'debug'] as const }
  expect(await findingOf(nothingForbidden, {}, { policy })).toMatchObject({ outcome: 'pass' })
  expect(
    await findingOf(nothingForbidden, { platform: { smtEnabled: true }, td: { tdAttributes: 1n << 29n } }, { policy }),
  ).toMatchObject({ outcome: 'fail', found: 'smt, migratable, sept-ve-enabled' })
  expect(await findingOf(nothingForbidden, { version: 3 }, { policy })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'intel.forbidden-unknown', params: { what: 'smt' } },
  })
})
