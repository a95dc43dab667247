import type { Slice } from '../../core/place.ts'
import type { EvidenceFormat } from '../../core/scheme.ts'
import { readCbor, type CborItem } from '../../bytes/cbor.ts'
import { cborTree, type CborKey, type CborShape } from '../../bytes/cbor-node.ts'
import { celEntry, type CelParts } from './cel-entry.ts'
import { CONTENT, CONTENT_TYPE, DIGESTS, NV_INDEX, partsOf, PCR, RECNUM } from './cel-cbor-read.ts'
import { FORMATS } from './formats.ts'
import type { Entry } from './model.ts'
import { derivedFrom } from './replay.ts'
import { EVENT_LIMIT } from './tcg.ts'

/** Canonical event logs as CBOR. */

/** Records as they stand in the array. */
function recordsIn(slice: Slice): readonly { readonly item: CborItem; readonly parts: CelParts }[] {
  const { item } = readCbor(slice)
  if (item?.kind !== 'array') return []
  return item.items.slice(0, EVENT_LIMIT).flatMap((one) => {
    const parts = partsOf(one)
    return parts ? [{ item: one, parts }] : []
  })
}

const key = (id: bigint, label: string, shape: CborShape = {}): CborKey => ({
  key: Number(id),
  name: label,
  doc: `field.celCbor.${label}`,
  ...shape,
})
const RECORD: CborShape = {
  keys: [
    key(RECNUM, 'recnum'),
    key(PCR, 'pcr'),
    key(NV_INDEX, 'nvIndex'),
    key(DIGESTS, 'digests', { element: { keys: [key(0n, 'hashAlg'), key(1n, 'digest')] } }),
    key(CONTENT_TYPE, 'contentType'),
    key(CONTENT, 'content', { keys: [key(0n, 'type'), key(1n, 'data')] }),
  ],
}

/** The log as one CBOR array. */
export const celCborFormat: EvidenceFormat<Slice> = {
  id: FORMATS.celCbor,
  message: 'supporting',
  title: `format.${FORMATS.celCbor}`,
  decode(slice) {
    const reading = cborTree(slice, '', 'CEL', { element: RECORD })
    return {
      tree: () => reading.node,
      decoded: slice,
      spaces: () => reading.spaces,
      problems: reading.problems,
      inner: [],
      expand: (path, from, to) => reading.expand(path, from, to) ?? [],
    }
  },
  async derive(slice) {
    const entries = recordsIn(slice).map(({ item, parts }, i): Entry =>
      celEntry({ path: `[${i}]`, ranges: [item.range] }, parts),
    )
    return derivedFrom('firmware', entries, { end: slice.end - slice.start, padding: 0 })
  },
}
