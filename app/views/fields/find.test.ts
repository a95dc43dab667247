import { describe, expect, it } from 'vitest'
import { findBytes, queryBytes } from './find.ts'

describe('finding bytes', () => {
  it('reads hex as bytes and letters as themselves', () => {
    expect(queryBytes('0xdead BEEF').map((bytes) => [...bytes])).toContainEqual([0xde, 0xad, 0xbe, 0xef])
    expect(queryBytes('MRTD').map((bytes) => [...bytes])).toEqual([[0x4d, 0x52, 0x54, 0x44]])
    expect(queryBytes('ab')).toEqual([])
  })
  it('finds every place, overlapping ones too, up to a limit', () => {
    const bytes = Uint8Array.of(1, 1, 1, 2, 1, 1)
    expect(findBytes(bytes, Uint8Array.of(1, 1), 10)).toEqual([0, 1, 4])
    expect(findBytes(bytes, Uint8Array.of(1, 1), 2)).toEqual([0, 1])
    expect(findBytes(bytes, Uint8Array.of(3), 2)).toEqual([])
  })
})
