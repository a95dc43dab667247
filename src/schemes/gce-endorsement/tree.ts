import { rangeOf, type Slice } from '../../core/place.ts'
import type { FieldNode } from '../../core/field.ts'
import { gapNode } from '../../bytes/layout.ts'
import { protobufFields } from '../../envelope/protobuf.ts'

/** Names of the fields by their numbers; a name that has a message of its own leads to its names. */
interface Names {
  readonly [number: number]: readonly [name: string, inner?: Names]
}
const SNP_ENTRY: Names = { 1: ['vcpus'], 2: ['measurement'] }
const TDX_ENTRY: Names = { 1: ['ramGib'], 2: ['earlyAccept'], 3: ['mrtd'] }
const GOLDEN: Names = {
  1: ['timestamp'],
  2: ['clSpec'],
  3: ['commit'],
  4: ['cert'],
  5: ['digest'],
  6: ['caBundle'],
  7: [
    'sevSnp',
    { 1: ['svn'], 2: ['measurements', SNP_ENTRY], 3: ['familyId'], 4: ['imageId'], 5: ['policy'], 6: ['caBundle'] },
  ],
  8: ['tdx', { 1: ['svn'], 2: ['measurements', TDX_ENTRY] }],
}
const ENDORSEMENT: Names = { 1: ['serializedUefiGolden', GOLDEN], 2: ['signature'] }

const leaf = (path: string, label: string, slice: Slice, doc: string): FieldNode => ({
  path,
  label,
  kind: 'leaf',
  ranges: [rangeOf(slice)],
  value: { kind: 'bytes', length: slice.end - slice.start },
  children: [],
  problems: [],
  doc,
})

function message(slice: Slice, path: string, label: string, names: Names): FieldNode {
  const { fields, end } = protobufFields(slice)
  const own = (name: string) => (path === '' ? name : `${path}.${name}`)
  const children = fields.flatMap((field, i): FieldNode[] => {
    const [name, inner] = names[field.number] ?? [`field${field.number}`]
    const where = own(`${name}${i}`)
    const tag = leaf(`${where}.tag`, 'tag', field.head, 'field.gce.tag')
    if (field.content.end === field.content.start) return [tag]
    const doc = `field.gce.${names[field.number] === undefined ? 'other' : name}`
    return inner && field.value === undefined
      ? [tag, message(field.content, where, name, inner)]
      : [tag, leaf(where, name, field.content, doc)]
  })
  if (end < slice.end) children.push(gapNode(own('rest'), 'rest', { ...slice, start: end }, [], 'field.trailing'))
  return { path, label, kind: 'struct', ranges: [rangeOf(slice)], value: { kind: 'none' }, children, problems: [] }
}

/** Every field with its tag. */
export const endorsementTree = (slice: Slice): FieldNode => message(slice, '', 'VMLaunchEndorsement', ENDORSEMENT)
