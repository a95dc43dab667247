import { describe, expect, it } from 'vitest'
import type { FieldNode } from '../../core/field.ts'
import { sliceOf } from '../../core/place.ts'
import { joinBytes } from '../../bytes/join.ts'
import { tilingFaults } from '../../bytes/layout.ts'
import { makeTcg2, makeVariable, type EventRecipe } from './attester.ts'
import { tcgFormats } from './tcg-format.ts'

const le32 = (value: number) => Uint8Array.from([value, value >>> 8, value >>> 16, value >>> 24])
const X509 = Uint8Array.from([
  0xa1, 0x59, 0xc0, 0xa5, 0xe4, 0x94, 0xa7, 0x4a, 0x87, 0xb5, 0xab, 0x15, 0x5c, 0x2b, 0xf0, 0x72,
])
const SHA256 = Uint8Array.from([
  0x26, 0x16, 0xc4, 0xc1, 0x4c, 0x50, 0x92, 0x40, 0xac, 0xa9, 0x41, 0xf9, 0x36, 0x93, 0x43, 0x28,
])

/** A list whose entries are all of one length. */
function list(type: Uint8Array, entries: readonly Uint8Array[]): Uint8Array {
  const size = 16 + (entries[0]?.length ?? 0)
  return joinBytes([
    type,
    le32(28 + size * entries.length),
    le32(0),
    le32(size),
    ...entries.flatMap((entry) => [new Uint8Array(16), entry]),
  ])
}

function decoded(events: readonly EventRecipe[]) {
  const slice = sliceOf('', makeTcg2(['sha256'], events))
  const decoding = tcgFormats[1].decode(slice, { hints: {} })
  const tree = decoding.tree()
  expect(tilingFaults(tree, slice)).toEqual({ holes: [], overlaps: [] })
  return { decoding, tree }
}

function find(node: FieldNode, path: string): FieldNode | undefined {
  if (node.path === path) return node
  for (const child of node.children) {
    const found = find(child, path)
    if (found) return found
  }
  return undefined
}

const certificate = (mark: number) => Uint8Array.from([0x30, 0x82, 0, 2, mark, mark])

describe('lists of keys', () => {
  it('give every certificate once, and hashes none', () => {
    const value = joinBytes([
      list(X509, [certificate(1)]),
      list(SHA256, [new Uint8Array(32).fill(7)]),
      list(X509, [certificate(2)]),
    ])
    const { decoding, tree } = decoded([
      { register: 7, type: 0x80000001, data: makeVariable('db', value) },
      { register: 7, type: 0x800000e0, data: makeVariable('db', joinBytes([new Uint8Array(16), certificate(1)])) },
      { register: 7, type: 0x800000e0, data: makeVariable('Shim', certificate(3)) },
    ])
    expect(decoding.inner.map(({ name, format }) => `${name} ${format}`)).toEqual([
      'db x509.certificate',
      'db x509.certificate',
      'Shim x509.certificate',
    ])
    expect(find(tree, 'events[1].event.variableData[1].signatureType')?.symbol).toBe('SHA-256')
  })
  it('that lie about their lengths stay bytes, and open nothing', () => {
    const value = list(X509, [certificate(1)])
    value.set(le32(0xffffffff), 16)
    const { decoding, tree } = decoded([{ register: 7, type: 0x80000001, data: makeVariable('db', value) }])
    expect(decoding.inner).toEqual([])
    expect(find(tree, 'events[1].event.variableData')?.kind).toBe('leaf')
  })
  it('longer than a window open on demand', () => {
    const hashes = Array.from({ length: 300 }, (_, i) => new Uint8Array(32).fill(i & 255))
    const { decoding, tree } = decoded([
      { register: 7, type: 0x80000001, data: makeVariable('dbx', list(SHA256, hashes)) },
    ])
    const path = 'events[1].event.variableData[0].signatures'
    expect(find(tree, path)?.count).toBe(300)
    expect(decoding.expand?.(path, 250, 260).map((node) => node.path)).toHaveLength(10)
  })
})

describe('records of Windows', () => {
  const record = (id: number, value: Uint8Array) => joinBytes([le32(id), le32(value.length), value])
  const event = (data: Uint8Array): EventRecipe => ({ register: 12, type: 6, data })
  it('open inside each other, with the words in the event’s line', () => {
    const debug = record(0x00040001, Uint8Array.of(1))
    const { tree } = decoded([event(record(0x40010001, record(0x40010003, debug)))])
    expect(find(tree, 'events[1].event[0].inside[0].inside[0].value')?.value).toEqual({ kind: 'text', text: '1' })
    expect(find(tree, 'events[1]')?.value).toEqual({ kind: 'text', text: 'BOOTDEBUGGING 1' })
  })
  it('nested a thousand times are read eight deep, at once', () => {
    let data = record(0x00040001, Uint8Array.of(1))
    for (let i = 0; i < 1000; i++) data = record(0x40010001, data)
    const started = performance.now()
    const { tree } = decoded([event(data)])
    const depth = (node: FieldNode): number => 1 + Math.max(0, ...node.children.map(depth))
    expect(depth(tree)).toBeLessThan(30)
    expect(performance.now() - started).toBeLessThan(1000)
  })
  it('whose lengths lie are bytes', () => {
    const lying = record(0x40010001, record(0x00040001, Uint8Array.of(1)))
    lying.set(le32(0xffff), 12)
    const { tree } = decoded([event(lying)])
    expect(find(tree, 'events[1].event[0].inside')?.kind).toBe('gap')
  })
})

it('a device path opens node by node', () => {
  const path = Uint8Array.from([2, 1, 12, 0, 0xd0, 0x41, 0x03, 0x0a, 0, 0, 0, 0, 0x7f, 0xff, 4, 0])
  const data = joinBytes([new Uint8Array(24), le32(path.length), le32(0), path])
  const { tree } = decoded([{ register: 4, type: 0x80000003, data }])
  expect(find(tree, 'events[1].event.devicePath[0].type')?.symbol).toBe('ACPI')
  expect(find(tree, 'events[1].event.devicePath[1].type')?.symbol).toBe('end')
})
