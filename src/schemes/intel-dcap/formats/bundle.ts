import type { Problem } from '../../../core/field.ts'
import { bytesOf, sliceAt, type Slice, type Space } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { Decoding, EvidenceFormat, Inner } from '../../../core/scheme.ts'
import { later } from '../../../bytes/later.ts'
import { fromHex, toHex } from '../../../bytes/layout.ts'
import { jsonStringContent, readJson, textOf, type JsonValue } from '../../../bytes/json.ts'
import { derToP1363 } from '../../../crypto/ecdsa-der.ts'
import { listBytes } from '../../../envelope/member-bytes.ts'
import { FORMATS } from '../decoded.ts'
import { MEMBERS, plainName, type BundleMember, type CollateralBundle } from './bundle-members.ts'
import { carriedInner } from './carried.ts'
import { annotated, annotatedExpand } from './signed-json.ts'
import { decodeYamlBundle, isYamlBundle } from './yaml-bundle.ts'

function decodeBundle(slice: Slice): Decoding<CollateralBundle> {
  return isYamlBundle(slice) ? decodeYamlBundle(slice) : decodeJsonBundle(slice)
}

function decodeJsonBundle(slice: Slice): Decoding<CollateralBundle> {
  const json = readJson(slice, '')
  const { value, expand } = json
  const tree = later(() => annotated(json.node))
  const members = value?.kind === 'object' ? value.members : []
  const found: Found = { spaces: [], inner: [], odd: [] }
  openMembers(slice, members, '', found)
  return {
    tree,
    decoded: { members: members.map((each) => each.key) },
    spaces: () => found.spaces,
    problems: found.odd,
    inner: found.inner,
    expand: annotatedExpand(expand),
  }
}

interface Found {
  readonly spaces: Space[]
  readonly inner: Inner[]
  readonly odd: Problem[]
}

type Member = (JsonValue & { kind: 'object' })['members'][number]

function openMembers(slice: Slice, members: readonly Member[], prefix: string, { spaces, inner, odd }: Found): void {
  const byName = new Map<string, JsonValue>()
  const plain = members.map((each) => plainName(each.key))
  for (const [i, each] of members.entries()) if (!byName.has(plain[i] ?? '')) byName.set(plain[i] ?? '', each.value)
  for (const [i, each] of members.entries()) {
    const name = `${prefix}${each.key}`
    const kind = BY_NAME.get(plain[i] ?? '')
    if (!kind) {
      const sets = prefix === '' && each.value.kind === 'array' ? each.value.items.slice(0, MOST_SETS) : []
      for (const [set, item] of sets.entries())
        if (item.kind === 'object') openMembers(slice, item.members, `${each.key}[${set}].`, { spaces, inner, odd })
      // Evidence may travel beside its collateral under any name.
      const content =
        each.value.kind === 'string' &&
        each.value.range.end - each.value.range.start > SHORTEST_EVIDENCE &&
        !COMPANIONS.has(plain[i] ?? '')
          ? jsonStringContent(slice, each.value)
          : undefined
      if (content) {
        spaces.push(...content.spaces)
        inner.push({ slice: content.slice, name, origin: 'dropped' })
      }
      continue
    }
    if (byName.get(kind.name) !== each.value) continue
    const part =
      each.value.kind === 'object'
        ? { slice: sliceAt(slice, each.value.range), spaces: [] }
        : each.value.kind === 'string'
          ? jsonStringContent(slice, each.value)
          : // Some bundles write bytes as lists of numbers.
            listBytes(slice, each.value)
    if (!part) {
      odd.push({ because: say('bundle.member-kind', { member: name }), range: each.value.range })
      continue
    }
    const chain = textOf(kind.chain === undefined ? undefined : byName.get(kind.chain))
    const signature = kind.signature === undefined ? undefined : signatureHex(slice, byName.get(kind.signature))
    const opened = carriedInner({
      part: kind.part,
      name,
      slice: part.slice,
      ...(chain === undefined ? {} : { issuerChain: chain }),
      ...(signature === undefined ? {} : { signature }),
    })
    for (const space of [...part.spaces, ...opened.spaces]) spaces.push(space)
    inner.push(opened.inner)
  }
}

const BY_NAME: ReadonlyMap<string, BundleMember> = new Map(MEMBERS.map((known) => [known.name, known]))
/** A bundle for many platforms lists a set of members for each; most of them that are opened. */
const MOST_SETS = 64
/** Members that are read together with another one. */
const COMPANIONS = new Set(MEMBERS.flatMap((known) => [known.signature ?? '', known.chain ?? '']))
/** No evidence is shorter, in whatever way it is written. */
const SHORTEST_EVIDENCE = 512

/** r ‖ s in hex, from hex text or from a byte list that holds either form. Undefined when it is neither. */
function signatureHex(file: Slice, value: JsonValue | undefined): string | undefined {
  const list = listBytes(file, value)
  const bytes = value?.kind === 'string' ? fromHex(value.text) : list && bytesOf(list.slice)
  if (!bytes) return undefined
  if (bytes.length === 64) return toHex(bytes)
  const plain = derToP1363(bytes, 32)
  return plain && toHex(plain)
}

/** Collateral that one tool wrote down together. */
export const bundleFormat: EvidenceFormat<CollateralBundle> = {
  id: FORMATS.bundle,
  message: 'endorsement',
  title: 'format.intel.collateral-bundle',
  decode: decodeBundle,
}
