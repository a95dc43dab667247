import { expect, it } from 'vitest'
import { sliceOf } from '../core/place.ts'
import { readCbor } from '../bytes/cbor.ts'
import { byteCount, faultLines, faultsOf } from './claim-rules.ts'

const { item } = readCbor(sliceOf('', Uint8Array.of(0x42, 1, 2)))

it('keeps the bytes of a claim that breaks a rule, and shows eight faults at most', () => {
  const faults = faultsOf('psa.format', (fault) => {
    fault('nonce', '32 / 48 / 64', String(byteCount(item)), item)
    for (let i = 0; i < 9; i++) fault(`absent ${i}`, 'present', 'absent')
  })
  expect(faults).toHaveLength(10)
  expect(faults[0]).toMatchObject({
    because: { text: 'psa.format', params: { field: 'nonce', rule: '32 / 48 / 64', found: '2' } },
    range: { start: 0, end: 3 },
  })
  expect(faults[1]?.range).toBeUndefined()
  const { found, expected } = faultLines(faults)
  expect(found.split('\n')).toHaveLength(8)
  expect(expected.split('\n')[1]).toBe('absent 0: present')
})

it('counts bytes of byte strings only', () => {
  expect(byteCount(readCbor(sliceOf('', Uint8Array.of(0x61, 0x41))).item)).toBeUndefined()
  expect(byteCount(undefined)).toBeUndefined()
})
