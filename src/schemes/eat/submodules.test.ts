import { expect, it } from 'vitest'
import type { FieldNode } from '../../core/field.ts'
import { bytesOf, sliceOf } from '../../core/place.ts'
import { tilingFaults, toHex } from '../../bytes/layout.ts'
import { cborBytes, cborMap, cborText } from '../../bytes/cbor-writer.ts'
import { makeCwt } from './attester.ts'
import { scheme } from './scheme.ts'

it('names the claims of submodules, of submodules in them, and of tokens nested as byte strings', async () => {
  const nested = await makeCwt()
  const bytes = await makeCwt({
    bend: {
      payload: () =>
        cborMap(
          [1, cborText('maker')],
          [
            266,
            cborMap(
              [
                'radio',
                cborMap([270, cborText('radio firmware')], [266, cborMap(['modem', cborMap([271, cborText('7')])])]),
              ],
              ['tee', cborBytes(nested)],
            ),
          ],
        ),
    },
  })
  const format = scheme.formats.find((one) => one.id === 'eat.cwt')
  if (!format) throw new Error('no such format')
  const slice = sliceOf('', bytes)
  const { tree } = format.decode(slice, { hints: {} })
  expect(tilingFaults(tree(), slice)).toEqual({ holes: [], overlaps: [] })
  const all: FieldNode[] = [tree()]
  for (const one of all) all.push(...one.children)
  const docOf = (path: string) => all.find((one) => one.path === path)?.doc
  expect(docOf('payload.submods.radio.swname')).toBe('field.cwt.swname')
  expect(docOf('payload.submods.radio.submods.modem.swversion')).toBe('field.cwt.swversion')
  expect(docOf('payload.submods.tee.payload.ueid')).toBe('field.cwt.ueid')
  expect(docOf('payload.submods.tee.protected.alg')).toBe('field.cose.alg')
  expect(docOf('payload.submods.tee.payload.submods.radio.dbgstat')).toBe('field.cwt.dbgstat')
  expect(all.find((one) => one.path === 'payload.submods.tee')).toMatchObject({ kind: 'embedded' })
})
it('reads rows of its own documentation, and ends', () => {
  const rows = scheme.formats.find((one) => one.id === 'eat.cwt')?.rows?.() ?? []
  expect(rows.some((row) => row.name.includes('submods[n].submods'))).toBe(true)
  expect(rows.length).toBeLessThan(2_000)
})
it('opens tokens in submodules as parts of their own, and claims only as claims', async () => {
  const nested = await makeCwt()
  const bytes = await makeCwt({
    bend: {
      payload: () =>
        cborMap(
          [1, cborText('maker')],
          [
            266,
            cborMap(
              ['radio', cborMap([270, cborText('radio firmware')], [266, cborMap(['modem', cborBytes(nested)])])],
              ['tee', cborBytes(nested)],
              ['note', cborText('no token')],
            ),
          ],
        ),
    },
  })
  const inner =
    scheme.formats.find((one) => one.id === 'eat.cwt')?.decode(sliceOf('', bytes), { hints: {} }).inner ?? []
  expect(inner.map((one) => [one.name, toHex(bytesOf(one.slice))])).toEqual([
    ['radio/modem', toHex(nested)],
    ['tee', toHex(nested)],
  ])
})
