import { describe, expect, it } from 'vitest'
import type { FieldNode } from '../core/field.ts'
import type { Slice } from '../core/place.ts'
import { sliceOf } from '../core/place.ts'
import { fromHex } from '../bytes/layout.ts'
import { cborTree } from '../bytes/cbor-node.ts'
import { inspect } from './inspect.ts'
import { cborNotesAt } from './notation.ts'
import { entries, loadScheme } from './registry.ts'

const slice = (hex: string) => sliceOf('', fromHex(hex) ?? new Uint8Array())
const at = (start: number, end: number) => ({ space: '', start, end })

describe('notation of a selection', () => {
  // {1: h'0203', "a": [18("x"), 5]}
  const map = slice('a201420203616182d2617805')
  it.each([
    ['the whole', at(0, 12), '{1: h\'0203\', "a": [18("x"), 5]}'],
    ['a byte string by its content', at(3, 5), "h'0203'"],
    ['its key and head', at(1, 3), "h'0203'"],
    ['an array with its key', at(5, 12), '[18("x"), 5]'],
    ['a tagged text by its content', at(10, 11), '18("x")'],
    ['its heads', at(8, 10), '18("x")'],
    ['a number', at(11, 12), '5'],
  ])('%s', async (_name, selected, wanted) => expect((await cborNotesAt(map, selected))?.diagnostic()).toBe(wanted))
  it('says nothing about part of an item, other bytes and what is no CBOR', async () => {
    expect(await cborNotesAt(map, at(3, 4))).toBeUndefined()
    expect(await cborNotesAt(map, { space: 'x', start: 0, end: 12 })).toBeUndefined()
    expect(await cborNotesAt(slice(''), at(0, 0))).toBeUndefined()
  })
  it('annotates the item and nothing else', async () => {
    expect((await cborNotesAt(map, at(3, 5)))?.annotated()).toBe(
      '42                                       # bytes(2)\n   0203                                  # "\\x02\\x03"',
    )
  })
  it('finds every field of a tree that is CBOR through and through', async () => {
    const { node } = cborTree(map, '', 'item')
    const all: FieldNode[] = [node]
    for (const one of all) all.push(...one.children)
    expect(all.length).toBe(9)
    for (const one of all) expect(await cborNotesAt(map, one.ranges[0] ?? at(0, 0)), one.path).toBeDefined()
  })
  it('finds the registers of a Nitro sample and the claims of a CCA sample in their own spaces', async () => {
    for (const [id, sampleId, label, size] of [
      ['aws-nitro', 'enclave', 'PCR2', 48],
      ['arm-cca', 'token', 'cca-realm-initial-measurement', 32],
    ] as const) {
      const entry = entries.find((one) => one.id === id)
      const sample = entry && (await loadScheme(entry)).samples.find((one) => one.id === sampleId)
      if (!sample) throw new Error('no such sample')
      const { artifacts, spaces } = await inspect(await sample.files())
      const all: FieldNode[] = artifacts[0] ? [artifacts[0].tree] : []
      for (const one of all) all.push(...one.children)
      const range = all.find((one) => one.label === label)?.ranges[0]
      const bytes = spaces.find((one) => one.space.id === range?.space)?.space.bytes ?? new Uint8Array()
      const whole: Slice = sliceOf(range?.space ?? '', bytes)
      const notes = await cborNotesAt(whole, range ?? at(0, 0))
      expect(notes?.diagnostic()).toBe(`h'${Buffer.from(bytes.subarray(range?.start, range?.end)).toString('hex')}'`)
      expect(notes?.annotated()).toContain(`# bytes(${size})`)
    }
  })
})
