import type { Slice } from '../../core/place.ts'
import type { EvidenceFormat } from '../../core/scheme.ts'
import type { CborItem } from '../../bytes/cbor.ts'
import { cborTree, type CborKey, type CborShape } from '../../bytes/cbor-node.ts'
import { cborOf } from '../../bytes/head.ts'
import { later } from '../../bytes/later.ts'
import { celEntry, type CelParts } from './cel-entry.ts'
import { CONTENT, CONTENT_TYPE, DIGESTS, NV_INDEX, partsOf, PCR, RECNUM } from './cel-cbor-read.ts'
import { FORMATS } from './formats.ts'
import type { Entry } from './model.ts'
import { derivedFrom } from './replay.ts'
import { EVENT_LIMIT } from './tcg.ts'

/** Canonical event logs as CBOR. */

interface DecodedCelCbor {
  readonly slice: Slice
  /** Undefined for no bytes at all. */
  readonly item: CborItem | undefined
  readonly isWhole: boolean
}

/** Records as they stand in the array: one that reading broke off in is none. */
function* recordsIn(items: readonly CborItem[]): Generator<{ readonly item: CborItem; readonly parts: CelParts }> {
  for (const item of items.slice(0, EVENT_LIMIT)) {
    const parts = item.kind === 'map' && item.isWhole ? partsOf(item) : undefined
    if (parts) yield { item, parts }
  }
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
export const celCborFormat: EvidenceFormat<DecodedCelCbor> = {
  id: FORMATS.celCbor,
  message: 'supporting',
  title: `format.${FORMATS.celCbor}`,
  decode(slice) {
    const reading = cborOf(slice)
    const { item, isWhole, problems } = reading
    const shown = later(() => cborTree(slice, '', 'CEL', { element: RECORD }, reading))
    return {
      tree: () => shown().node,
      decoded: { slice, item, isWhole },
      spaces: () => shown().spaces,
      problems,
      inner: [],
      expand: (path, from, to) => shown().expand(path, from, to),
    }
  },
  async derive({ slice, item, isWhole }) {
    const items = item?.kind === 'array' ? item.items : []
    let last = slice.start
    function* entries(): Generator<Entry> {
      let i = 0
      for (const { item: record, parts } of recordsIn(items)) {
        last = record.range.end
        yield celEntry({ path: `[${i++}]`, ranges: [record.range] }, parts)
      }
    }
    const isPart = !isWhole || items.length > EVENT_LIMIT
    return derivedFrom('firmware', entries(), () => ({
      end: (isPart ? last : slice.end) - slice.start,
      padding: 0,
      isPart,
    }))
  },
}
