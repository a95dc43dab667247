import { expect, it } from 'vitest'
import { joinBytes } from '../../../bytes/der-writer.ts'
import { cborArray, cborBytes, cborHead, cborMap, cborNull } from '../../../bytes/cbor-writer.ts'
import { makeDocument } from '../attester.ts'
import { context, prepared, preparedFrom } from '../testing.ts'
import { wellFormed } from './well-formed.ts'

it('passes on a whole document, with definite and with indefinite maps, tagged and not', async () => {
  for (const bend of [{}, { indefinite: true }, { tagged: true }])
    expect(await wellFormed.run(await prepared({ bend }), context)).toMatchObject({ outcome: 'pass' })
})
it('fails at every shorter length', async () => {
  const whole = await makeDocument()
  for (let length = 0; length < whole.length; length += 7)
    expect(await wellFormed.run(await preparedFrom(whole.subarray(0, length)), context), `${length}`).toMatchObject({
      outcome: 'fail',
    })
})
it('fails on other messages, by name', async () => {
  const of = async (bytes: Uint8Array) => (await wellFormed.run(await preparedFrom(bytes), context)).because.text
  expect(await of(cborMap())).toBe('cose.structure')
  expect(await of(cborArray(cborBytes(cborMap()), cborMap(), cborNull(), cborBytes(new Uint8Array(96))))).toBe(
    'cose.detached',
  )
  expect(
    await of(cborArray(cborBytes(cborMap()), cborMap(), cborBytes(Uint8Array.of(1)), cborBytes(new Uint8Array(96)))),
  ).toBe('cbor.not-a-map')
  expect(await of(new Uint8Array(5_000).fill(0x81))).toBe('cbor.depth')
  const lie = joinBytes([
    Uint8Array.of(0x84, 0x44, 0xa1, 0x01, 0x38, 0x22, 0xa0),
    cborHead(2, 1 << 20),
    new Uint8Array(100),
  ])
  expect(await of(lie)).toBe('cbor.length')
})
it('fails when bytes follow the map inside the payload', async () => {
  const hostile = await prepared({ bend: { payload: (payload) => joinBytes([payload, Uint8Array.of(0)]) } })
  expect(await wellFormed.run(hostile, context)).toMatchObject({ outcome: 'fail', because: { text: 'cbor.trailing' } })
})
