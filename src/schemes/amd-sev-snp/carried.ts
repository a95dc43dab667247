import type { CaseItem } from '../../core/scheme.ts'
import { sameBytes } from '../../bytes/layout.ts'
import { bytesOf } from '../../core/place.ts'
import { findText, latin1 } from '../../envelope/characters.ts'
import { readCertificate } from '../../pki/certificate.ts'
import type { PathResult } from '../../pki/types.ts'
import { FORMATS, type DecodedReport } from './decoded.ts'

/** A certificate that the evidence itself carries in a named place. */
export interface Carried {
  readonly item: CaseItem
  readonly slot: string
  /** `used`: on the chain. `unused`: another certificate stands on the chain in its place. `unreadable`: no certificate at all. */
  readonly state: 'used' | 'unused' | 'unreadable'
}

/** Artifact at the top of an item's own file. */
export function topOf(item: CaseItem, all: ReadonlyMap<number, CaseItem>): number {
  let at = item
  for (let depth = 0; depth < 16 && at.parent !== null; depth++) {
    const parent = all.get(at.parent)
    if (!parent) return at.parent
    at = parent
  }
  return at.artifact
}

/** Data to which the report must commit: what its container pairs with it, and what stands behind it in one file, as in an HCL report without its head. */
export function accompanyingOf(subject: CaseItem, items: readonly CaseItem[]): CaseItem[] {
  const all = new Map([...items, subject].map((one) => [one.artifact, one]))
  return items.filter(
    (item) =>
      item.hints['committedBy'] === 'userData' &&
      (subject.parent === null ? topOf(item, all) === subject.artifact : item.parent === subject.parent),
  )
}

/** What stands in the named places of the report's own file, and whether the chain uses it. A key of the other kind may stand there unused. */
export function carriedBy(
  subject: CaseItem,
  items: readonly CaseItem[],
  path: PathResult | undefined,
  stated: string | undefined,
): Carried[] {
  const all = new Map([...items, subject].map((one) => [one.artifact, one]))
  const top = topOf(subject, all)
  const certificates = (item: CaseItem) =>
    [item, ...items.filter((one) => one.parent === item.artifact)].flatMap((one) => {
      const certificate =
        one.format === 'x509.certificate' || one.format === FORMATS.leaf ? readCertificate(one.slice) : undefined
      return certificate ? [certificate] : []
    })
  return items.flatMap((item): Carried[] => {
    if (!path && item.hints['slot'] === undefined && isBrokenLeaf(item, subject, stated))
      return [{ item, slot: stated ?? 'VCEK', state: 'unreadable' }]
    const unreadable = item.hints['unreadable']
    if (unreadable !== undefined && item.format === FORMATS.table && topOf(item, all) === top)
      return [{ item, slot: unreadable, state: 'unreadable' }]
    const slot = item.hints['slot']
    if (slot === undefined || topOf(item, all) !== top) return []
    const isOtherKind = (slot === 'VCEK' || slot === 'VLEK') && slot !== stated
    if (isOtherKind || (slot !== 'VCEK' && slot !== 'VLEK' && slot !== 'ASK' && slot !== 'ARK')) return []
    const own = certificates(item)
    if (own.length === 0) return [{ item, slot, state: 'unreadable' }]
    const isUsed = own.some((one) => path?.path.some((on) => sameBytes(bytesOf(on.slice), bytesOf(one.slice))))
    return [{ item, slot, state: isUsed ? 'used' : 'unused' }]
  })
}

/**
 * True when a chip's certificate was given that cannot be read, and it is of this chip: a changed certificate, where one of another chip proves nothing.
 * A provider's certificate names no chip.
 */
function isBrokenLeaf({ format, slice, hints }: CaseItem, subject: CaseItem, stated: string | undefined): boolean {
  if (format !== FORMATS.leaf || hints['slot'] !== undefined || readCertificate(slice)) return false
  const chipId = (subject.decoded as DecodedReport).report?.body.chipId.value
  if (stated === 'VLEK') return true
  // Turin's certificates have the first bytes only.
  const id = chipId && latin1(chipId, 0, 8)
  return id !== undefined && !/^\0*$/.test(id) && findText(slice.bytes, slice.start, slice.end, id) >= 0
}
