import { expect, it } from 'vitest'
import { makeReport } from '../attester.ts'
import { demoKeys } from '../demo-keys.ts'
import { chainItems, context, prepared, preparedFrom } from '../testing.ts'
import { reportSigned } from './report-signed.ts'

it('passes on what the device signed', async () => {
  expect(await reportSigned.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it('fails when any one bit differs', async () => {
  const [whole, items] = [await makeReport(), await chainItems()]
  for (let at = 4; at < whole.length; at += 61) {
    const changed = whole.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    const finding = await reportSigned.run(await preparedFrom(changed, items), context)
    expect(['fail', 'not-checked'], `byte ${at}`).toContain(finding.outcome)
  }
})
it('fails under another key', async () => {
  expect(await reportSigned.run(await prepared({ key: demoKeys.brom }), context)).toMatchObject({ outcome: 'fail' })
})
it('is not checked without a chain', async () => {
  expect(await reportSigned.run(await prepared({}, []), context)).toMatchObject({ outcome: 'not-checked' })
})
