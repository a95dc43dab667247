import type { FieldNode } from '../../core/field.ts'
import { bytesOf, rangeOf, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import { isTag, octetStringOf, sequenceOf, TAG, type DerElement } from '../../bytes/der.ts'
import { derLeaf, derStruct, derTree, rangeLeaf, type DerNodeOptions } from '../../bytes/der-node.ts'
import { namedBits } from '../../pki/extension-nodes.ts'
import type { ExtensionReader } from '../../pki/certificate.ts'
import { openDiceMembers, modeOf, printable, tcbInfoMembers, valueOf } from './extensions.ts'
import { FLAGS, MODES, type TcbInfoMember } from './layout.ts'
import { MULTI_TCB_INFO, OPEN_DICE, TCB_INFO, UEID } from './oids.ts'

/** Trees of DICE's extensions. What does not follow the specification stays one leaf that says so. */

const asText = (element: DerElement): DerNodeOptions => {
  const text = printable(bytesOf(element.content))
  return text === undefined ? {} : { value: { kind: 'text', text } }
}

function tcbInfoMember(name: TcbInfoMember, element: DerElement, path: string): FieldNode {
  const own = `${path}.${name}`
  const doc = `field.dice.${name}`
  switch (name) {
    case 'svn':
    case 'layer':
    case 'index': {
      const number = derLeaf({ ...element, tagClass: 'universal', tag: TAG.integer }, own, name, { doc })
      return { ...number, ranges: [element.range] }
    }
    case 'fwids':
      return derStruct(
        element,
        own,
        name,
        (element.children ?? []).map((one, i) => fwid(one, `${own}[${i}]`)),
        { doc },
      )
    case 'flags':
    case 'flagsMask': {
      const bits = namedBits({ ...element, tagClass: 'universal', tag: TAG.bitString }, own, name, 'dice', FLAGS)
      return { ...bits, doc }
    }
    case 'vendor':
    case 'model':
    case 'version':
    case 'type':
    case 'vendorInfo':
      return element.children
        ? derTree(element, own, name, { doc })
        : derLeaf(element, own, name, { doc, ...asText(element) })
  }
}

function fwid(element: DerElement, path: string): FieldNode {
  const [hash, digest] = sequenceOf(element) ?? []
  if (!hash || !digest) return derTree(element, path, 'FWID', { doc: 'field.dice.fwid' })
  return derStruct(
    element,
    path,
    'FWID',
    [
      derLeaf(hash, `${path}.hashAlg`, 'hashAlg', { doc: 'field.dice.hashAlg' }),
      derLeaf(digest, `${path}.digest`, 'digest', { doc: 'field.dice.digest' }),
    ],
    { doc: 'field.dice.fwid' },
  )
}

function tcbInfo(element: DerElement, path: string, label: string): FieldNode | undefined {
  const members = tcbInfoMembers(element)
  return (
    members &&
    derStruct(
      element,
      path,
      label,
      members.map((one) => tcbInfoMember(one.name, one.element, path)),
      { doc: 'field.dice.tcbInfo' },
    )
  )
}

const malformed = (value: Slice, path: string): FieldNode => ({
  ...rangeLeaf(rangeOf(value), path, 'value', 'field.dice.malformed'),
  problems: [{ because: say('dice.extension-malformed'), range: rangeOf(value) }],
})

const one: ExtensionReader = (value, path) => {
  const element = valueOf(value)
  return (element && tcbInfo(element, path, 'DiceTcbInfo')) ?? malformed(value, path)
}

const several: ExtensionReader = (value, path) => {
  const element = valueOf(value)
  const list = sequenceOf(element)
  const nodes = list?.map((each, i) => tcbInfo(each, `${path}[${i}]`, `[${i}]`))
  return element && nodes && nodes.every((node) => node !== undefined)
    ? derStruct(element, path, 'DiceMultiTcbInfo', nodes, { doc: 'field.dice.multiTcbInfo' })
    : malformed(value, path)
}

const ueid: ExtensionReader = (value, path) => {
  const element = valueOf(value)
  const [id] = sequenceOf(element) ?? []
  return element && id && octetStringOf(id)
    ? derStruct(element, path, 'TcgUeid', [derLeaf(id, `${path}.ueid`, 'ueid', { doc: 'field.dice.ueid' })], {
        doc: 'field.dice.ueid',
      })
    : malformed(value, path)
}

const openDice: ExtensionReader = (value, path) => {
  const element = valueOf(value)
  const members = element && openDiceMembers(element)
  if (!element || !members) return malformed(value, path)
  return derStruct(
    element,
    path,
    'OpenDiceInput',
    members.map(({ name, outer, inner }) => {
      const own = `${path}.${name}`
      const symbol = name === 'mode' ? MODES[String(modeOf(bytesOf(inner.content)))] : undefined
      const leaf =
        isTag(inner, TAG.octetString) && name.endsWith('Descriptor')
          ? derTree(inner, `${own}.value`, name, { doc: `field.dice.${name}` })
          : derLeaf(inner, `${own}.value`, name, {
              doc: `field.dice.${name}`,
              ...(symbol === undefined ? {} : { symbol }),
            })
      return derStruct(outer, own, name, [leaf], { doc: `field.dice.${name}` })
    }),
    { doc: 'field.dice.openDice' },
  )
}

export const READERS: Readonly<Record<string, ExtensionReader>> = {
  [TCB_INFO]: one,
  [MULTI_TCB_INFO]: several,
  [UEID]: ueid,
  [OPEN_DICE]: openDice,
}
