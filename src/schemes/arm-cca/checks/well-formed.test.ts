import { expect, it } from 'vitest'
import { cborArray, cborBytes, cborHead, cborInt, cborMap, cborTag } from '../../../bytes/cbor-writer.ts'
import { joinBytes } from '../../../bytes/der-writer.ts'
import { makeToken } from '../attester.ts'
import { context, prepared, preparedFrom } from '../testing.ts'
import { wellFormed } from './well-formed.ts'

const of = async (bytes: Uint8Array) => (await wellFormed.run(await preparedFrom(bytes), context)).because.text

it('passes on a whole token of each form', async () => {
  for (const form of ['legacy', 'new', 'cmw'] as const)
    expect(await wellFormed.run(await prepared({ form }), context)).toMatchObject({ outcome: 'pass' })
})
it('fails at every shorter length', async () => {
  const whole = await makeToken()
  for (let length = 0; length < whole.length; length += 3)
    expect(await wellFormed.run(await preparedFrom(whole.subarray(0, length)), context), `${length}`).toMatchObject({
      outcome: 'fail',
    })
})
it('fails without one of the tokens, and on other things, by name', async () => {
  expect((await wellFormed.run(await prepared({ bend: { without: 'platform' } }), context)).because.text).toBe(
    'cca.platform-missing',
  )
  expect((await wellFormed.run(await prepared({ bend: { without: 'realm' } }), context)).because.text).toBe(
    'cca.realm-missing',
  )
  expect(await of(cborTag(399, cborMap()))).toBe('cca.platform-missing')
  expect(await of(cborTag(399, cborMap([44234, cborBytes(cborInt(1))], [44241, cborBytes(cborInt(1))])))).toBe(
    'cose.structure',
  )
  expect(await of(joinBytes([cborHead(6, 399), new Uint8Array(5_000).fill(0x81)]))).toBe('cbor.depth')
})
it('says of a token without its byte string that it is there', async () => {
  const bare = cborTag(18, cborArray(cborBytes(cborMap()), cborMap(), cborBytes(cborMap()), cborBytes(cborMap())))
  expect(await of(cborTag(399, cborMap([44234, bare], [44241, cborBytes(bare)])))).toBe('cca.not-wrapped')
  expect(
    await of(
      cborTag(907, cborMap([44234, cborArray(cborInt(263), bare)], [44241, cborArray(cborInt(263), cborBytes(bare))])),
    ),
  ).toBe('cca.not-wrapped')
  expect(await of(cborTag(399, cborMap([44241, cborBytes(bare)], [1, bare])))).toBe('cca.platform-missing')
})
