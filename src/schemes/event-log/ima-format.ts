import type { Derived } from '../../core/derived.ts'
import type { Slice } from '../../core/place.ts'
import type { EvidenceFormat } from '../../core/scheme.ts'
import { FORMATS } from './formats.ts'
import { HASH_OF_SIZE, ImaEntry, readImaAscii } from './ima.ts'
import { readImaBinary, type ImaRecord } from './ima-read.ts'
import type { Entry } from './model.ts'
import { endOf, Ends, eventPlaces, expandRecords, recordsNode } from './records.ts'
import { derivedFrom } from './replay.ts'

/** The size of the list's digests: that with which most of it reads. */
function sizeOf(slice: Slice): number {
  const sizes = Object.keys(HASH_OF_SIZE).map(Number)
  const reach = (size: number) => [...readImaBinary(slice, size, 16)].at(-1)?.end ?? slice.start
  return sizes.reduce((best, size) => (reach(size) > reach(best) ? size : best), 20)
}

function imaFormat(id: string, label: string, read: (slice: Slice) => Iterable<ImaRecord>): EvidenceFormat<Derived> {
  return {
    id,
    message: 'supporting',
    title: `format.${id}`,
    decode(slice) {
      const ends = new Ends(slice)
      function* entries(): Generator<Entry> {
        for (const record of read(slice)) {
          const entry = new ImaEntry(slice, record, ends.count)
          ends.put(record.end)
          yield entry
        }
      }
      const derived = derivedFrom('ima', entries(), () => endOf(ends))
      const places = eventPlaces(ends, derived.events)
      return {
        tree: () => recordsNode(slice, label, places),
        decoded: derived,
        spaces: () => [],
        problems: [],
        inner: [],
        expand: expandRecords(slice, places),
      }
    },
    derive: async (derived) => derived,
  }
}

/** Lists of what Linux read and ran. */
export const imaFormats = [
  imaFormat(FORMATS.imaBinary, 'IMA measurements', (slice) => readImaBinary(slice, sizeOf(slice))),
  imaFormat(FORMATS.imaAscii, 'IMA measurements', readImaAscii),
] as const
