import { expect, it } from 'vitest'
import { makeLeaf, makeReport } from '../attester.ts'
import { ask, leafFile } from '../testing.ts'
import { certificatesInDate } from './certificates-in-date.ts'

const beside = async () => [await leafFile(makeLeaf())]
it('passes within the dates, bounds included', async () => {
  for (const at of ['2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z', '2033-01-01T00:00:00.999Z'])
    expect(
      await ask(certificatesInDate, await makeReport(), { beside: await beside(), at: Date.parse(at) }),
    ).toMatchObject({ outcome: 'pass' })
})
it('is not checked outside them, and says which', async () => {
  expect(
    await ask(certificatesInDate, await makeReport(), {
      beside: await beside(),
      at: Date.parse('2025-12-31T23:59:59Z'),
    }),
  ).toMatchObject({ outcome: 'not-checked', because: { text: 'cert.not-yet-valid' } })
  expect(
    await ask(certificatesInDate, await makeReport(), {
      beside: await beside(),
      at: Date.parse('2033-01-01T00:00:01Z'),
    }),
  ).toMatchObject({ outcome: 'not-checked', because: { text: 'cert.expired' } })
})
