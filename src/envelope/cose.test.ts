import { expect, it } from 'vitest'
import { bytesOf, sliceOf, type Space } from '../core/place.ts'
import { cborArray, cborBytes, cborInt, cborMap, cborNull, cborTag, cborText } from '../bytes/cbor-writer.ts'
import { fromHex, tilingFaults, toHex } from '../bytes/layout.ts'
import { coseTree, readCose, valueAt } from './cose.ts'
import { mapBack } from './map-back.ts'

const ES384 = cborMap([1, cborInt(-35)])
const NONE = cborMap()
const payload = cborMap(['a', cborInt(1)])
const message = (
  header: Uint8Array,
  other = NONE,
  body: Uint8Array = cborBytes(payload),
  signature = new Uint8Array(96),
) => cborArray(cborBytes(header), other, body, cborBytes(signature))
const read = (bytes: Uint8Array) => readCose(sliceOf('', bytes))
const faults = (bytes: Uint8Array) => read(bytes).message?.faults.map((fault) => fault.text)

it('reads a message with and without its tag', () => {
  expect(read(message(ES384)).message).toMatchObject({
    kind: 'sign1',
    isTagged: false,
    algorithm: { name: 'ES384', isProtected: true },
    faults: [],
  })
  expect(read(cborTag(18, message(ES384))).message).toMatchObject({ kind: 'sign1', isTagged: true })
  expect(read(cborTag(61, cborTag(18, message(ES384)))).message).toMatchObject({ kind: 'sign1' })
  expect(read(cborTag(17, message(cborMap([1, cborInt(5)])))).message).toMatchObject({ kind: 'mac0' })
  expect(read(message(cborMap([1, cborInt(5)]))).message).toMatchObject({ kind: 'mac0', isTagged: false })
})
it("builds the bytes to be signed from the message's own slices", () => {
  const bytes = cborTag(18, message(ES384))
  const { message: read1, spaces } = read(bytes)
  const space = spaces.find((one) => one.id === read1?.toBeSigned.space)
  expect(toHex(space?.bytes ?? new Uint8Array())).toBe(
    `846a${toHex(new TextEncoder().encode('Signature1'))}44a101382240${toHex(cborBytes(payload))}`,
  )
  const known = new Map<string, Space>(spaces.map((one) => [one.id, one]))
  const back = mapBack(known, { space: space?.id ?? '', start: 0, end: space?.bytes.length ?? 0 })
  expect(back.map(({ start, end }) => toHex(bytes.subarray(start, end)))).toEqual(['a1013822', toHex(payload)])
  expect(
    toHex(
      bytesOf(
        read(cborTag(17, message(cborMap([1, cborInt(5)])))).message?.toBeSigned ?? sliceOf('', new Uint8Array()),
      ),
    ),
  ).toMatch(/^84644d41433043a1010540/)
})
it('keeps the exact payload bytes, even where a shorter encoding exists', () => {
  const long = fromHex('a161611801') ?? new Uint8Array()
  expect(
    toHex(bytesOf(read(message(ES384, NONE, cborBytes(long))).message?.toBeSigned ?? sliceOf('', new Uint8Array()))),
  ).toContain('a161611801')
})
it('takes the algorithm from the protected header only', () => {
  expect(faults(message(NONE, cborMap([1, cborInt(-35)])))).toEqual(['cose.alg.unprotected'])
  expect(faults(message(new Uint8Array(), cborMap([1, cborInt(-35)])))).toEqual(['cose.alg.unprotected'])
  expect(faults(message(ES384, cborMap([1, cborInt(-7)])))).toEqual(['cose.alg.both'])
  expect(faults(message(new Uint8Array()))).toEqual(['cose.alg.missing'])
  expect(faults(message(cborMap([1, cborInt(-35)], [1, cborInt(-7)])))).toEqual(['cbor.duplicate-key'])
  expect(faults(message(cborMap([1, cborInt(-35)], [2, cborArray(cborInt(99))])))).toEqual(['cose.crit'])
  expect(faults(message(Uint8Array.of(0x01)))).toEqual(['cose.header', 'cose.alg.missing'])
})
it('signs an empty header as an empty string, however it is written', () => {
  const signed = (header: Uint8Array) =>
    toHex(bytesOf(read(message(header)).message?.toBeSigned ?? sliceOf('', new Uint8Array())))
  expect(signed(NONE)).toBe(signed(new Uint8Array()))
})
it('knows a detached payload', () => {
  expect(read(message(ES384, NONE, cborNull())).message).toMatchObject({ payload: undefined })
})
it.each([
  ['no array', NONE],
  ['three parts', cborArray(cborBytes(ES384), NONE, cborBytes(payload))],
  ['another tag', cborTag(98, message(ES384))],
  ['a text as payload', cborArray(cborBytes(ES384), NONE, cborText('x'), cborBytes(payload))],
])('is not %s', (_name, bytes) => {
  expect(read(bytes).message).toBeUndefined()
})
it('is not a message that is cut off anywhere', () => {
  const whole = message(ES384)
  for (let length = 0; length < whole.length; length++) expect(read(whole.subarray(0, length)).message).toBeUndefined()
})
it('shows every byte once, header and payload opened', () => {
  for (const bytes of [
    message(ES384),
    cborTag(18, message(ES384)),
    message(ES384, NONE, cborNull()),
    cborTag(18, message(ES384)).subarray(0, 9),
  ]) {
    const slice = sliceOf('', bytes)
    const { node } = coseTree(slice, '', 'COSE', {})
    expect(tilingFaults(node, slice)).toEqual({ holes: [], overlaps: [] })
  }
  const { node } = coseTree(sliceOf('', cborTag(18, message(ES384))), '', 'COSE', {})
  expect(node.children.map((child) => child.path)).toEqual([
    ':head',
    'protected:head',
    'protected',
    'unprotected',
    'payload:head',
    'payload',
    'signature:head',
    'signature',
  ])
})
it('tells integer keys from text keys', () => {
  const { message: found } = read(message(cborMap(['1', cborInt(-35)])))
  expect(valueAt(found?.protectedHeader ?? [], 1)).toBeUndefined()
})
it('finds nothing missing in a header that is an empty string', () => {
  const slice = sliceOf('', message(new Uint8Array()))
  const { node, problems } = coseTree(slice, '', 'COSE', {})
  const all = [node, ...node.children]
  expect([problems, all.flatMap((one) => one.problems), tilingFaults(node, slice)]).toEqual([
    [],
    [],
    { holes: [], overlaps: [] },
  ])
})
