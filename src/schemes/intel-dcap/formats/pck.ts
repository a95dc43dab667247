import { Attached } from '../../../bytes/attached.ts'
import type { FieldNode, Problem } from '../../../core/field.ts'
import type { ByteRange, Located, Slice } from '../../../core/place.ts'
import { say, type TextId } from '../../../core/saying.ts'
import {
  contentOf,
  isTag,
  octetStringOf,
  oidOf,
  readDer,
  sequenceOf,
  smallIntegerOf,
  TAG,
  type DerElement,
} from '../../../bytes/der.ts'
import { derLeaf, derNode, derStruct, derTree, withProblems } from '../../../bytes/der-node.ts'
import type { Certificate } from '../../../pki/types.ts'
import type { PckExtensions } from '../decoded.ts'

/** The extension of PCK certificates that names platform and security versions. */
export const PCK_EXTENSION = '1.2.840.113741.1.13.1'

interface Known {
  readonly label: string
  readonly doc: TextId
}

// Intel SGX PCK Certificate and CRL Profile Specification, "SGX Extensions"
const KNOWN: Readonly<Record<string, Known>> = {
  '1': { label: 'PPID', doc: 'field.pck.ppid' },
  '2': { label: 'TCB', doc: 'field.pck.tcb' },
  '2.17': { label: 'PCESVN', doc: 'field.pck.pceSvn' },
  '2.18': { label: 'CPUSVN', doc: 'field.pck.cpuSvn' },
  '3': { label: 'PCEID', doc: 'field.pck.pceId' },
  '4': { label: 'FMSPC', doc: 'field.pck.fmspc' },
  '5': { label: 'SGX Type', doc: 'field.pck.sgxType' },
  '6': { label: 'Platform Instance ID', doc: 'field.pck.platformInstanceId' },
  '7': { label: 'Configuration', doc: 'field.pck.configuration' },
  '7.1': { label: 'Dynamic Platform', doc: 'field.pck.dynamicPlatform' },
  '7.2': { label: 'Cached Keys', doc: 'field.pck.cachedKeys' },
  '7.3': { label: 'SMT Enabled', doc: 'field.pck.smtEnabled' },
}

/** Names of the values of SGX Type. */
export const SGX_TYPES: Readonly<Record<number, string>> = {
  0: 'Standard',
  1: 'Scalable',
  2: 'Scalable with Integrity',
}

function knownOf(arc: string): Known {
  if (isComponent(arc))
    return { label: `SGX TCB Comp ${arc.slice(2).padStart(2, '0')} SVN`, doc: 'field.pck.component' }
  return KNOWN[arc] ?? { label: `${PCK_EXTENSION}.${arc}`, doc: 'field.pck.unknown' }
}

/** `tcb.value.component04`: below the extension's own path. */
function pathOf(arc: string): string {
  return (
    PATHS.get(arc) ??
    arc
      .split('.')
      .map((_, i, all) => nameOf(all.slice(0, i + 1).join('.')))
      .join('.value.')
  )
}

function nameOf(arc: string): string {
  if (KNOWN[arc] === undefined && !isComponent(arc)) return `item${arc.replaceAll('.', '-')}`
  return isComponent(arc) ? `component${arc.slice(2).padStart(2, '0')}` : knownOf(arc).doc.slice('field.pck.'.length)
}

const COMPONENT_ARCS = Array.from({ length: 16 }, (_, i) => `2.${i + 1}`)
const PATHS = new Map(
  [...Object.keys(KNOWN), ...COMPONENT_ARCS].map((arc) => [
    arc,
    arc
      .split('.')
      .map((_, i, all) => nameOf(all.slice(0, i + 1).join('.')))
      .join('.value.'),
  ]),
)

function isComponent(arc: string): boolean {
  return /^2\.(?:[1-9]|1[0-6])$/.test(arc)
}

/** A pair (name, value), its name relative to the extension's own. */
interface Item {
  readonly arc: string
  readonly pair: DerElement
  readonly value: DerElement
}

function itemsOf(list: DerElement | undefined): readonly Item[] {
  const items: Item[] = []
  const stack = [...(sequenceOf(list) ?? [])].reverse()
  for (let pair = stack.pop(); pair; pair = stack.pop()) {
    const [name, value] = sequenceOf(pair) ?? []
    const oid = oidOf(name)
    if (!value || !oid?.startsWith(`${PCK_EXTENSION}.`)) continue
    const arc = oid.slice(PCK_EXTENSION.length + 1)
    items.push({ arc, pair, value })
    if (arc === '2' || arc === '7') stack.push(...[...(sequenceOf(value) ?? [])].reverse())
  }
  return items
}

/** Reads what Intel certifies about the platform. `certificatePath` is where the certificate's node is, for cites. A certificate without the extension gives the fault `pck.missing`. */
export function readPckExtensions(certificate: Certificate, certificatePath = ''): PckExtensions {
  const known = extensionsOf.get(certificate)
  if (known?.certificatePath === certificatePath) return known.extensions
  const extensions = readAnew(certificate, certificatePath)
  extensionsOf.set(certificate, { certificatePath, extensions })
  return extensions
}

// Facts, chain and checks ask for the same one.
const extensionsOf = new Attached<
  Certificate,
  { readonly certificatePath: string; readonly extensions: PckExtensions }
>()

function readAnew(certificate: Certificate, certificatePath: string): PckExtensions {
  const index = certificate.extensions.findIndex((each) => each.oid === PCK_EXTENSION)
  const extension = certificate.extensions[index]
  const path = `${certificatePath === '' ? '' : `${certificatePath}.`}tbsCertificate.extensions[${index}].value`
  if (!extension) {
    const range = certificate.extensions.length > 0 ? certificate.tbs : certificate.slice
    return {
      ...EMPTY,
      range: { space: range.space, start: range.start, end: range.end },
      faults: [
        {
          because: say('pck.missing', { member: PCK_EXTENSION }),
          range: { space: range.space, start: range.start, end: range.end },
        },
      ],
      unknown: [],
    }
  }
  const { element, problems } = readDer(extension.value)
  const items = itemsOf(element)
  const byArc = new Map<string, Item[]>()
  for (const item of items) {
    const twins = byArc.get(item.arc)
    if (twins) twins.push(item)
    else byArc.set(item.arc, [item])
  }
  const faults: Problem[] = [...problems]
  const unknown = unknownEntries(element, extension.value)
  const range: ByteRange = { space: extension.value.space, start: extension.value.start, end: extension.value.end }
  const take = <T>(
    arc: string,
    needed: boolean,
    read: (value: DerElement) => T | undefined,
  ): Located<T> | undefined => {
    const [first, second] = byArc.get(arc) ?? []
    const fault = (text: string, where: ByteRange) => {
      faults.push({ because: say(text, { member: knownOf(arc).label }), range: where })
    }
    if (second) fault('pck.duplicate', second.pair.range)
    if (!first) {
      if (needed) fault('pck.missing', range)
      return undefined
    }
    const value = read(first.value)
    if (value === undefined) {
      fault('pck.malformed', first.value.range)
      return undefined
    }
    return {
      path: `${path}.${pathOf(arc)}.value`,
      ranges: [{ space: first.value.content.space, start: first.value.content.start, end: first.value.content.end }],
      value,
    }
  }
  const octets = (length: number) => (value: DerElement) => {
    const slice = octetStringOf(value)
    return slice && slice.end - slice.start === length ? contentOf(value) : undefined
  }
  const upTo = (most: number) => (value: DerElement) => {
    const number = isTag(value, TAG.integer) ? smallIntegerOf(value) : undefined
    return number !== undefined && number <= most ? number : undefined
  }
  const bool = (value: DerElement) => (isTag(value, TAG.boolean) ? contentOf(value)[0] !== 0 : undefined)
  const components = COMPONENT_ARCS.map((arc) => take(arc, true, upTo(255)))
  const hasConfiguration = byArc.has('7')
  return {
    range,
    ppid: take('1', true, octets(16)),
    components: components.map((each) => each?.value ?? -1),
    componentRanges: components.map((each) => each?.ranges[0]),
    pceSvn: take('2.17', true, upTo(0xffff)),
    cpuSvn: take('2.18', true, octets(16)),
    pceId: take('3', true, octets(2)),
    fmspc: take('4', true, octets(6)),
    sgxType: take('5', true, (value) => (isTag(value, TAG.enumerated) ? smallIntegerOf(value) : undefined)),
    platformInstanceId: take('6', false, octets(16)),
    configuration: hasConfiguration
      ? {
          dynamicPlatform: take('7.1', false, bool),
          cachedKeys: take('7.2', false, bool),
          smtEnabled: take('7.3', false, bool),
        }
      : undefined,
    faults,
    unknown,
  }
}

// QVL PckCertificate.cpp parses exactly the entries that the profile lists and refuses any other.
function unknownEntries(element: DerElement | undefined, whole: Slice): Problem[] {
  const unknown: Problem[] = []
  const odd = (member: string, range: ByteRange) =>
    unknown.push({ because: say('pck.unknown-entry', { member: member.slice(0, 60) }), range })
  const look = (list: DerElement | undefined, above: string) => {
    for (const pair of sequenceOf(list) ?? []) {
      const [name, value, ...more] = sequenceOf(pair) ?? []
      const oid = oidOf(name)
      const arc = oid?.startsWith(`${PCK_EXTENSION}.`) ? oid.slice(PCK_EXTENSION.length + 1) : ''
      const isPlaced = above === '' ? !arc.includes('.') : arc.startsWith(`${above}.`)
      if (!value || more.length > 0 || !isPlaced || (KNOWN[arc] === undefined && !isComponent(arc)))
        odd(oid ?? 'pair', pair.range)
      else if (above === '' && (arc === '2' || arc === '7')) look(value, arc)
    }
  }
  look(element, '')
  if (element && element.range.end < whole.end)
    odd(`+${whole.end - element.range.end}`, { space: whole.space, start: element.range.end, end: whole.end })
  return unknown
}

const EMPTY: Omit<PckExtensions, 'range' | 'faults' | 'unknown'> = {
  ppid: undefined,
  components: Array.from({ length: 16 }, () => -1),
  componentRanges: [],
  pceSvn: undefined,
  cpuSvn: undefined,
  pceId: undefined,
  fmspc: undefined,
  sgxType: undefined,
  platformInstanceId: undefined,
  configuration: undefined,
}

/** The extension's tree with Intel's names on it. */
function pckNode(value: Slice, path: string): FieldNode {
  const { element, problems, end } = readDer(value)
  const pairs = sequenceOf(element)
  if (!element || !pairs || end !== value.end) return derNode(value, path, 'SGX Extensions')
  return withProblems(
    derStruct(element, path, 'SGX Extensions', pairsOf(pairs, path), { doc: 'field.pck.extensions' }),
    problems,
  )
}

// A name that stands twice gets its position, so that paths stay apart.
function pairsOf(pairs: readonly DerElement[], path: string): FieldNode[] {
  const used = new Set<string>()
  return pairs.map((pair, i) => {
    const oid = oidOf(sequenceOf(pair)?.[0])
    const name = oid?.startsWith(`${PCK_EXTENSION}.`) ? nameOf(oid.slice(PCK_EXTENSION.length + 1)) : ''
    const own = name === '' || used.has(name) ? `${path}[${i}]` : `${path}.${name}`
    used.add(name)
    return pairNode(pair, own)
  })
}

// Two levels: the components and the configuration are lists of pairs inside a pair.
function pairNode(pair: DerElement, own: string): FieldNode {
  const [name, value, more] = sequenceOf(pair) ?? []
  const oid = oidOf(name)
  if (!name || !value || more || !oid?.startsWith(`${PCK_EXTENSION}.`))
    return derTree(pair, own, 'pair', { doc: 'field.pck.unknown' })
  const arc = oid.slice(PCK_EXTENSION.length + 1)
  const { label, doc } = knownOf(arc)
  const inner = arc === '2' || arc === '7' ? sequenceOf(value) : undefined
  const symbol = arc === '5' ? SGX_TYPES[smallIntegerOf(value) ?? -1] : undefined
  const content = inner
    ? derStruct(value, `${own}.value`, label, pairsOf(inner, `${own}.value`), { doc })
    : derTree(value, `${own}.value`, label, { doc, ...(symbol === undefined ? {} : { symbol }) })
  return derStruct(
    pair,
    own,
    label,
    [derLeaf(name, `${own}.name`, 'OBJECT IDENTIFIER', { doc: 'field.pck.name' }), content],
    { doc },
  )
}

/** For readers of certificates: how Intel's extension is shown. */
export const pckExtensionReaders: Readonly<Record<string, (value: Slice, path: string) => FieldNode>> = {
  [PCK_EXTENSION]: pckNode,
}
