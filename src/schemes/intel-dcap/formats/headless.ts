import { rangeOf, type Slice } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { EvidenceFormat } from '../../../core/scheme.ts'
import { gapNode, hexOffset } from '../../../bytes/layout.ts'
import { latin1 } from '../../../envelope/characters.ts'
import { FORMATS } from '../decoded.ts'
import { VENDOR_AT, VENDOR_TEXT } from '../marks.ts'

/** What is left of a quote whose first bytes were cut off. */
export interface Headless {
  readonly slice: Slice
  /** How many bytes are missing at the front. */
  readonly missing: number
  /** Where the vendor id stands that should stand at 12. */
  readonly vendorAt: number
}

/** A quote without its first bytes: told by the vendor id, which stands too early. Nothing in it can be read for sure, so nothing is; what it carries along is opened. */
export const headlessFormat: EvidenceFormat<Headless> = {
  id: FORMATS.headless,
  message: 'evidence',
  title: 'format.intel.quote-without-head',
  decode(slice) {
    const at = latin1(slice.bytes, slice.start, Math.min(slice.end, slice.start + 64)).indexOf(VENDOR_TEXT)
    const problem = {
      because: say('intel.quote-headless', { at: hexOffset(slice.start + at), missing: VENDOR_AT - at }, 'cut-off'),
      range: rangeOf(slice),
    }
    return {
      tree: () => gapNode('', 'quote without its head', slice, [problem], 'field.intel.headless'),
      decoded: { slice, missing: VENDOR_AT - at, vendorAt: slice.start + at },
      spaces: () => [],
      problems: [],
      inner: [],
      unexplored: [
        { slice: { ...slice, start: Math.min(slice.end, slice.start + at + VENDOR_TEXT.length) }, name: 'carried' },
      ],
    }
  },
  facts: () => ({ measurements: [] }),
}
