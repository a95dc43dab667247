import { expect, it } from 'vitest'
import { sliceOf } from '../core/place.ts'
import { keyUses, type CandidateKey } from './given-keys.ts'

const key = (artifact: number, byte: number): CandidateKey => ({
  spki: Uint8Array.of(byte),
  kind: 'ec:P-256',
  status: 'added',
  holder: '',
  country: '',
  sha256: '',
  source: {
    item: {
      artifact,
      parent: null,
      name: `${artifact}`,
      sha256: () => '',
      origin: 'dropped',
      format: null,
      message: 'unknown',
      slice: sliceOf('', new Uint8Array()),
      decoded: undefined,
      facts: { measurements: [] },
      hints: {},
    },
    range: { space: '', start: 0, end: 1 },
  },
  beside: [],
})

it('says of no copy of the key that signed that it did not', () => {
  const used = key(1, 7)
  expect(keyUses([used, key(2, 7), key(3, 8)], used).map(({ artifact, use }) => [artifact, use])).toEqual([
    [1, 'used'],
    [2, 'used'],
    [3, 'not-for-this'],
  ])
})
