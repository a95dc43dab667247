import { expect, it } from 'vitest'
import type { CaseItem } from '../../../core/scheme.ts'
import { makeReport } from '../attester.ts'
import { FORMATS } from '../formats.ts'
import { prepare } from '../prepare.ts'
import { context, itemOf } from '../testing.ts'
import { devicesDistinct } from './devices-distinct.ts'

const listed = (artifact: number, bytes: Uint8Array, sha256: string): CaseItem => ({
  ...itemOf(artifact, bytes, FORMATS.report, 7),
  sha256: () => sha256,
})
async function asked(beside: readonly string[], parent: number | null = 7) {
  const bytes = await makeReport()
  const items = beside.map((sha256, i) => listed(i + 1, bytes, sha256))
  const given = { ...context, items }
  const subject = { ...listed(0, bytes, 'own'), parent }
  return devicesDistinct.run(await prepare(subject, given), given)
}
it('passes on a list of different devices', async () => {
  expect(await asked(['a', 'b'])).toMatchObject({ outcome: 'pass', because: { params: { of: 3 } } })
})
it('fails, as a note, when the same device stands there again', async () => {
  expect(await asked(['own', 'b', 'own'])).toMatchObject({ outcome: 'fail', because: { params: { of: 4, again: 3 } } })
  expect(devicesDistinct.weight).toBe('notes')
})
it('does not apply to a device by itself', async () => {
  expect(await asked([])).toMatchObject({ outcome: 'not-applicable' })
  expect(await asked(['own'], null)).toMatchObject({ outcome: 'not-applicable' })
})
