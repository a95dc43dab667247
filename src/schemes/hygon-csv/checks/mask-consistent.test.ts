import { expect, it } from 'vitest'
import { toHex } from '../../../bytes/layout.ts'
import { sm3 } from '../../../crypto/sm3.ts'
import { makeReportV1, withOtherMask } from '../attester.ts'
import { ask } from '../testing.ts'
import { maskConsistent } from './mask-consistent.ts'

it('holds without a session', async () => {
  expect(await ask(maskConsistent, {})).toMatchObject({
    outcome: 'pass',
    because: { text: 'csv.mask-consistent.holds' },
  })
})
it('another mask', async () => {
  expect(await ask(maskConsistent, { report: withOtherMask(await makeReportV1(), 2) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'csv.mask-consistent.fails' },
  })
})
it('a session leaves it open', async () => {
  expect(await ask(maskConsistent, { report: await makeReportV1({ session: sm3(Uint8Array.of(1)) }) })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'csv.mask-open' },
  })
})
it('an expected digest settles it', async () => {
  expect(
    await ask(maskConsistent, {
      report: await makeReportV1({ session: sm3(Uint8Array.of(1)), measure: sm3(Uint8Array.of(2)) }),
      policy: { schema: 'policy/1', registers: { MEASURE: [toHex(sm3(Uint8Array.of(2)))] } },
    }),
  ).toMatchObject({ outcome: 'pass', because: { text: 'csv.mask-pinned-by-measure' } })
})
