import { expect, it } from 'vitest'
import { makeHclTd, makeRuntimeData } from '../attester.ts'
import { ask, factsOf, subjectWith } from '../testing.ts'
import { tdReportVouchedFor } from './td-report-vouched-for.ts'

const runtime = makeRuntimeData({ kty: 'RSA', n: 'AQAB', e: 'AQAB' })
it('passes when a quote carries the same user data and registers, and ties the two', async () => {
  const hcl = await makeHclTd(runtime)
  expect(await ask(tdReportVouchedFor, hcl, [subjectWith(factsOf(hcl))])).toMatchObject({ outcome: 'pass', binds: [7] })
})
it('fails when the quote that came with it contradicts it', async () => {
  const hcl = await makeHclTd(runtime)
  const facts = factsOf(hcl)
  const differing = {
    ...facts,
    measurements: facts.measurements.map((one) =>
      one.name === 'MRTD' ? { ...one, value: { ...one.value, value: new Uint8Array(48) } } : one,
    ),
  }
  const inside = { ...subjectWith(differing), parent: 3 }
  expect(await ask(tdReportVouchedFor, hcl, [inside], 3)).toMatchObject({
    outcome: 'fail',
    because: { text: 'azure.td-report-differs', params: { names: 'MRTD' } },
  })
  // Anybody can write a quote with this user data into a file: it accuses nobody, and it hides no genuine one.
  expect(await ask(tdReportVouchedFor, hcl, [subjectWith(differing)])).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'azure.quote-of-another', code: 'not-for-this' },
  })
  expect(await ask(tdReportVouchedFor, hcl, [subjectWith(differing), subjectWith(facts)])).toMatchObject({
    outcome: 'pass',
  })
})
it('is not checked alone, or beside a quote of something else', async () => {
  const hcl = await makeHclTd(runtime)
  expect(await ask(tdReportVouchedFor, hcl)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'azure.mac-only' },
  })
  expect(
    await ask(tdReportVouchedFor, hcl, [
      subjectWith({ measurements: [], userData: { path: '', ranges: [], value: new Uint8Array(64).fill(9) } }),
    ]),
  ).toMatchObject({ outcome: 'not-checked', because: { text: 'azure.mac-only' } })
})
