import type { ByteRange } from '../core/place.ts'
import { say, type Saying, type TextId } from '../core/saying.ts'
import type { Finding } from '../core/verdict.ts'
import type { CborItem } from '../bytes/cbor.ts'

/** Rules for the claims of a token: each scheme has its own table and its own words; how faults are gathered and shown stands here once. */

/** A claim that breaks a rule of its profile. */
export interface ClaimFault {
  readonly because: Saying
  readonly range: ByteRange | undefined
}

/** Complains of a claim: what the rule wants, and what stands there. */
export type Fault = (field: string, rule: string, found: string, item?: CborItem) => void

/** What `run` complains of, each in the scheme's sentence, which has holes for `field`, `rule` and `found`. */
export function faultsOf(text: TextId, run: (fault: Fault) => void): ClaimFault[] {
  const faults: ClaimFault[] = []
  run((field, rule, found, item) => faults.push({ because: say(text, { field, rule, found }), range: item?.range }))
  return faults
}

/** Bytes in a byte string; undefined for anything else. */
export function byteCount(item: CborItem | undefined): number | undefined {
  return item?.kind === 'bytes' ? item.content.end - item.content.start : undefined
}

const SHOWN = 8

/** What was found and what was expected, a line for each of the first faults. */
export function faultLines(faults: readonly ClaimFault[]): Required<Pick<Finding, 'found' | 'expected'>> {
  const lines = (side: 'found' | 'rule') =>
    faults
      .slice(0, SHOWN)
      .map(({ because: { params } }) => `${params['field']}: ${params[side]}`)
      .join('\n')
  return { found: lines('found'), expected: lines('rule') }
}
