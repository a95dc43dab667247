import type { FieldNode } from '../core/field.ts'
import type { TextId } from '../core/saying.ts'
import { contentOf, isTag, oidOf, sequenceOf, TAG, textOf, type DerElement } from '../bytes/der.ts'
import { derLeaf, derStruct, derTree } from '../bytes/der-node.ts'
import { attributeName, readName } from './names.ts'

/** A distinguished name as a tree: one struct an attribute, the whole name as text. */
export function nameNode(element: DerElement, path: string, label: string, doc: TextId): FieldNode {
  const relatives = (sequenceOf(element) ?? []).map((relative, i) => {
    if (!isTag(relative, TAG.set)) return derTree(relative, `${path}[${i}]`, 'RelativeDistinguishedName')
    const attributes = (relative.children ?? []).map((attribute, j) =>
      attributeNode(attribute, (relative.children?.length ?? 0) === 1 ? `${path}[${i}]` : `${path}[${i}][${j}]`),
    )
    const only = attributes.length === 1 ? attributes[0] : undefined
    return derStruct(relative, `${path}[${i}].set`, only?.label ?? 'RelativeDistinguishedName', attributes, {
      doc: 'field.name.relative',
      ...(only ? { value: only.value } : {}),
    })
  })
  return derStruct(element, path, label, relatives, { doc, value: { kind: 'text', text: readName(element).text } })
}

function attributeNode(element: DerElement, path: string): FieldNode {
  const [type, value] = sequenceOf(element) ?? []
  const oid = oidOf(type)
  if (!type || !value || oid === undefined) return derTree(element, path, 'AttributeTypeAndValue')
  const text = textOf(value)
  return derStruct(
    element,
    path,
    attributeName(oid),
    [
      derLeaf(type, `${path}.type`, 'type', { doc: 'field.name.type' }),
      value.children
        ? derTree(value, `${path}.value`, 'value', { doc: 'field.name.value' })
        : derLeaf(value, `${path}.value`, 'value', { doc: 'field.name.value' }),
    ],
    { doc: 'field.name.attribute', ...(text === undefined ? {} : { value: { kind: 'text', text } }) },
  )
}

const GENERAL_NAMES = [
  'otherName',
  'rfc822Name',
  'dNSName',
  'x400Address',
  'directoryName',
  'ediPartyName',
  'uniformResourceIdentifier',
  'iPAddress',
  'registeredID',
] as const

/** One GeneralName (RFC 5280 section 4.2.1.6). Addresses are text: nothing is ever fetched from one. */
export function generalNameNode(element: DerElement, path: string): FieldNode {
  const label = element.tagClass === 'context' ? (GENERAL_NAMES[element.tag] ?? 'GeneralName') : 'GeneralName'
  const doc = `field.generalName.${label}`
  switch (label) {
    case 'rfc822Name':
    case 'dNSName':
    case 'uniformResourceIdentifier':
      return derLeaf(element, path, label, {
        doc,
        value: { kind: 'text', text: String.fromCharCode(...contentOf(element).subarray(0, 4096)) },
      })
    case 'iPAddress':
      return derLeaf(element, path, label, { doc, value: addressValue(contentOf(element)) })
    case 'directoryName': {
      const inner = element.children?.[0]
      return inner && element.children?.length === 1
        ? derStruct(element, path, label, [nameNode(inner, `${path}.name`, 'Name', 'field.name')], {
            doc,
            value: { kind: 'text', text: readName(inner).text },
          })
        : derTree(element, path, label, { doc })
    }
    case 'otherName':
    case 'x400Address':
    case 'ediPartyName':
    case 'registeredID':
    case 'GeneralName':
      return derTree(element, path, label, { doc })
  }
}

function addressValue(bytes: Uint8Array): FieldNode['value'] {
  if (bytes.length === 4) return { kind: 'text', text: bytes.join('.') }
  return { kind: 'bytes', length: bytes.length }
}

/** GeneralNames: a list of them, under SEQUENCE or an implicit tag. */
export function generalNamesNode(element: DerElement, path: string, label: string, doc: TextId): FieldNode {
  return element.children
    ? derStruct(
        element,
        path,
        label,
        element.children.map((one, i) => generalNameNode(one, `${path}[${i}]`)),
        { doc },
      )
    : derTree(element, path, label, { doc })
}
