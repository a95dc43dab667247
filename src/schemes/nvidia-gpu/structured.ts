import { bytesOf, rangeOf, type Located, type Slice } from '../../core/place.ts'
import { readCbor, type CborItem } from '../../bytes/cbor.ts'
import { dottedOid } from '../../bytes/der.ts'
import { valueAt, withoutTags } from '../../envelope/cose.ts'
import type { Report } from './layout.ts'

/** The block that says which measurements are whose (TCG, DICE Concise Evidence Binding for SPDM; Rubin devices). */
export const STRUCTURED_BLOCK = 0xfd

/** What one environment of the evidence holds. */
export interface Part {
  /** Environment and, where it has several values, which one: `1.3.6.1.4.1.5703.….10.100.5 BCRC`. */
  readonly name: string
  readonly value: Located<Uint8Array>
}

/** The table of contents of a report's measurements. */
export interface Contents {
  readonly slice: Slice
  readonly parts: readonly Part[]
  /** Names of the manifests that the device points at, last parts of addresses at NVIDIA's service. */
  readonly manifests: readonly string[]
}

/** Most environments, and values of one, that are read. */
const MOST = 256
const MANIFEST = /^https:\/\/rim\.attestation\.nvidia\.com\/v1\/rim\/([A-Z][A-Za-z0-9_.-]{1,120})$/

/** Reads it where a report has one; what cannot be read is left out. */
export function contentsOf({ response }: Report): Contents | undefined {
  const block = response.record.items.find(({ index }) => index.value === STRUCTURED_BLOCK)
  if (!block) return undefined
  const { slice } = block.value
  const root = mapOf(readCbor(slice).item)
  const blocks = new Map<number, Located<Uint8Array>>()
  // Two blocks of one number, and nobody can say which is meant.
  const twice = new Set<number>()
  for (const { index, value } of response.record.items) {
    if (blocks.has(index.value)) twice.add(index.value)
    blocks.set(index.value, value)
  }
  const measured = (number: number) => (twice.has(number) ? undefined : blocks.get(number))
  const parts = new Map<string, Part>()
  for (const evidence of listOf(root && valueAt(root, 0))) {
    const triples = mapOf(valueAt(mapOf(evidence) ?? [], 0))
    for (const triple of listOf(triples && valueAt(triples, 0)))
      // An environment that stands there twice says nothing certain: the first counts, as it does for registers.
      for (const part of partsOf(triple, measured)) if (!parts.has(part.name)) parts.set(part.name, part)
  }
  const manifests = listOf(root && valueAt(root, 1)).flatMap((one) => {
    const { item } = withoutTags(valueAt(mapOf(one) ?? [], 0))
    return (item?.kind === 'text' && MANIFEST.exec(item.text)?.[1]) || []
  })
  return { slice, parts: [...parts.values()], manifests }
}

const mapOf = (item: CborItem | undefined) => {
  const { item: bare } = withoutTags(item)
  return bare?.kind === 'map' ? bare.entries : undefined
}

const listOf = (item: CborItem | undefined): readonly CborItem[] => {
  const { item: bare } = withoutTags(item)
  return bare?.kind === 'array' ? bare.items.slice(0, MOST) : []
}

/** Values of one environment: the digest in the block that it points at, or the bytes that stand there themselves. */
function partsOf(triple: CborItem, measured: (block: number) => Located<Uint8Array> | undefined): Part[] {
  const [environment, measurements] = triple.kind === 'array' ? triple.items : []
  const classes = mapOf(valueAt(mapOf(environment) ?? [], 0))
  const { item: id, tags } = withoutTags(classes && valueAt(classes, 0))
  const oid = id?.kind === 'bytes' && tags.includes(111n) ? dottedOid(bytesOf(id.content)) : undefined
  if (oid === undefined) return []
  return listOf(measurements).flatMap((one): Part[] => {
    const measurement = mapOf(one) ?? []
    const { item: key } = withoutTags(valueAt(measurement, 0))
    const values = mapOf(valueAt(measurement, 1)) ?? []
    const name = key?.kind === 'text' ? `${oid} ${key.text.slice(0, 64)}` : oid
    const numbers = listOf(valueAt(mapOf(valueAt(values, 12)) ?? [], 0))
    const [number] = numbers
    const pointed = numbers.length === 1 && number?.kind === 'int' ? measured(Number(number.value)) : undefined
    if (pointed) return [{ name, value: pointed }]
    const { item: raw } = withoutTags(valueAt(values, 4))
    return raw?.kind === 'bytes'
      ? [
          {
            name,
            value: { path: 'report.response.record', ranges: [rangeOf(raw.content)], value: bytesOf(raw.content) },
          },
        ]
      : []
  })
}
