import type { FieldNode } from '../../core/field.ts'
import { rangeOf, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import { integerOf, readDer, sequenceOf, type DerElement } from '../../bytes/der.ts'
import { derLeaf, derStruct, derTree, rangeLeaf } from '../../bytes/der-node.ts'
import type { ExtensionReader } from '../../pki/certificate.ts'
import { AUTHORIZATIONS, BOOT_STATES, DESCRIPTION_MEMBERS, LEVELS, ROOT_OF_TRUST } from './key-description.ts'
import { APPLE_NONCE, FIDO_AAGUID, KEY_DESCRIPTION } from './oids.ts'

/** Trees of the extensions that devices put into certificates. */

const symbolOf = (element: DerElement, names: readonly string[]) => {
  const symbol = names[Number(integerOf(element) ?? -1n)]
  return symbol === undefined ? {} : { symbol }
}

function rootOfTrust(element: DerElement, path: string): FieldNode {
  return derStruct(
    element,
    path,
    'RootOfTrust',
    (sequenceOf(element) ?? []).map((one, i) => {
      const name = ROOT_OF_TRUST[i] ?? `[${i}]`
      return derLeaf(one, `${path}.${name}`, name, {
        doc: `field.device.${ROOT_OF_TRUST[i] ?? 'authorization'}`,
        ...(name === 'verifiedBootState' ? symbolOf(one, BOOT_STATES) : {}),
      })
    }),
    { doc: 'field.device.rootOfTrust' },
  )
}

function authorizations(element: DerElement, path: string, label: string): FieldNode {
  return derStruct(
    element,
    path,
    label,
    (sequenceOf(element) ?? []).map((one) => {
      const name = (one.tagClass === 'context' ? AUTHORIZATIONS[one.tag] : undefined) ?? `tag${one.tag}`
      const own = `${path}.${name}`
      const [value] = one.children ?? []
      if (!value) return derTree(one, own, name, { doc: 'field.device.authorization' })
      const inner = name === 'rootOfTrust' ? rootOfTrust(value, `${own}.value`) : derTree(value, `${own}.value`, name)
      return derStruct(one, own, name, [inner], { doc: 'field.device.authorization' })
    }),
    { doc: `field.device.${label}` },
  )
}

const malformed = (value: Slice, path: string): FieldNode => ({
  ...rangeLeaf(rangeOf(value), path, 'value', 'field.device.malformed'),
  problems: [{ because: say('android.extension-malformed'), range: rangeOf(value) }],
})

const keyDescription: ExtensionReader = (value, path) => {
  const { element, problems, end } = readDer(value)
  const members = problems.length === 0 && end === value.end ? sequenceOf(element) : undefined
  if (!element || members?.length !== DESCRIPTION_MEMBERS.length) return malformed(value, path)
  return derStruct(
    element,
    path,
    'KeyDescription',
    members.map((one, i) => {
      const name = DESCRIPTION_MEMBERS[i] ?? 'uniqueId'
      const own = `${path}.${name}`
      if (name === 'softwareEnforced' || name === 'hardwareEnforced') return authorizations(one, own, name)
      return derLeaf(one, own, name, {
        doc: `field.device.${name}`,
        ...(name.endsWith('SecurityLevel') ? symbolOf(one, LEVELS) : {}),
      })
    }),
    { doc: 'field.device.keyDescription' },
  )
}

const named =
  (label: string, doc: string): ExtensionReader =>
  (value, path) => {
    const { element, problems, end } = readDer(value)
    return element && problems.length === 0 && end === value.end
      ? derTree(element, path, label, { doc })
      : malformed(value, path)
  }

export const READERS: Readonly<Record<string, ExtensionReader>> = {
  [KEY_DESCRIPTION]: keyDescription,
  [APPLE_NONCE]: named('nonce', 'field.device.appleNonce'),
  [FIDO_AAGUID]: named('aaguid', 'field.device.aaguid'),
}
