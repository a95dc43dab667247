import { integerOf, isContext, isTag, oidOf, sequenceOf, smallIntegerOf, TAG, type DerElement } from '../bytes/der.ts'
import type { HashName } from './types.ts'

/** Hash algorithms by OID. */
export const HASH_OIDS: Readonly<Record<string, HashName>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
  '1.2.156.10197.1.401': 'SM3',
}

export interface PssParameters {
  readonly hash: HashName
  readonly mgfHash: HashName
  readonly saltLength: number
}

const MGF1 = '1.2.840.113549.1.1.8'

/**
 * RSASSA-PSS-params (RFC 4055 section 3.1), with its defaults: SHA-1, MGF1 with SHA-1, 20 bytes of salt. Undefined when it names a hash that is not known, or has another shape.
 * Members that spell out their default are taken, although DER leaves them out: AMD's certificates do so with the trailer field.
 */
export function readPssParameters(element: DerElement | undefined): PssParameters | undefined {
  const members = sequenceOf(element)
  if (!members) return undefined
  let hash: HashName | undefined = 'SHA-1'
  let mgfHash: HashName | undefined = 'SHA-1'
  let saltLength: number | undefined = 20
  let last = -1
  for (const member of members) {
    const inner = member.children?.[0]
    if (member.tagClass !== 'context' || member.tag <= last || member.children?.length !== 1) return undefined
    last = member.tag
    if (isContext(member, 0)) hash = hashOf(inner)
    else if (isContext(member, 1))
      mgfHash =
        oidOf(inner?.children?.[0]) === MGF1 && inner?.children?.length === 2 ? hashOf(inner.children[1]) : undefined
    else if (isContext(member, 2)) saltLength = smallIntegerOf(inner)
    else if (!(isContext(member, 3) && integerOf(inner) === 1n)) return undefined
  }
  return hash === undefined || mgfHash === undefined || saltLength === undefined
    ? undefined
    : { hash, mgfHash, saltLength }
}

function hashOf(element: DerElement | undefined): HashName | undefined {
  const [name, parameters, ...more] = sequenceOf(element) ?? []
  const oid = oidOf(name)
  const isSound = more.length === 0 && (parameters === undefined || isTag(parameters, TAG.null))
  return oid !== undefined && isSound && Object.hasOwn(HASH_OIDS, oid) ? HASH_OIDS[oid] : undefined
}
