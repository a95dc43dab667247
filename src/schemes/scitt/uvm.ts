import type { Located, Slice } from '../../core/place.ts'
import type { StatedGroup } from '../../core/statement.ts'
import { fromHex } from '../../bytes/layout.ts'
import { member, parseJson, textOf } from '../../bytes/json.ts'

/** Microsoft's endorsement of a utility VM: a launch measurement of SEV-SNP and a security version, as JSON. */

const MEASUREMENT = 'x-ms-sevsnpvm-launchmeasurement'
const SVN = 'x-ms-sevsnpvm-guestsvn'

export interface UvmContent {
  readonly groups: readonly StatedGroup[]
  readonly claims: readonly { readonly name: string; readonly value: string }[]
}

/** What the stated JSON names; nothing where it is something else. */
export function readUvm(content: Slice): UvmContent {
  const root = content.bytes[content.start] === 0x7b ? parseJson(content).value : undefined
  const measurement = member(root, MEASUREMENT)
  const value = fromHex(textOf(measurement) ?? '-')
  const svn = textOf(member(root, SVN))
  const located: Located<Uint8Array> | undefined =
    measurement && value?.length === 48 ? { path: MEASUREMENT, ranges: [measurement.range], value } : undefined
  return {
    groups: located ? [{ name: '', values: [{ register: 'MEASUREMENT', hash: 'sha384', values: [located] }] }] : [],
    // Not GUEST_SVN of the report: that is the image's own number, this one counts Microsoft's releases.
    claims: svn === undefined ? [] : [{ name: SVN, value: svn }],
  }
}
