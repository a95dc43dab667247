import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { decode, getEncoded, Simple, Tag } from 'cbor2'
import { fc } from '../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../core/place.ts'
import { readCbor, type CborItem } from './cbor.ts'
import { diagnose } from './cbor-diagnostic.ts'
import { cborBool, cborBytes, cborHead, cborInt, cborMap, cborNull, cborTag, cborText } from './cbor-writer.ts'
import { joinBytes } from './der-writer.ts'
import { cborTree } from './cbor-node.ts'
import { fromHex, sameBytes, tilingFaults } from './layout.ts'

/** The package `cbor2` as a second reader: values and ranges must agree. It decides nothing. */

const decodeOther = (bytes: Uint8Array): unknown =>
  decode(bytes, { boxed: true, saveOriginal: true, ignoreGlobalTags: true })

/** Where the other reader found a value: it keeps views on the input. */
function placeOf(value: unknown, base: Uint8Array): [number, number] | undefined {
  const own = typeof value === 'object' && value !== null ? getEncoded(value) : undefined
  if (!own || own.buffer !== base.buffer) return undefined
  const start = own.byteOffset - base.byteOffset
  return [start, start + own.length]
}

let placed = 0

/** Differences between two readings of the same bytes, as sentences. */
function differences(item: CborItem, other: unknown, base: Uint8Array, path: string): string[] {
  const faults: string[] = []
  const place = placeOf(other, base)
  if (place) {
    placed++
    if (place[0] !== item.range.start || place[1] !== item.range.end)
      faults.push(`${path}: at ${item.range.start}-${item.range.end}, other ${place.join('-')}`)
  }
  const plain =
    other instanceof Number || other instanceof String || other instanceof Boolean
      ? other.valueOf()
      : typeof other === 'object' && other !== null && Object.getPrototypeOf(other) === BigInt.prototype
        ? (other as { valueOf(): bigint }).valueOf()
        : other
  const want = (isSame: boolean) => {
    if (!isSame)
      faults.push(`${path}: ${item.kind} ${diagnose(item).slice(0, 60)}, other ${String(plain).slice(0, 60)}`)
  }
  switch (item.kind) {
    case 'int':
      want((typeof plain === 'number' || typeof plain === 'bigint') && BigInt(plain) === item.value)
      break
    case 'float':
      want(Object.is(plain, item.value))
      break
    case 'text':
      want(plain === item.text)
      break
    case 'bytes':
      want(plain instanceof Uint8Array && sameBytes(bytesOf(item.content), plain))
      break
    case 'simple':
      want(
        item.value === 20
          ? plain === false
          : item.value === 21
            ? plain === true
            : item.value === 22
              ? plain === null
              : item.value === 23
                ? plain === undefined
                : plain instanceof Simple && plain.value === item.value,
      )
      break
    case 'array': {
      if (!Array.isArray(plain) || plain.length !== item.items.length) {
        want(false)
        break
      }
      item.items.forEach((child, i) => faults.push(...differences(child, plain[i], base, `${path}[${i}]`)))
      break
    }
    case 'map': {
      if (!(plain instanceof Map) || plain.size !== item.entries.length) {
        want(false)
        break
      }
      const entries = [...plain.entries()]
      item.entries.forEach(({ key, value }, i) => {
        faults.push(
          ...differences(key, entries[i]?.[0], base, `${path}.key${i}`),
          ...differences(value, entries[i]?.[1], base, `${path}.${i}`),
        )
      })
      break
    }
    case 'tag':
      if (plain instanceof Tag && BigInt(Number(plain.tag)) === item.tag)
        faults.push(...differences(item.content, plain.contents, base, `${path}()`))
      else want(false)
      break
    case 'broken':
      want(false)
  }
  return faults
}

/** Contents of all byte strings of an item. */
function byteStrings(item: CborItem | undefined): Uint8Array[] {
  switch (item?.kind) {
    case 'bytes':
      return [bytesOf(item.content).slice()]
    case 'array':
      return item.items.flatMap(byteStrings)
    case 'map':
      return item.entries.flatMap(({ key, value }) => [...byteStrings(key), ...byteStrings(value)])
    case 'tag':
      return byteStrings(item.content)
    default:
      return []
  }
}

/** A file whose bytes are one whole array, map or tag, whatever its name. */
function isContainer(path: string): boolean {
  const about = statSync(path)
  if (!about.isFile() || about.size > 1 << 20) return false
  const bytes = new Uint8Array(readFileSync(path))
  const { item, isWhole, end } = readCbor(sliceOf('', bytes))
  return isWhole && end === bytes.length && (item?.kind === 'map' || item?.kind === 'array' || item?.kind === 'tag')
}

function compare(bytes: Uint8Array): string[] {
  const reading = readCbor(sliceOf('', bytes))
  let other: unknown
  try {
    other = decodeOther(bytes)
  } catch (error) {
    const refuses = !reading.isWhole || reading.end !== bytes.length || reading.problems.length > 0
    return refuses ? [] : [`other refuses: ${String(error)}`]
  }
  return reading.item && reading.isWhole && reading.end === bytes.length
    ? differences(reading.item, other, bytes, '')
    : [`refused here: ${reading.problems[0]?.because.text}`]
}

const floatItem = fc.oneof(
  fc.float({ noNaN: true }).map((value) => {
    const view = new DataView(new ArrayBuffer(5))
    view.setUint8(0, 0xfa)
    view.setFloat32(1, value)
    return new Uint8Array(view.buffer)
  }),
  fc.double({ noNaN: true }).map((value) => {
    const view = new DataView(new ArrayBuffer(9))
    view.setUint8(0, 0xfb)
    view.setFloat64(1, value)
    return new Uint8Array(view.buffer)
  }),
  fc.integer({ min: 0, max: 0x7bff }).map((bits) => Uint8Array.of(0xf9, bits >> 8, bits & 255)),
)

const { item: anyItem } = fc.letrec<{ item: Uint8Array; key: Uint8Array }>((tie) => ({
  key: fc.oneof(
    fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n - 1n }).map(cborInt),
    fc.integer({ min: -300, max: 70_000 }).map(cborInt),
    fc.string({ unit: 'grapheme', maxLength: 12 }).map(cborText),
    fc.uint8Array({ maxLength: 8 }).map(cborBytes),
  ),
  item: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('key'),
    floatItem,
    fc.constantFrom(
      cborNull(),
      cborBool(true),
      cborBool(false),
      Uint8Array.of(0xf7),
      Uint8Array.of(0xe5),
      Uint8Array.of(0xf8, 0x20),
    ),
    fc.uint8Array({ maxLength: 300 }).map(cborBytes),
    fc
      .array(fc.uint8Array({ maxLength: 9 }), { maxLength: 3 })
      .map((chunks) => joinBytes([Uint8Array.of(0x5f), ...chunks.map(cborBytes), Uint8Array.of(0xff)])),
    fc
      .array(tie('item') as fc.Arbitrary<Uint8Array>, { maxLength: 5 })
      .map((items) => joinBytes([cborHead(4, items.length), ...items])),
    fc
      .array(tie('item') as fc.Arbitrary<Uint8Array>, { maxLength: 4 })
      .map((items) => joinBytes([Uint8Array.of(0x9f), ...items, Uint8Array.of(0xff)])),
    fc
      .uniqueArray(fc.tuple(tie('key') as fc.Arbitrary<Uint8Array>, tie('item') as fc.Arbitrary<Uint8Array>), {
        maxLength: 5,
        selector: ([key]) => Buffer.from(key).toString('hex'),
      })
      .map((entries) => cborMap(...entries)),
    fc
      .tuple(
        fc.bigInt({ min: 6n, max: 2n ** 32n }).filter((tag) => tag !== 24n),
        tie('item') as fc.Arbitrary<Uint8Array>,
      )
      .map(([tag, content]) => cborTag(tag, content)),
  ),
}))

describe('against cbor2', () => {
  it('agrees on 12 000 generated items, values and ranges', () => {
    placed = 0
    let items = 0
    fc.assert(
      fc.property(anyItem, (bytes) => {
        items++
        expect(compare(bytes)).toEqual([])
      }),
      { numRuns: 12_000, seed: 5 },
    )
    console.log(`cbor2: ${items} items agree, ${placed} ranges compared`)
    expect(items).toBeGreaterThanOrEqual(10_000)
    expect(placed).toBeGreaterThan(10_000)
  })

  it('never throws on mutations of 4 000 items, and shows every byte once', () => {
    const change = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }), cut: fc.boolean() })
    fc.assert(
      fc.property(anyItem, fc.array(change, { minLength: 1, maxLength: 4 }), (bytes, changes) => {
        let mutated = bytes.slice()
        for (const { at, byte, cut } of changes) {
          if (mutated.length === 0) break
          if (cut) mutated = mutated.slice(0, at % mutated.length)
          else mutated[at % mutated.length] = byte
        }
        const slice = sliceOf('', mutated)
        expect(tilingFaults(cborTree(slice, '', 'item').node, slice)).toEqual({ holes: [], overlaps: [] })
      }),
      { numRuns: 4_000, seed: 6 },
    )
  })

  it('differs where it must', () => {
    const rows = [
      ['duplicate keys', 'a2010a010b'],
      ['non-minimal integer', '1817'],
      ['NaN keys', 'a2f97e000af97e000b'],
      ['bad UTF-8', '61ff'],
      ['trailing byte', '0000'],
      ['deep nesting', `${'81'.repeat(70)}00`],
    ].map(([name = '', hex = '']) => {
      const bytes = fromHex(hex) ?? new Uint8Array()
      const ours = readCbor(sliceOf('', bytes))
      let other: string
      try {
        const value = decode(bytes)
        other = value instanceof Map ? `takes it, ${value.size} entries` : `takes it as ${typeof value}`
      } catch (error) {
        other = `throws: ${String(error).slice(0, 50)}`
      }
      return {
        name,
        ours: [
          ...new Set(ours.problems.map((problem) => problem.because.text)),
          ...(ours.end < bytes.length ? ['cbor.trailing (by the tree)'] : []),
        ].join(', '),
        other,
      }
    })
    console.log(rows.map((row) => `  ${row.name}: here ${row.ours}; cbor2 ${row.other}`).join('\n'))
    expect(rows.map((row) => row.ours)).toEqual([
      'cbor.duplicate-key',
      'cbor.non-minimal',
      'cbor.duplicate-key',
      'cbor.utf8',
      'cbor.trailing (by the tree)',
      'cbor.depth',
    ])
  })

  const corpus = process.env['EVIDENCE_CORPUS']
  it.runIf(corpus !== undefined)('agrees on every CBOR file of the corpus', () => {
    const folder = corpus ?? ''
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\.(cbor|cose|coswid|corim)$/.test(name) || isContainer(join(folder, name)),
    )
    let nested = 0
    const faults = files.flatMap((file) => {
      const found: string[] = []
      const todo: Uint8Array[] = [new Uint8Array(readFileSync(join(folder, file)))]
      for (let bytes = todo.pop(); bytes; bytes = todo.pop()) {
        found.push(...compare(bytes).map((fault) => `${file}: ${fault}`))
        const inner = byteStrings(readCbor(sliceOf('', bytes)).item).filter((content) => {
          const reading = readCbor(sliceOf('', content))
          return (
            reading.isWhole &&
            reading.end === content.length &&
            (reading.item?.kind === 'map' || reading.item?.kind === 'array')
          )
        })
        nested += inner.length
        todo.push(...inner)
      }
      return found
    })
    console.log(`cbor2: ${files.length} corpus files compared, and ${nested} byte strings in them`)
    expect(faults).toEqual([])
    expect(files.length).toBeGreaterThan(0)
  })
})
