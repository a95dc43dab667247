import { expect, it } from 'vitest'
import { makeHclTd, makeRuntimeData } from '../attester.ts'
import { HARDWARE_SIZE } from '../layout.ts'
import { ask } from '../testing.ts'
import { reportWhole } from './report-whole.ts'

const runtime = makeRuntimeData({ kty: 'RSA', n: 'AQAB', e: 'AQAB' })
it('passes on a whole report', async () =>
  expect(await ask(reportWhole, await makeHclTd(runtime))).toMatchObject({ outcome: 'pass' }))
it('fails where it is cut off', async () => {
  const whole = await makeHclTd(runtime)
  for (const length of [0, 3, 40, 1220, whole.length - 40])
    expect(await ask(reportWhole, whole.slice(0, length))).toMatchObject({
      outcome: 'fail',
      because: { params: { have: length } },
    })
})
it('fails when it contradicts itself about its size', async () => {
  const report = (await makeHclTd(runtime)).slice()
  const at = 32 + HARDWARE_SIZE
  report[at] = (report[at] ?? 0) ^ 1
  expect(await ask(reportWhole, report)).toMatchObject({ outcome: 'fail', because: { text: 'azure.sizes' } })
})
