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
    expect(findBytes(bytes, new Uint8Array(), 2)).toEqual([])
  })
  it('finds the same whichever byte of it is rare', () => {
    const bytes = Uint8Array.of(0, 0, 0, 7, 0, 0, 7, 255, 255, 0, 0, 0, 7)
    const plain = (wanted: readonly number[]) =>
      [...bytes.keys()].filter((at) => wanted.every((byte, i) => bytes[at + i] === byte))
    for (const wanted of [
      [0, 0, 7],
      [7, 0, 0],
      [0, 7, 0],
      [0, 0],
      [255, 255, 0],
      [7, 255],
      [0, 0, 0, 7, 0],
      [7],
      [7, 0, 0, 0],
    ])
      expect(findBytes(bytes, Uint8Array.from(wanted), 99)).toEqual(plain(wanted))
  })
})
