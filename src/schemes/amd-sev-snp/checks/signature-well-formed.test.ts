import { expect, it } from 'vitest'
import { makeReport } from '../attester.ts'
import { ask, changed, preparedFrom } from '../testing.ts'
import { signatureWellFormed } from './signature-well-formed.ts'

it('passes on a report of the attester', async () =>
  expect(await ask(signatureWellFormed, await makeReport())).toMatchObject({ outcome: 'pass' }))
it('fails for every byte behind the numbers that is not zero: no signature would see it', async () => {
  const report = await makeReport()
  const { prepared } = await preparedFrom(report)
  const zeros = [
    prepared.report?.signature.rUpper,
    prepared.report?.signature.sUpper,
    prepared.report?.signature.reserved,
  ]
  for (const field of zeros) {
    for (let at = field?.ranges[0]?.start ?? 0; at < (field?.ranges[0]?.end ?? 0); at += 5) {
      expect(
        await ask(
          signatureWellFormed,
          changed(report, (copy) => {
            copy[at] = 0x80
          }),
        ),
      ).toMatchObject({ outcome: 'fail', because: { text: 'snp.sig-format', params: { at: `0x${at.toString(16)}` } } })
    }
  }
})
