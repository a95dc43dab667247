import type { Problem } from '../core/field.ts'
import type { Slice } from '../core/place.ts'
import { derMembers, isContext, isTag, readDer, readDerHead, TAG, type DerElement } from '../bytes/der.ts'

/** The parts of a certificate list (RFC 5280 section 5.1). All but the entries are read to the bottom. */
export interface CrlParts {
  readonly whole: DerElement
  readonly tbs: DerElement
  readonly version: DerElement | undefined
  readonly algorithm: DerElement
  readonly issuer: DerElement
  readonly thisUpdate: DerElement
  readonly nextUpdate: DerElement | undefined
  /** Not looked into. */
  readonly revoked: DerElement | undefined
  readonly extensions: DerElement | undefined
  readonly outerAlgorithm: DerElement
  readonly signature: DerElement
  readonly problems: readonly Problem[]
  /** Offset just after the list. */
  readonly end: number
}

function isTime(element: DerElement | undefined): element is DerElement {
  return isTag(element, TAG.utcTime) || isTag(element, TAG.generalizedTime)
}

/** Finds the parts. Undefined when the bytes have not the shape of a certificate list. */
export function readCrlParts(slice: Slice): CrlParts | undefined {
  const head = readDerHead(slice)
  const outer = isTag(head.element, TAG.sequence) ? derMembers(head.element, 3) : undefined
  const [tbs, outerAlgorithm, signature] = outer?.members ?? []
  const inner = isTag(tbs, TAG.sequence) ? derMembers(tbs, 8) : undefined
  if (
    !head.element ||
    !outer ||
    !inner ||
    !tbs ||
    !isTag(outerAlgorithm, TAG.sequence) ||
    !isTag(signature, TAG.bitString)
  )
    return undefined
  const members = [...inner.members]
  const version = isTag(members[0], TAG.integer) ? members.shift() : undefined
  const [algorithm, issuer, thisUpdate, ...rest] = members
  if (!isTag(algorithm, TAG.sequence) || !isTag(issuer, TAG.sequence) || !isTime(thisUpdate)) return undefined
  const nextUpdate = isTime(rest[0]) ? rest.shift() : undefined
  const revoked = isTag(rest[0], TAG.sequence) ? rest.shift() : undefined
  const extensions = isContext(rest[0], 0) ? rest.shift() : undefined
  if (rest.length > 0) return undefined
  const problems: Problem[] = [...head.problems, ...outer.problems, ...inner.problems]
  const deep = (element: DerElement): DerElement => {
    const reading = readDer({ ...element.content, start: element.range.start, end: element.range.end })
    problems.push(...reading.problems)
    return reading.element ?? element
  }
  return {
    whole: head.element,
    tbs,
    version: version && deep(version),
    algorithm: deep(algorithm),
    issuer: deep(issuer),
    thisUpdate: deep(thisUpdate),
    nextUpdate: nextUpdate && deep(nextUpdate),
    revoked,
    extensions: extensions && deep(extensions),
    outerAlgorithm: deep(outerAlgorithm),
    signature: deep(signature),
    problems,
    end: head.end,
  }
}
