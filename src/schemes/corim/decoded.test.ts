import { expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { DEMO_PARTS, makePartsCorim } from './attester.ts'
import { readCorim } from './decoded.ts'

const ARC = '1.3.6.1.4.1.5703.1300.1.1.11.1.11.100'
const groupsOf = (bytes: Uint8Array) => readCorim(sliceOf('', bytes), 'unsigned').corim.groups

it('calls parts of a GPU by their OIDs, and holds them together', () => {
  const groups = groupsOf(makePartsCorim())
  expect(groups.map(({ name }) => name)).toEqual(['NVIDIA driver'])
  expect(
    groups[0]?.values.map(({ register, hash, values }) => [register, hash, values.map(({ value }) => value)]),
  ).toEqual([
    [`${ARC}.2`, 'sha384', [DEMO_PARTS[0]?.digest]],
    [`${ARC}.3`, 'sha384', [DEMO_PARTS[1]?.digest]],
    // Named twice: either is right.
    [`${ARC}.10`, 'sha384', [DEMO_PARTS[2]?.digest, DEMO_PARTS[3]?.digest]],
  ])
})
it('names which of several values of a part it means, and whose firmware the parts are', () => {
  const [group] = groupsOf(makePartsCorim([{ number: 5, key: 'BCRC', digest: new Uint8Array(48) }], 10))
  expect(group).toMatchObject({ name: 'NVIDIA VBIOS' })
  expect(group?.values[0]?.register).toBe('1.3.6.1.4.1.5703.1300.1.1.11.1.10.100.5 BCRC')
})
