import { diagnose as otherDiagnose } from 'cbor2'
import { expect, it } from 'vitest'
import { sliceOf } from '../core/place.ts'
import { readCbor } from './cbor.ts'
import { annotate, annotatedHex, diagnose } from './cbor-diagnostic.ts'
import { fromHex } from './layout.ts'

const slice = (hex: string) => sliceOf('', fromHex(hex) ?? new Uint8Array())

it.each([
  '831818a16161f93c00f6',
  'd28443a10126a04401020304413f',
  'a2616101616282f5f4',
  '9f0102ff',
  'bf616101ff',
  'fb3ff199999999999a',
  'f97c00',
  'f98000',
  '6574c3a97374',
  'f0',
])('prints %s as the other reader does', (hex) => {
  const item = readCbor(slice(hex)).item
  expect(item && diagnose(item)).toBe(otherDiagnose(fromHex(hex) ?? '', { diagnosticSizes: -1 }))
})
it('prints chunks, deep nesting and what is broken', () => {
  const print = (hex: string) => {
    const item = readCbor(slice(hex)).item
    return item && diagnose(item)
  }
  expect(print('5f4101420203ff')).toBe("(_ h'01', h'0203')")
  expect(print(`${'81'.repeat(64)}00`)).toBe(`${'['.repeat(64)}0${']'.repeat(64)}`)
  expect(print('8301')).toBe('[1]')
  expect(print('821c')).toBe('[…]')
})
it('annotates every byte once, in order, as it is usually printed', () => {
  const bytes = slice('d28443a10126a0446869ff0a5f4101ffa161611903e8')
  const { item } = readCbor(bytes)
  if (!item) throw new Error('no item')
  expect(annotatedHex(bytes, item)).toBe(
    [
      'D2                                       # tag(18)',
      '   84                                    # array(4)',
      '      43                                 # bytes(3)',
      '         A10126                          # "\\xA1\\x01&"',
      '      A0                                 # map(0)',
      '      44                                 # bytes(4)',
      '         6869FF0A                        # "hi\\xFF\\x0A"',
      '      5F                                 # bytes(*)',
      '         41                              # bytes(1)',
      '            01                           # "\\x01"',
      '         FF                              # break',
    ].join('\n'),
  )
  let at = 0
  for (const line of annotate(item)) {
    expect(line.range.start).toBe(at)
    at = line.range.end
  }
  expect(at).toBe(item.range.end)
  const map = slice('a161611903e8')
  const read = readCbor(map).item
  expect(read && annotatedHex(map, read)).toContain('   19 03E8                               # unsigned(1000)')
})
