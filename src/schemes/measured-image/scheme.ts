import type { Derived } from '../../core/derived.ts'
import { eventsOf } from '../../core/events.ts'
import type { FieldNode } from '../../core/field.ts'
import type { Slice } from '../../core/place.ts'
import type { Appraiser, EvidenceFormat, Scheme } from '../../core/scheme.ts'
import { readJson } from '../../bytes/json.ts'
import { readWhole } from '../../bytes/layout.ts'
import { isWhole } from './checks/is-whole.ts'
import { computed } from './compute.ts'
import { eifHead, eifSection, readEif } from './eif.ts'
import { FORMATS } from './formats.ts'
import { guidTable } from './guid-table.ts'
import { readPe } from './pe.ts'
import { piecesNode } from './pieces.ts'
import { prepare, type PreparedImage } from './prepare.ts'
import { samples } from './samples.ts'
import { sigstruct } from './sigstruct.ts'

/** Registers, each with the way of starting under which it is right. */
async function derive(format: string, slice: Slice): Promise<Derived> {
  const { groups, files } = await computed(format, slice)
  const registers = [
    ...groups.flatMap((group) =>
      group.values.map(({ register, hash, value }) => ({
        name: register,
        hash,
        value,
        ...(group.name === '' ? {} : { how: group.name }),
        ...(format === FORMATS.eif ? { hasBanks: false } : {}),
      })),
    ),
    ...files.map(({ hash, value }) => ({ name: 'authenticode', hash, value })),
  ]
  return { registers, chains: [], events: eventsOf([]), values: [], conclusions: [] }
}

function format(id: string, tree: (slice: Slice) => FieldNode): EvidenceFormat<Slice> {
  return {
    id,
    message: 'reference-values',
    title: `format.${id}`,
    decode: (slice) => ({
      tree: () => tree(slice),
      decoded: slice,
      spaces: () => [],
      problems: [],
      inner: [],
    }),
    derive: (slice) => derive(id, slice),
  }
}

function eifTree(slice: Slice): FieldNode {
  const head = eifHead.read(slice, 'header', 'header')
  return piecesNode(slice, 'EIF', 'field.measuredImage.section', [
    { label: 'header', slice: { ...slice, end: head.end }, node: head.node },
    ...(readEif(slice)?.sections ?? []).flatMap(({ head: own, content }, i) => [
      { label: 'section', slice: own, node: eifSection.read(own, `section${i}`, 'section').node },
      { label: 'content', slice: content },
    ]),
  ])
}

function programTree(slice: Slice): FieldNode {
  const pe = readPe(slice)
  return piecesNode(slice, 'PE', 'field.measuredImage.section', [
    ...(pe ? [{ label: 'headers', slice: pe.headers }] : []),
    ...(pe?.sections ?? []).map(({ name, raw }) => ({ label: name, slice: raw })),
  ])
}

function firmwareTree(slice: Slice): FieldNode {
  const pieces = [...guidTable(slice)].map(([id, { start, end }]) => ({ label: id, slice: { ...slice, start, end } }))
  return piecesNode(slice, 'OVMF', 'field.measuredImage.tableEntry', pieces)
}

const json = (id: string): EvidenceFormat<Slice> => {
  const base = format(id, (slice) => readJson(slice).node)
  return {
    ...base,
    decode(slice, context) {
      const reading = readJson(slice)
      return { ...base.decode(slice, context), expand: (path, from, to) => reading.expand(path, from, to) ?? [] }
    },
  }
}

const appraiser: Appraiser<PreparedImage> = {
  formats: Object.values(FORMATS),
  prepare,
  notJudged: ['measured-image.not-judged.content'],
  checks: [isWhole],
}

/** Calculators: what the measurement of a file would be. */
export const scheme: Scheme = {
  id: 'measured-image',
  formats: [
    format(FORMATS.eif, eifTree),
    format(FORMATS.firmware, firmwareTree),
    format(FORMATS.pe, programTree),
    format(FORMATS.uki, programTree),
    format(FORMATS.sigstruct, (slice) => readWhole(sigstruct, slice, '', 'SIGSTRUCT').node),
    json(FORMATS.compose),
    json(FORMATS.snpInputs),
  ],
  appraisers: [appraiser],
  anchors: [],
  samples,
}
