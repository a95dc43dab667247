import { expect, it } from 'vitest'
import { makeReport } from '../attester.ts'
import { context, prepared } from '../testing.ts'
import { wellFormed } from './well-formed.ts'

it('passes on a whole report, with no data and with as much as there can be', async () => {
  for (const length of [0, 22, 1024])
    expect(await wellFormed.run(await prepared({ data: new Uint8Array(length) }), context)).toMatchObject({
      outcome: 'pass',
    })
})
it('fails where the length is beyond the array', async () => {
  for (const dataLen of [1025n, 2n ** 63n])
    expect(await wellFormed.run(await prepared({ bend: { dataLen } }), context)).toMatchObject({
      outcome: 'fail',
      because: { text: 'keystone.data-length' },
    })
})
it('fails at shorter lengths', async () => {
  const report = makeReport()
  for (const length of [0, 64, 71, 72, 1095, 1159, 1351])
    expect(await wellFormed.run(await prepared(report.slice(0, length)), context), String(length)).toMatchObject({
      outcome: 'fail',
      because: { code: 'cut-off' },
    })
})
