import { expect, it } from 'vitest'
import { isValueByName, readPolicy } from './policy.ts'

it('a register is bytes; what a log says by name may be any words', () => {
  const wrong = (registers: unknown) => readPolicy({ schema: 'policy/1', registers }).wrong.length
  expect(wrong({ MRTD: ['ab'], cmdline: ['root=/dev/vda1 ro'], 'compose-hash': ['ab'], SecureBoot: ['true'] })).toBe(0)
  expect(wrong({ MRTD: ['not hex'] })).toBe(1)
  expect(wrong({ 'PCR7:sha256': ['words'] })).toBe(1)
  expect(wrong({ cmdline: ['two\nlines'] })).toBe(1)
  expect(wrong({ cmdline: [''] })).toBe(1)
  expect(['RTMR0', 'HOST_DATA', 'MEASUREMENT', 'TA_IMG'].filter(isValueByName)).toEqual([])
})
