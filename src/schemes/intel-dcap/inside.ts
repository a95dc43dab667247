import type { Slice } from '../../core/place.ts'
import type { Mark } from '../../core/scheme.ts'
import { leAt } from '../../bytes/extent.ts'
import { fromHex, isZero } from '../../bytes/layout.ts'
import { INTEL_QE_VENDOR, VENDOR_AT } from './marks.ts'

/** Lengths of a header, and of the bodies of versions 3 and 4. */
const HEADER = 48
const SGX_BODY = 384
const TD_BODY = 584

/** A quote says how long its signature data are, right behind its body. */
function quoteEnd(slice: Slice): number {
  const version = leAt(slice, 0, 2)
  const isTd = leAt(slice, 4, 4) === 0x81
  const body = version === 5 ? 6 + leAt(slice, HEADER + 2, 4) : isTd ? TD_BODY : SGX_BODY
  return Math.min(slice.end, slice.start + HEADER + body + 4 + leAt(slice, HEADER + body, 4))
}

const quote: Mark = { bytes: [...(fromHex(INTEL_QE_VENDOR) ?? [])], behind: VENDOR_AT, end: quoteEnd }

const TDREPORT = 1024
/** REPORTTYPE of a TD with zeros behind it (REPORTMACSTRUCT). */
const tdReport: Mark = {
  bytes: [0x81, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  behind: 0,
  end: ({ bytes, start, end }) =>
    end - start >= TDREPORT && isZero(bytes.subarray(start + 192, start + 224)) ? start + TDREPORT : undefined,
}

export const marks: readonly Mark[] = [quote, tdReport]
