import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../../../src/core/policy.ts'
import {
  readHexInput,
  readHexList,
  readPolicyText,
  valuesOf,
  withMember,
  withMinimum,
  withRegister,
} from './policy-edit.ts'

describe('what is typed', () => {
  it('is hex in the ways people write it', () => {
    for (const text of ['0xABcd', 'ab cd', 'AB:CD', ' abcd\n']) expect(readHexInput(text)).toBe('abcd')
    for (const text of ['', '0x', 'abc', 'xy', 'ab-cd']) expect(readHexInput(text)).toBeUndefined()
    expect(readHexList('AB\n\ncd, ab')).toEqual(['ab', 'cd'])
    expect(readHexList('ab\nzz')).toBeUndefined()
  })
  it('sets one member, and takes an empty one away', () => {
    const given = withMember(NO_POLICY, 'nonce', 'ab')
    expect(given).toEqual({ schema: 'policy/1', nonce: 'ab' })
    expect(withMember(given, 'nonce', undefined)).toEqual(NO_POLICY)
    expect(withMember(given, 'chipIds', [])).toEqual(given)
  })
  it('knows a register whatever its case', () => {
    const given = withRegister(withRegister(NO_POLICY, 'MRTD', ['aa']), 'mrtd', ['bb'])
    expect(given.registers).toEqual({ mrtd: ['bb'] })
    expect(valuesOf(given, 'MrTd')).toEqual(['bb'])
    expect(withRegister(given, 'MRTD', [])).toEqual(NO_POLICY)
    expect(withMinimum(withMinimum(NO_POLICY, 'snp', 3), 'snp', undefined)).toEqual(NO_POLICY)
  })
})

describe('a policy from a file', () => {
  it('is taken whole', () =>
    expect(readPolicyText('{"schema":"policy/1","nonce":"ab"}')).toEqual({
      policy: { schema: 'policy/1', nonce: 'ab' },
    }))
  it('is refused with every wrong member named', () => {
    expect(
      readPolicyText('{"schema":"policy/2","nonce":"abc","nonsense":1,"registers":{"MRTD":"ab"},"maxAgeSeconds":-1}'),
    ).toEqual({
      faults: [
        { kind: 'schema' },
        { kind: 'shape', name: 'nonce' },
        { kind: 'unknown', name: 'nonsense' },
        { kind: 'shape', name: 'registers' },
        { kind: 'shape', name: 'maxAgeSeconds' },
      ],
    })
    expect(readPolicyText('[]')).toEqual({ faults: [{ kind: 'object' }] })
    expect(readPolicyText('{')).toMatchObject({ faults: [{ kind: 'json' }] })
  })
})
