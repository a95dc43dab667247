import { expect, it } from 'vitest'
import { makeReport } from '../attester.ts'
import { context, prepared } from '../testing.ts'
import { enclaveSignedByMonitor } from './enclave-signed-by-monitor.ts'

const run = async (of: Parameters<typeof prepared>[0]) => enclaveSignedByMonitor.run(await prepared(of), context)

it('passes on what the monitor signed, whatever stands behind the counted data', async () => {
  expect(await run({})).toMatchObject({ outcome: 'pass' })
  expect(await run({ data: new Uint8Array() })).toMatchObject({ outcome: 'pass' })
  expect(await run({ leftover: 0xa5 })).toMatchObject({
    outcome: 'pass',
    covers: [{ range: { start: 0, end: 93 } }, {}],
  })
})
it('fails when hash, length, data or signature changed', async () => {
  const report = makeReport()
  for (const at of [0, 63, 64, 72, 92, 1096, 1128]) {
    const changed = report.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(await run(changed), String(at)).toMatchObject({ outcome: 'fail' })
  }
})
it('fails under a key of small order', async () => {
  const blank = makeReport().fill(0, 1160)
  expect(await run(blank)).toMatchObject({ outcome: 'fail', because: { text: 'keystone.weak-key', code: 'key-weak' } })
})
it('is not checked where the report is cut off, or its length says nothing', async () => {
  expect(await run(makeReport().slice(0, 1300))).toMatchObject({ outcome: 'not-checked' })
  expect(await run({ bend: { dataLen: 1025n } })).toMatchObject({ outcome: 'not-checked' })
})
