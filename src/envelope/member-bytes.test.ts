import { expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../core/place.ts'
import { member, parseJson } from '../bytes/json.ts'
import { readBase64 } from './base64.ts'
import { readHex } from './hex.ts'
import { listBytes, stringBytes } from './member-bytes.ts'

const TEXT = String.raw`{"hex":"0102","base64":"AQI\u003d","list":[1, 2],"negative":[1,-1],"large":[256],"word":"~","number":7}`
const file = sliceOf('', new TextEncoder().encode(TEXT))
const { value } = parseJson(file)
const of = (name: string) => member(value, name)

it('reads a string with the first reader that can, and keeps every space on the way', () => {
  const hex = stringBytes(file, of('hex'), readHex, readBase64)
  expect(hex && [...bytesOf(hex.slice)]).toEqual([1, 2])
  expect(hex?.spaces.map(({ via }) => via)).toEqual(['hex'])
  const base64 = stringBytes(file, of('base64'), readHex, readBase64)
  expect(base64 && [...bytesOf(base64.slice)]).toEqual([1, 2])
  expect(base64?.spaces.map(({ via }) => via)).toEqual(['json-unescape', 'base64'])
})

it('says no bytes where there are none', () => {
  for (const name of ['word', 'number', 'list', 'absent'])
    expect(stringBytes(file, of(name), readHex, readBase64)).toBeUndefined()
  for (const name of ['negative', 'large', 'hex', 'absent']) expect(listBytes(file, of(name))).toBeUndefined()
})

it('ties each byte of a list to its digits', () => {
  const list = listBytes(file, of('list'))
  expect(list && [...bytesOf(list.slice)]).toEqual([1, 2])
  const digits = list?.spaces[0]?.pieces.map(({ sourceStart, sourceEnd }) => TEXT.slice(sourceStart, sourceEnd))
  expect(digits).toEqual(['1', '2'])
})
