import type { FieldNode } from '../core/field.ts'
import { bitStringOf, isContext, isTag, oidOf, sequenceOf, TAG, type DerElement } from '../bytes/der.ts'
import { derLeaf, derStruct, derTree } from '../bytes/der-node.ts'
import { bytesOf } from '../core/place.ts'
import { generalNameNode, generalNamesNode } from './name-node.ts'
import { OID } from './shape.ts'

/** Trees of the values of standard extensions. Each takes the one element inside the octet string. */
type ValueNode = (element: DerElement, path: string) => FieldNode

const LABEL = 'value'

const basicConstraints: ValueNode = (element, path) =>
  derStruct(
    element,
    path,
    LABEL,
    (sequenceOf(element) ?? []).map((member) =>
      isTag(member, TAG.boolean)
        ? derLeaf(member, `${path}.cA`, 'cA', { doc: 'field.basicConstraints.cA' })
        : derLeaf(member, `${path}.pathLenConstraint`, 'pathLenConstraint', {
            doc: 'field.basicConstraints.pathLenConstraint',
          }),
    ),
    { doc: 'field.extension.basicConstraints' },
  )

/** Named bits of a BIT STRING, first bit first. Bits without a name that are set are shown too. */
export function namedBits(
  element: DerElement,
  path: string,
  label: string,
  id: string,
  names: readonly string[],
): FieldNode {
  const bits = bitStringOf(element)
  if (!bits) return derTree(element, path, label)
  const bytes = bytesOf(bits.slice)
  const isSet = (bit: number) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0
  const children: FieldNode[] = names.map((name, bit) => ({
    path: `${path}.${name}`,
    label: name,
    kind: 'bit',
    ranges: [element.range],
    value: { kind: 'bool', value: isSet(bit) },
    children: [],
    problems: [],
    doc: `bit.${id}.${name}`,
    bit: { from: bit, to: bit },
  }))
  for (let bit = names.length; bit < Math.min(bytes.length * 8, 64); bit++) {
    if (isSet(bit))
      children.push({
        path: `${path}.bit${bit}`,
        label: `bit ${bit}`,
        kind: 'bit',
        ranges: [element.range],
        value: { kind: 'bool', value: true },
        children: [],
        problems: [],
        doc: 'bit.unknown',
        bit: { from: bit, to: bit },
      })
  }
  const set = names.filter((_, bit) => isSet(bit))
  return {
    path,
    label,
    kind: 'bits',
    ranges: [element.range],
    value: { kind: 'text', text: set.join(', ') },
    children,
    problems: [],
    doc: `field.extension.${id}`,
  }
}

const KEY_USAGE_BITS = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const

const extKeyUsage: ValueNode = (element, path) =>
  derStruct(
    element,
    path,
    LABEL,
    (sequenceOf(element) ?? []).map((member, i) =>
      derLeaf(member, `${path}[${i}]`, 'KeyPurposeId', { doc: 'field.extKeyUsage.keyPurposeId' }),
    ),
    { doc: 'field.extension.extKeyUsage' },
  )

const authorityKeyIdentifier: ValueNode = (element, path) =>
  derStruct(
    element,
    path,
    LABEL,
    (sequenceOf(element) ?? []).map((member, i) => {
      if (isContext(member, 0))
        return derLeaf(member, `${path}.keyIdentifier`, 'keyIdentifier', {
          doc: 'field.authorityKeyIdentifier.keyIdentifier',
        })
      if (isContext(member, 1))
        return generalNamesNode(
          member,
          `${path}.authorityCertIssuer`,
          'authorityCertIssuer',
          'field.authorityKeyIdentifier.authorityCertIssuer',
        )
      if (isContext(member, 2))
        return derLeaf(member, `${path}.authorityCertSerialNumber`, 'authorityCertSerialNumber', {
          doc: 'field.authorityKeyIdentifier.authorityCertSerialNumber',
        })
      return derTree(member, `${path}[${i}]`, 'member')
    }),
    { doc: 'field.extension.authorityKeyIdentifier' },
  )

const distributionPoints: ValueNode = (element, path) =>
  derStruct(
    element,
    path,
    LABEL,
    (sequenceOf(element) ?? []).map((point, i) => distributionPoint(point, `${path}[${i}]`)),
    { doc: 'field.extension.cRLDistributionPoints' },
  )

function distributionPoint(element: DerElement, path: string): FieldNode {
  return derStruct(
    element,
    path,
    'DistributionPoint',
    (element.children ?? []).map((member, i) => {
      if (isContext(member, 0))
        return derStruct(
          member,
          `${path}.distributionPoint`,
          'distributionPoint',
          (member.children ?? []).map((inner, j) =>
            isContext(inner, 0)
              ? generalNamesNode(inner, `${path}.fullName`, 'fullName', 'field.distributionPoint.fullName')
              : derTree(inner, `${path}.name[${j}]`, 'nameRelativeToCRLIssuer'),
          ),
          { doc: 'field.distributionPoint.distributionPoint' },
        )
      if (isContext(member, 2))
        return generalNamesNode(member, `${path}.cRLIssuer`, 'cRLIssuer', 'field.distributionPoint.cRLIssuer')
      return derTree(member, `${path}[${i}]`, 'reasons')
    }),
    { doc: 'field.distributionPoint' },
  )
}

const issuingDistributionPoint: ValueNode = (element, path) => {
  const labels = [
    'distributionPoint',
    'onlyContainsUserCerts',
    'onlyContainsCACerts',
    'onlySomeReasons',
    'indirectCRL',
    'onlyContainsAttributeCerts',
  ]
  return derStruct(
    element,
    path,
    LABEL,
    (sequenceOf(element) ?? []).map((member, i) => {
      const label = labels[member.tag] ?? 'member'
      if (isContext(member, 0))
        return derStruct(
          member,
          `${path}.distributionPoint`,
          label,
          (member.children ?? []).map((inner, j) =>
            isContext(inner, 0)
              ? generalNamesNode(inner, `${path}.fullName`, 'fullName', 'field.distributionPoint.fullName')
              : derTree(inner, `${path}.name[${j}]`, 'nameRelativeToCRLIssuer'),
          ),
        )
      return derLeaf(member, `${path}.${label}${label === 'member' ? i : ''}`, label)
    }),
    { doc: 'field.extension.issuingDistributionPoint' },
  )
}

const accessDescriptions: ValueNode = (element, path) =>
  derStruct(
    element,
    path,
    LABEL,
    (sequenceOf(element) ?? []).map((member, i) => {
      const [method, location] = sequenceOf(member) ?? []
      if (!method || !location || oidOf(method) === undefined)
        return derTree(member, `${path}[${i}]`, 'AccessDescription')
      return derStruct(
        member,
        `${path}[${i}]`,
        'AccessDescription',
        [
          derLeaf(method, `${path}[${i}].accessMethod`, 'accessMethod', {
            doc: 'field.accessDescription.accessMethod',
          }),
          generalNameNode(location, `${path}[${i}].accessLocation`),
        ],
        { doc: 'field.accessDescription' },
      )
    }),
    { doc: 'field.extension.authorityInfoAccess' },
  )

const policies: ValueNode = (element, path) =>
  derStruct(
    element,
    path,
    LABEL,
    (sequenceOf(element) ?? []).map((member, i) => {
      const [policy, ...qualifiers] = sequenceOf(member) ?? []
      if (!policy) return derTree(member, `${path}[${i}]`, 'PolicyInformation')
      return derStruct(
        member,
        `${path}[${i}]`,
        'PolicyInformation',
        [
          derLeaf(policy, `${path}[${i}].policyIdentifier`, 'policyIdentifier', {
            doc: 'field.certificatePolicies.policyIdentifier',
          }),
          ...qualifiers.map((one, j) => derTree(one, `${path}[${i}].policyQualifiers[${j}]`, 'policyQualifiers')),
        ],
        { doc: 'field.certificatePolicies.policyInformation' },
      )
    }),
    { doc: 'field.extension.certificatePolicies' },
  )

const leaf =
  (doc: string): ValueNode =>
  (element, path) =>
    derLeaf(element, path, LABEL, { doc })
const CRL_REASONS: Readonly<Record<string, string>> = {
  0: 'unspecified',
  1: 'keyCompromise',
  2: 'cACompromise',
  3: 'affiliationChanged',
  4: 'superseded',
  5: 'cessationOfOperation',
  6: 'certificateHold',
  8: 'removeFromCRL',
  9: 'privilegeWithdrawn',
  10: 'aACompromise',
}

/** The name of a CRLReason (RFC 5280 section 5.3.1); the number itself when it has none. */
export function crlReasonName(reason: string): string {
  return (Object.hasOwn(CRL_REASONS, reason) ? CRL_REASONS[reason] : undefined) ?? reason
}

const NODES: Readonly<Record<string, ValueNode>> = {
  [OID.basicConstraints]: basicConstraints,
  [OID.keyUsage]: (element, path) => namedBits(element, path, LABEL, 'keyUsage', KEY_USAGE_BITS),
  [OID.extKeyUsage]: extKeyUsage,
  [OID.subjectKeyIdentifier]: leaf('field.extension.subjectKeyIdentifier'),
  [OID.authorityKeyIdentifier]: authorityKeyIdentifier,
  [OID.subjectAltName]: (element, path) => generalNamesNode(element, path, LABEL, 'field.extension.subjectAltName'),
  [OID.issuerAltName]: (element, path) => generalNamesNode(element, path, LABEL, 'field.extension.issuerAltName'),
  [OID.cRLDistributionPoints]: distributionPoints,
  [OID.issuingDistributionPoint]: issuingDistributionPoint,
  [OID.authorityInfoAccess]: accessDescriptions,
  [OID.certificatePolicies]: policies,
  [OID.nameConstraints]: (element, path) => derTree(element, path, LABEL, { doc: 'field.extension.nameConstraints' }),
  [OID.cRLNumber]: leaf('field.extension.cRLNumber'),
  [OID.deltaCRLIndicator]: leaf('field.extension.deltaCRLIndicator'),
  [OID.invalidityDate]: leaf('field.extension.invalidityDate'),
  [OID.reasonCode]: (element, path) => {
    const node = derLeaf(element, path, LABEL, { doc: 'field.extension.reasonCode' })
    return node.value.kind === 'uint' ? { ...node, symbol: crlReasonName(node.value.value) } : node
  },
}

/** The tree of a standard extension's value; of any other extension, its plain DER. */
export function extensionValueNode(oid: string, element: DerElement, path: string): FieldNode {
  const node = Object.hasOwn(NODES, oid) ? NODES[oid] : undefined
  return node ? node(element, path) : derTree(element, path, LABEL, { doc: 'field.extension.other' })
}

/** Text id that explains an extension. */
export function extensionDoc(oid: string, name: string | undefined): string {
  return Object.hasOwn(NODES, oid) && name !== undefined ? `field.extension.${name}` : 'field.extension.other'
}
