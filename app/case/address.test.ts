import { describe, expect, it } from 'vitest'
import { readAddress, writeAddress } from './address-text.ts'
import { citePointer, pointerText, readPointer } from './selection.ts'

describe('the address', () => {
  it('comes back as it was written', () => {
    const hash = '#lang=zh&theme=dark&sample=example/note&case=2&panel=fields&field=0:body.mrTd&e=1.abc'
    expect(writeAddress(readAddress(hash))).toBe(hash)
  })
  it('keeps what others put there and drops what it cannot use', () => {
    expect(readAddress('#lang=xx&theme=pink&case=-1&z=1')).toMatchObject({
      lang: null,
      theme: 'system',
      case: null,
      rest: [['z', '1']],
    })
    expect(writeAddress(readAddress(''))).toBe('')
  })
})

describe('a pointer', () => {
  it('names a field or bytes', () => {
    expect(readPointer(pointerText(3, 'body.mrTd', null))).toEqual({ artifact: 3, path: 'body.mrTd', range: null })
    expect(readPointer(pointerText(3, null, { space: 'base64@0/hex@2', start: 120, end: 184 }))).toEqual({
      artifact: 3,
      path: null,
      range: { space: 'base64@0/hex@2', start: 120, end: 184 },
    })
  })
  it('is null for anything else', () => {
    for (const text of [null, '', 'x', '-1:a', '99999999:a']) expect(readPointer(text)).toBeNull()
  })
  it('points at each piece of a scattered citation', () => {
    const range = { space: '', start: 4, end: 8 }
    expect(citePointer({ artifact: 0, path: 'a.b', ranges: [range] })).toBe('0:a.b')
    expect(citePointer({ artifact: 0, path: 'a.b', ranges: [range, { space: '', start: 20, end: 24 }] })).toBe(
      '0:@!4-8',
    )
  })
})
