import type { Slice } from '../../core/place.ts'
import type { EvidenceFormat } from '../../core/scheme.ts'
import { FORMATS } from './formats.ts'
import { HASH_OF_SIZE, imaEntries, readImaAscii } from './ima.ts'
import { readImaBinary, type ImaRecord } from './ima-read.ts'
import { expandRecords, recordsNode, restBehind } from './records.ts'
import { derivedFrom } from './replay.ts'

interface DecodedIma {
  readonly slice: Slice
  readonly records: readonly ImaRecord[]
}

/** The size of the list's digests: that with which most of it reads. */
function sizeOf(slice: Slice): number {
  const sizes = Object.keys(HASH_OF_SIZE).map(Number)
  const reach = (size: number) => readImaBinary(slice, size, 16).at(-1)?.end ?? slice.start
  return sizes.reduce((best, size) => (reach(size) > reach(best) ? size : best), 20)
}

function imaFormat(
  id: string,
  label: string,
  read: (slice: Slice) => readonly ImaRecord[],
): EvidenceFormat<DecodedIma> {
  return {
    id,
    message: 'supporting',
    title: `format.${id}`,
    decode(slice) {
      const records = read(slice)
      return {
        tree: () => recordsNode(slice, label, records),
        decoded: { slice, records },
        spaces: () => [],
        problems: [],
        inner: [],
        expand: expandRecords(slice, records),
      }
    },
    async derive({ slice, records }) {
      const end = records.at(-1)?.end ?? slice.start
      return derivedFrom('ima', imaEntries(slice, records), {
        end: end - slice.start,
        padding: 0,
        isPart: restBehind(slice, records) !== undefined,
      })
    },
  }
}

/** Lists of what Linux read and ran. */
export const imaFormats = [
  imaFormat(FORMATS.imaBinary, 'IMA measurements', (slice) => readImaBinary(slice, sizeOf(slice))),
  imaFormat(FORMATS.imaAscii, 'IMA measurements', readImaAscii),
] as const
