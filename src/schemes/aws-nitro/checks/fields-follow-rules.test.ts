import { expect, it } from 'vitest'
import { cborArray, cborBytes, cborHead, cborInt, cborMap, cborNull, cborText } from '../../../bytes/cbor-writer.ts'
import { joinBytes } from '../../../bytes/der-writer.ts'
import { context, prepared } from '../testing.ts'
import { fieldsFollowRules } from './fields-follow-rules.ts'

const withField = async (name: string, value: Uint8Array) =>
  fieldsFollowRules.run(await prepared({ bend: { fields: [[name, value]] } }), context)

it('passes on a document, with nulls and with empty user_data, nonce and public_key, as AWS signs them', async () => {
  expect(await fieldsFollowRules.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
  for (const name of ['user_data', 'nonce', 'public_key'])
    expect(await withField(name, cborBytes(new Uint8Array()))).toMatchObject({ outcome: 'pass' })
})
it.each([
  ['module_id', cborText('')],
  ['module_id', cborInt(1)],
  ['digest', cborText('SHA256')],
  ['timestamp', cborInt(0)],
  ['timestamp', cborText('now')],
  ['pcrs', cborMap()],
  ['pcrs', cborMap([0, cborBytes(new Uint8Array(31))])],
  ['pcrs', cborMap([32, cborBytes(new Uint8Array(48))])],
  ['pcrs', cborMap(['0', cborBytes(new Uint8Array(48))])],
  ['pcrs', cborArray()],
  ['certificate', cborNull()],
  ['certificate', cborBytes(new Uint8Array())],
  ['cabundle', cborArray()],
  ['cabundle', cborArray(cborBytes(new Uint8Array(1025)))],
  ['public_key', cborBytes(new Uint8Array(1025))],
  ['public_key', cborText('')],
  ['user_data', cborBytes(new Uint8Array(1 << 20))],
  ['nonce', cborText('x')],
])('fails on %s that breaks its rule', async (name, value) => {
  expect(await withField(name, value)).toMatchObject({ outcome: 'fail', because: { text: 'nitro.format' } })
})
it('does not pass a million registers, of which only so many are read', async () => {
  const many = joinBytes([cborHead(5, 1_000_000), new Uint8Array(300_000)])
  const hostile = await prepared({ bend: { fields: [['pcrs', many]] } })
  expect(hostile.document.payload?.reading.problems.map((problem) => problem.because.text)).toContain('cbor.budget')
  expect((await fieldsFollowRules.run(hostile, context)).outcome).not.toBe('pass')
})
