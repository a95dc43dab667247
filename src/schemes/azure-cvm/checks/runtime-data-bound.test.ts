import { expect, it } from 'vitest'
import { makeHcl, makeHclTd, makeRuntimeData, makeTdReport } from '../attester.ts'
import { TDX_REPORT } from '../layout.ts'
import { ask } from '../testing.ts'
import { runtimeDataBound } from './runtime-data-bound.ts'

const runtime = makeRuntimeData({ kty: 'RSA', n: 'AQAB', e: 'AQAB' })
const other = makeRuntimeData({ kty: 'RSA', n: 'AAAA', e: 'AQAB' })
it('passes when REPORTDATA is the digest of exactly these bytes', async () =>
  expect(await ask(runtimeDataBound, await makeHclTd(runtime))).toMatchObject({ outcome: 'pass' }))
it('fails for other runtime data, even with one more space', async () => {
  expect(await ask(runtimeDataBound, makeHcl(await makeTdReport(other), runtime, TDX_REPORT))).toMatchObject({
    outcome: 'fail',
    because: { text: 'azure.runtime-data-differs' },
  })
  const spaced = new TextEncoder().encode(new TextDecoder().decode(runtime).replace(':', ': '))
  expect(await ask(runtimeDataBound, makeHcl(await makeTdReport(runtime), spaced, TDX_REPORT))).toMatchObject({
    outcome: 'fail',
  })
})
