import type { Decoding, EvidenceFormat, Inner } from '../../../core/scheme.ts'
import { rangeOf, type ByteRange, type Slice, type Space } from '../../../core/place.ts'
import type { FieldNode, Problem } from '../../../core/field.ts'
import { say, type Saying } from '../../../core/saying.ts'
import { array, bytes, gapNode, hexOffset, u32le } from '../../../bytes/layout.ts'
import { compose } from '../compose.ts'
import { FORMATS } from '../decoded.ts'
import { afterComments } from './comments.ts'
import { collateralPointer, dumpHeader, evidenceHeader, oeHeader } from '../layout-open-enclave.ts'
import { carriedInner, latin, withoutNul, type Part } from './carried.ts'

/** What an endorsement file holds, in order. */
export interface OeEndorsements {
  readonly parts: readonly string[]
  readonly malformed: Saying | undefined
}

interface Element {
  readonly name: string
  readonly part?: Part
  readonly chain?: string
}

/** Order of the elements in Open Enclave's file. */
const OE_ELEMENTS: readonly Element[] = [
  { name: 'endorsementVersion' },
  { name: 'tcbInfo', part: 'tcb-info', chain: 'tcbIssuerChain' },
  { name: 'tcbIssuerChain', part: 'chain' },
  { name: 'pckCrl', part: 'crl' },
  { name: 'rootCrl', part: 'crl' },
  { name: 'crlIssuerChain', part: 'chain' },
  { name: 'qeIdentity', part: 'identity', chain: 'qeIdentityIssuerChain' },
  { name: 'qeIdentityIssuerChain', part: 'chain' },
  { name: 'creationTime' },
]

/** Order of the elements in Intel's collateral structure. */
const DUMP_ELEMENTS: readonly Element[] = [
  { name: 'crlIssuerChain', part: 'chain' },
  { name: 'rootCrl', part: 'crl' },
  { name: 'pckCrl', part: 'crl' },
  { name: 'tcbIssuerChain', part: 'chain' },
  { name: 'tcbInfo', part: 'tcb-info', chain: 'tcbIssuerChain' },
  { name: 'qeIdentityIssuerChain', part: 'chain' },
  { name: 'qeIdentity', part: 'identity', chain: 'qeIdentityIssuerChain' },
]

function decodeEndorsements(slice: Slice): Decoding<OeEndorsements> {
  let malformed: Saying | undefined
  const onLie = (because: Saying, _range: ByteRange) => {
    malformed ??= because
  }
  const composer = compose('oeEndorsements', slice, '', onLie)
  const start = afterComments(slice)
  if (start > slice.start) composer.take('comment', bytes(start - slice.start), 'comment')
  const parts: { element: Element; slice: Slice }[] = []
  const leaf = (name: string, size: number) => {
    const element = [...OE_ELEMENTS, ...DUMP_ELEMENTS].find((each) => each.name === name)
    const doc = element ? `field.oeEndorsements.${name}` : 'field.oeEndorsements.element'
    const value = composer.block(name, size, name, (inner, path) => ({
      node: () => ({ ...bytes(inner.end - inner.start).read(inner, path, name).node, doc }),
      value: inner,
    }))
    if (value && element) parts.push({ element, slice: value })
  }
  const first = u32le().read(composer.remaining(), '').value?.value
  if (first === 1) {
    const header = composer.take('header', oeHeader)
    const count = header?.count.value ?? 0
    if (header && count !== OE_ELEMENTS.length)
      composer.note(bad('oe.count', { count, expected: OE_ELEMENTS.length }, header.count.ranges[0], slice, onLie))
    const offsets = header && count <= 64 ? composer.take('offsets', array(count, u32le())) : undefined
    const base = composer.remaining().start
    const starts = offsets?.items.map((item) => item.value) ?? []
    const total = header ? header.bufferSize.value - starts.length * 4 : 0
    for (const [i, from] of starts.entries()) {
      const to = starts[i + 1] ?? total
      const here = composer.remaining().start - base
      if (from !== here || to < from) {
        composer.note(bad('oe.offset', { index: i, offset: from, expected: here }, undefined, slice, onLie))
        break
      }
      leaf(OE_ELEMENTS[i]?.name ?? `element${i}`, to - from)
    }
  } else {
    composer.take('header', dumpHeader)
    const sizes = DUMP_ELEMENTS.map((element) => ({
      element,
      pointer: composer.take(`${element.name}Pointer`, collateralPointer, `${element.name} pointer`, {
        doc: 'field.oeEndorsements.pointer',
      }),
    }))
    for (const each of sizes) if (each.pointer) leaf(each.element.name, each.pointer.size.value)
  }
  const inner: Inner[] = []
  const spaces: Space[] = []
  for (const { element, slice: own } of parts) {
    if (element.part === undefined) continue
    const chain = parts.find((other) => other.element.name === element.chain)
    const opened = carriedInner({
      part: element.part,
      name: element.name,
      slice: own,
      ...(chain ? { issuerChain: latin(withoutNul(chain.slice)) } : {}),
    })
    inner.push(opened.inner)
    spaces.push(...opened.spaces)
  }
  const { tree, problems } = composer.finish('endorsements')
  return {
    tree,
    decoded: { parts: parts.map((part) => part.element.name), malformed: malformed ?? problems()[0]?.because },
    spaces: () => spaces,
    problems: [],
    inner,
  }
}

function bad(
  text: string,
  params: Readonly<Record<string, string | number>>,
  range: ByteRange | undefined,
  slice: Slice,
  onLie: (because: Saying, range: ByteRange) => void,
): Problem {
  const because = say(text, params)
  onLie(because, range ?? rangeOf(slice))
  return { because, range: range ?? rangeOf(slice) }
}

/** Endorsements as Open Enclave writes them, and Intel's collateral structure written out of memory. */
export const oeEndorsementsFormat: EvidenceFormat<OeEndorsements> = {
  id: FORMATS.oeEndorsements,
  message: 'endorsement',
  title: 'format.intel.oe-endorsements',
  decode: decodeEndorsements,
  rows: () => oeHeader.rows(),
}

/** A quote behind Open Enclave's header. */
export interface OeEvidence {
  readonly malformed: Saying | undefined
}

function decodeEvidence(slice: Slice): Decoding<OeEvidence> {
  let malformed: Saying | undefined
  const composer = compose('oeEvidence', slice, '', (because) => {
    malformed ??= because
  })
  const header = composer.take('header', evidenceHeader)
  const claimed = header ? Number(header.reportSize.value) : 0
  const report = header
    ? composer.block('report', claimed, 'report', (inner, path) => ({
        node: () => embedded(inner, path),
        value: inner,
      }))
    : undefined
  const { tree } = composer.finish('Open Enclave evidence', (rest, path) =>
    gapNode(
      path,
      'trailing',
      rest,
      [
        {
          because: say('layout.trailing', { count: rest.end - rest.start, at: hexOffset(rest.start) }),
          range: rangeOf(rest),
        },
      ],
      'field.trailing',
    ),
  )
  return {
    tree,
    decoded: { malformed },
    spaces: () => [],
    problems: [],
    inner: report ? [{ slice: report, name: 'report', origin: 'embedded' }] : [],
  }
}

function embedded(inner: Slice, path: string): FieldNode {
  return {
    path,
    label: 'report',
    kind: 'embedded',
    ranges: [rangeOf(inner)],
    value: { kind: 'bytes', length: inner.end - inner.start },
    children: [],
    problems: [],
  }
}

/** Open Enclave's evidence: a header, then a quote that is opened as an artifact of its own. */
export const oeEvidenceFormat: EvidenceFormat<OeEvidence> = {
  id: FORMATS.oeEvidence,
  message: 'supporting',
  title: 'format.intel.oe-evidence',
  decode: decodeEvidence,
  rows: () => evidenceHeader.rows(),
}
