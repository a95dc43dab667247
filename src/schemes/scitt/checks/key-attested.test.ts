import { expect, it } from 'vitest'
import { sliceOf } from '../../../core/place.ts'
import { digest } from '../../../crypto/verify.ts'
import { context, prepared } from '../testing.ts'
import { keyAttested } from './key-attested.ts'

const key = Uint8Array.of(0xa1, 1, 2)

async function withReport(userData: Uint8Array) {
  const all = await prepared()
  const slice = sliceOf('', key)
  const report = {
    artifact: 1,
    facts: { measurements: [], userData: { path: 'reportData', ranges: [], value: userData } },
  }
  return {
    ...all,
    cose: {
      ...all.cose,
      attested: {
        label: 'attestedsvc',
        range: { space: '', start: 0, end: 3 },
        report: slice,
        key: slice,
        endorsements: undefined,
        uvm: undefined,
      },
    },
    attested: { keyHash: await digest('SHA-256', key), report: { ...all, ...report } as never },
  }
}

it('does not arise for a statement under a certificate', async () => {
  expect(keyAttested.applies?.(await prepared())).toBe(false)
})
it('passes where the report data begins with the hash of the key, and fails where it does not', async () => {
  const field = new Uint8Array(64)
  field.set(await digest('SHA-256', key))
  expect(await keyAttested.run(await withReport(field), context)).toMatchObject({ outcome: 'pass' })
  expect(await keyAttested.run(await withReport(new Uint8Array(64)), context)).toMatchObject({ outcome: 'fail' })
})
