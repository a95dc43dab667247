import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { makeReport } from '../attester.ts'
import { ask, type Situation } from '../testing.ts'
import { accompanyingDataBound } from './accompanying-data-bound.ts'

const data = new TextEncoder().encode('{"keys":[]}')
const sha = (name: string) => new Uint8Array(createHash(name).update(data).digest())
const beside = (bytes: Uint8Array, hash = 'SHA-256'): Situation => ({
  sibling: true,
  beside: [{ format: 'test.data', bytes, sibling: true, hints: { committedBy: 'userData', hash } }],
})

it('passes when REPORT_DATA is the digest and zeros', async () => {
  for (const [hash, name] of [
    ['SHA-256', 'sha256'],
    ['SHA-384', 'sha384'],
    ['SHA-512', 'sha512'],
  ] as const)
    expect(
      await ask(accompanyingDataBound, await makeReport({ reportData: sha(name) }), beside(data, hash)),
    ).toMatchObject({ outcome: 'pass' })
})
it('fails when one byte of the data differs, or something stands behind the digest', async () => {
  expect(
    await ask(
      accompanyingDataBound,
      await makeReport({ reportData: sha('sha256') }),
      beside(new TextEncoder().encode('{"keys": []}')),
    ),
  ).toMatchObject({ outcome: 'fail', because: { text: 'snp.accompanying-data-bound.fails' } })
  expect(
    await ask(
      accompanyingDataBound,
      await makeReport({ reportData: Uint8Array.from([...sha('sha256'), 1]) }),
      beside(data),
    ),
  ).toMatchObject({ outcome: 'fail' })
})
it('does not know a digest without a name, and is not asked where nothing accompanies', async () => {
  expect(await ask(accompanyingDataBound, await makeReport(), beside(data, 'MD5'))).toMatchObject({
    outcome: 'unsupported',
  })
  expect(await ask(accompanyingDataBound, await makeReport())).toMatchObject({ outcome: 'not-applicable' })
})
it('fails when the container contradicts itself about the data', async () => {
  const situation: Situation = {
    sibling: true,
    beside: [
      {
        format: 'test.data',
        bytes: data,
        sibling: true,
        hints: { committedBy: 'userData', hash: 'SHA-256', fault: 'sizes' },
      },
    ],
  }
  expect(await ask(accompanyingDataBound, await makeReport({ reportData: sha('sha256') }), situation)).toMatchObject({
    outcome: 'fail',
    because: { text: 'snp.accompanying-contradictory' },
  })
})
