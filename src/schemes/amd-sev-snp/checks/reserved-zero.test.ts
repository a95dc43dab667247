import { expect, it } from 'vitest'
import { makeReport } from '../attester.ts'
import { preparedFrom, ask } from '../testing.ts'
import { reservedZero } from './reserved-zero.ts'

it.each([2, 3, 4, 5])('passes on version %i', async (version) =>
  expect(await ask(reservedZero, await makeReport({ version, platformInfo: 0xffn }))).toMatchObject({
    outcome: 'pass',
  }),
)
it('passes on Turin, where the zeros of a TCB stand elsewhere', async () =>
  expect(await ask(reservedZero, await makeReport({ product: 'Turin', version: 5 }))).toMatchObject({
    outcome: 'pass',
  }))
it('names the field and the byte, whoever signed it', async () => {
  const { prepared } = await preparedFrom(await makeReport())
  const fields = ['reserved1', 'reserved2'] as const
  for (const name of fields) {
    const at = prepared.report?.body[name].ranges[0]?.start ?? 0
    const bent = await makeReport({
      bend: (body) => {
        body[at + 1] = 1
      },
    })
    expect(await ask(reservedZero, bent)).toMatchObject({
      outcome: 'fail',
      because: { text: 'snp.mbz', params: { field: name, at: `0x${(at + 1).toString(16)}` } },
    })
  }
})
it('finds processor bytes in a version 2 report and mitigation vectors before version 5', async () => {
  const { prepared } = await preparedFrom(await makeReport({ version: 5 }))
  const family = prepared.report?.body.cpuid.family?.ranges[0]?.start ?? 0
  const vector = prepared.report?.body.mitigations.launch?.ranges[0]?.start ?? 0
  expect(
    await ask(
      reservedZero,
      await makeReport({
        version: 2,
        bend: (body) => {
          body[family] = 0x19
        },
      }),
    ),
  ).toMatchObject({ outcome: 'fail', because: { text: 'snp.mbz', params: { field: 'cpuid' } } })
  expect(
    await ask(
      reservedZero,
      await makeReport({
        version: 3,
        bend: (body) => {
          body[vector] = 1
        },
      }),
    ),
  ).toMatchObject({ outcome: 'fail', because: { text: 'snp.mbz', params: { field: 'mitigations' } } })
})
it('wants bit 17 of the policy, and lets bits without a name pass', async () => {
  expect(await ask(reservedZero, await makeReport({ policy: 1n << 16n }))).toMatchObject({
    outcome: 'fail',
    because: { text: 'snp.mbo' },
  })
  expect(
    await ask(reservedZero, await makeReport({ policy: 0x30000n | (1n << 40n), platformInfo: 1n << 50n })),
  ).toMatchObject({ outcome: 'pass' })
})
