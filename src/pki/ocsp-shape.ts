import type { Problem } from '../core/field.ts'
import { isContext, isTag, oidOf, octetStringOf, readDer, sequenceOf, TAG, type DerElement } from '../bytes/der.ts'

/** OIDs of OCSP (RFC 6960). */
export const OCSP_OID = {
  basic: '1.3.6.1.5.5.7.48.1.1',
  nonce: '1.3.6.1.5.5.7.48.1.2',
  noCheck: '1.3.6.1.5.5.7.48.1.5',
} as const

/** The parts of a BasicOCSPResponse, as elements. */
export interface BasicShape {
  readonly whole: DerElement
  readonly tbs: DerElement
  readonly version: DerElement | undefined
  readonly responder: DerElement
  readonly producedAt: DerElement
  readonly list: DerElement
  readonly answers: readonly DerElement[]
  readonly extensionHolder: DerElement | undefined
  readonly extensions: readonly DerElement[]
  readonly algorithm: DerElement
  readonly signature: DerElement
  readonly certificateHolder: DerElement | undefined
  readonly certificates: readonly DerElement[]
  readonly problems: readonly Problem[]
}

/** The parts of an OCSPResponse (RFC 6960 section 4.2.1). */
export interface OcspShape {
  readonly status: DerElement
  readonly holder: DerElement | undefined
  readonly bytes: DerElement | undefined
  readonly typeElement: DerElement | undefined
  readonly type: string | undefined
  readonly octets: DerElement | undefined
  readonly basic: BasicShape | undefined
}

/** Finds the parts. Undefined when the bytes have not the shape of a response. */
export function ocspShape(element: DerElement | undefined): OcspShape | undefined {
  const [status, holder, ...more] = sequenceOf(element) ?? []
  if (!isTag(status, TAG.enumerated) || more.length > 0 || (holder && !isContext(holder, 0))) return undefined
  const bytes = holder?.children?.[0]
  const [typeElement, octets] = sequenceOf(bytes) ?? []
  const type = oidOf(typeElement)
  if (holder && (!isTag(octets, TAG.octetString) || type === undefined)) return undefined
  const content = type === OCSP_OID.basic ? octetStringOf(octets) : undefined
  return {
    status,
    holder,
    bytes,
    typeElement,
    type,
    octets,
    basic: content && basicShape(readDer(content), content.end),
  }
}

function basicShape({ element, problems, end }: ReturnType<typeof readDer>, limit: number): BasicShape | undefined {
  const [tbs, algorithm, signature, certificateHolder, ...more] = sequenceOf(element) ?? []
  const members = [...(sequenceOf(tbs) ?? [])]
  const version = isContext(members[0], 0) ? members.shift() : undefined
  const [responder, producedAt, list, extensionHolder, ...others] = members
  if (
    !element ||
    end !== limit ||
    !tbs ||
    !isTag(algorithm, TAG.sequence) ||
    !isTag(signature, TAG.bitString) ||
    (certificateHolder && !isContext(certificateHolder, 0)) ||
    more.length > 0 ||
    responder?.tagClass !== 'context' ||
    !isTag(producedAt, TAG.generalizedTime) ||
    !isTag(list, TAG.sequence) ||
    (extensionHolder && !isContext(extensionHolder, 1)) ||
    others.length > 0
  )
    return undefined
  return {
    whole: element,
    tbs,
    version,
    responder,
    producedAt,
    list,
    answers: list.children ?? [],
    extensionHolder,
    extensions: sequenceOf(extensionHolder?.children?.[0]) ?? [],
    algorithm,
    signature,
    certificateHolder,
    certificates: sequenceOf(certificateHolder?.children?.[0]) ?? [],
    problems,
  }
}
