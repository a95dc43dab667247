import type { FieldNode, Problem } from '../core/field.ts'
import { rangeOf, type Slice, type Space } from '../core/place.ts'
import { say } from '../core/saying.ts'
import type { Mark } from '../core/scheme.ts'
import { sameBytes } from '../bytes/layout.ts'
import { DECODED_LIMIT } from '../envelope/types.ts'
import { LAYERS } from './layers.ts'
import { whyNot } from './looks-like.ts'
import {
  asItStands,
  FAIR,
  LAYER_LIMIT,
  OPEN_END,
  PART_LIMIT,
  SILENT,
  STRONG,
  type Branch,
  type DetectAll,
  type Layer,
  type Opened,
  type Part,
  type Peeled,
  type Reading,
  type Work,
} from './types.ts'

/** Most branches that one peeling follows. */
const BRANCHES = 1024
/** Bytes shown to the detectors in one peeling, beyond the first look at the whole. */
const DETECT_ROOM = 64 * 1024 * 1024
const DETECT_HEAD = 64 * 1024
/** How many layers further `leads` looks. */
const LAYERS_ASKED = 3

/** What was found behind some bytes. */
interface Found {
  readonly readings: readonly Reading[]
  readonly parts: readonly Part[]
  readonly spaces: readonly Space[]
  readonly layers: readonly Layer[]
  readonly problems: readonly Problem[]
  readonly tree?: FieldNode
  /** When nothing was found: where the layers ended, so that the reason can be about those bytes. */
  readonly deepest?: { readonly slice: Slice; readonly path: readonly string[]; readonly problems: readonly Problem[] }
}

const NOTHING: Found = { readings: [], parts: [], spaces: [], layers: [], problems: [] }

/**
 * Takes off layers until a format is recognised. Bytes that a format claims as they stand are left alone; then text and compression layers are tried in a fixed order,
 * within limits of depth, size and count, and in time that grows with the size only. What is recognised nowhere comes back with the reason. A file's name plays no part.
 */
export function peel(slice: Slice, detectAll: DetectAll, marks: readonly Mark[] = []): Peeled {
  let detectRoom = DETECT_ROOM
  let isAsking = false
  const work: Work = {
    leads(own) {
      if (isAsking) return false
      isAsking = true
      const found = explore(own, LAYER_LIMIT - LAYERS_ASKED, work)
      isAsking = false
      return isStrong(found)
    },
    room: DECODED_LIMIT,
    branches: BRANCHES,
    marks,
    detect(own) {
      detectRoom -= Math.min(DETECT_HEAD, own.end - own.start) + 256
      return detectRoom < 0 ? [] : detectAll(own)
    },
  }
  const found = explore(slice, 0, work)
  const { readings, parts, layers, spaces, tree } = found
  const [best] = readings
  if (best) return { readings, parts: [], layers: best.layers, spaces: [], problems: best.problems }
  if (parts.length > 0) return { readings, parts, layers, spaces, problems: found.problems, ...(tree ? { tree } : {}) }
  const deepest = found.deepest ?? { slice, path: [], problems: found.problems }
  return {
    readings,
    parts,
    layers: [],
    spaces: [],
    problems: [...whyNot(slice, deepest.slice, deepest.path), ...deepest.problems],
  }
}

function explore(slice: Slice, depth: number, work: Work): Found {
  const direct = work.detect(slice)
  const own: readonly Reading[] = direct.length === 0 ? [] : [asItStands(slice, direct)]
  if ((direct[0]?.score ?? 0) >= STRONG || slice.end <= slice.start || depth >= LAYER_LIMIT)
    return { ...NOTHING, readings: own }
  const weak: Reading[] = [...own]
  const problems: Problem[] = []
  let deepest: Found['deepest']
  for (const layer of LAYERS) {
    if (work.branches <= 0 || work.room <= 0) break
    const opened = layer(slice, work)
    if (!opened) continue
    const found = opened.isContainer ? container(slice, opened, depth, work) : single(slice, opened, depth, work)
    if (isStrong(found))
      return { ...found, readings: found.parts.length > 0 ? [] : ranked([...found.readings, ...weak]) }
    weak.push(...found.readings.filter((reading) => (reading.detections[0]?.score ?? 0) >= FAIR))
    problems.push(...opened.problems)
    if (!opened.isGuess) deepest ??= found.deepest
    if (opened.isCertain) break
  }
  return {
    ...NOTHING,
    readings: ranked(weak),
    problems,
    ...(deepest
      ? { deepest: { ...deepest, problems: deepest.problems.length > 0 ? deepest.problems : problems } }
      : {}),
  }
}

function isStrong(found: Found): boolean {
  return found.parts.length > 0 || found.readings.some((reading) => (reading.detections[0]?.score ?? 0) >= STRONG)
}

/** A layer around one thing. */
function single(slice: Slice, opened: Opened, depth: number, work: Work): Found {
  const [branch] = opened.branches
  if (!branch) return { ...NOTHING, problems: opened.problems }
  work.branches--
  const explored = explore(branch.slice, branch.via === SILENT ? depth : depth + 1, work)
  const found = behind(slice, branch, explored, opened.problems)
  if (isStrong(found)) return found
  const inner = found.deepest ?? { slice: branch.slice, path: pathOf(branch), problems: explored.problems }
  return { ...found, deepest: { ...inner, problems: [...opened.problems, ...branch.problems, ...inner.problems] } }
}

/** A layer around several things. When only one of them is recognised, the layer is a way to it; when more are, each is a part. */
function container(slice: Slice, opened: Opened, depth: number, work: Work): Found {
  const good: { readonly branch: Branch; readonly found: Found }[] = []
  const weak: Reading[] = []
  let parts = 0
  let tried = 0
  let left = 0
  for (const branch of opened.branches) {
    if (work.branches-- <= 0 || parts >= PART_LIMIT) {
      left++
      continue
    }
    const found = explore(branch.slice, depth + 1, work)
    if (isStrong(found)) {
      const twin = good.find((other) => isSame(other.found, found))
      if (!twin) {
        good.push({ branch, found })
        parts += Math.max(1, found.parts.length)
      } else if (stepsOf(found) < stepsOf(twin.found)) good[good.indexOf(twin)] = { branch, found }
    } else weak.push(...behind(slice, branch, found, []).readings)
    // A layer that needs several has been a mistake when the first two lead nowhere.
    if (++tried === opened.atLeast && good.length < opened.atLeast) return NOTHING
  }
  const [only] = good
  if (!only || good.length < (opened.atLeast ?? 1)) return { ...NOTHING, readings: weak, problems: opened.problems }
  if (good.length === 1 && only.branch.hints === undefined)
    return behind(slice, only.branch, only.found, opened.problems)
  const all = good.flatMap(({ branch, found }) => partsOf(branch, found))
  left += Math.max(0, all.length - PART_LIMIT)
  const unread: readonly Problem[] =
    left > 0 ? [{ because: say('unwrap.too-many-parts', { limit: PART_LIMIT, left }), range: rangeOf(slice) }] : []
  const spaces = good.flatMap(({ branch, found }) => [
    ...branch.spaces,
    ...(found.parts.length > 0 ? found.spaces : []),
  ])
  const tree = opened.tree?.()
  return {
    readings: [],
    parts: all.slice(0, PART_LIMIT),
    spaces,
    layers: [],
    problems: [...unread, ...opened.problems, ...good.flatMap(({ branch }) => branch.problems)],
    ...(tree ? { tree } : {}),
  }
}

function partsOf(branch: Branch, found: Found): Part[] {
  if (found.parts.length > 0)
    return found.parts.map((part) => ({
      ...part,
      name: `${branch.name}/${part.name}`,
      path: [...pathOf(branch), ...part.path],
    }))
  const hints = branch.isOpenEnded ? { ...branch.hints, ...OPEN_END } : branch.hints
  return [
    {
      slice: branch.slice,
      name: branch.name,
      origin: 'dropped',
      path: pathOf(branch),
      ...(hints === undefined ? {} : { hints }),
    },
  ]
}

/** What was found behind a branch, seen from before it. */
function behind(slice: Slice, branch: Branch, found: Found, problems: readonly Problem[]): Found {
  const layer: readonly Layer[] =
    branch.via === SILENT ? [] : [{ via: branch.via, because: branch.because, space: branch.slice.space }]
  const own = [...problems, ...branch.problems]
  const readings = found.readings.map((reading): Reading => {
    const path = [...pathOf(branch), ...reading.path]
    return {
      ...reading,
      spaces: [...branch.spaces, ...reading.spaces],
      layers: [...layer, ...reading.layers],
      path,
      because: path.length === 0 ? reading.because : say('unwrap.through', { path: path.join(' → ') }),
      problems: [...own, ...reading.problems],
      ...(branch.isOpenEnded && reading.slice === branch.slice ? { hints: OPEN_END } : {}),
    }
  })
  // A tree in a derived space hangs below the bytes it was derived from.
  const tree =
    found.tree &&
    (branch.slice.space === slice.space ? around(slice, branch, found.tree) : embedded(slice, branch, found.tree))
  return {
    readings,
    parts: found.parts.map((part) => ({ ...part, path: [...pathOf(branch), ...part.path] })),
    spaces: [...branch.spaces, ...found.spaces],
    layers: [...layer, ...found.layers],
    problems: [...own, ...found.problems],
    ...(tree ? { tree } : {}),
    ...(found.deepest ? { deepest: { ...found.deepest, path: [...pathOf(branch), ...found.deepest.path] } } : {}),
  }
}

function pathOf(branch: Branch): readonly string[] {
  return branch.via === SILENT ? [] : [branch.via]
}

/** A tree of a part of the slice, with what stands before and after it. */
function around(slice: Slice, branch: Branch, tree: FieldNode): FieldNode {
  const gap = (name: string, start: number, end: number): FieldNode[] =>
    end > start
      ? [
          {
            path: name,
            label: branch.via,
            kind: 'leaf',
            ranges: [{ space: slice.space, start, end }],
            value: { kind: 'none' },
            doc: 'field.unwrap.around',
            children: [],
            problems: [],
          },
        ]
      : []
  return {
    path: 'around',
    label: branch.via,
    kind: 'struct',
    ranges: [rangeOf(slice)],
    value: { kind: 'none' },
    children: [...gap('before', slice.start, branch.slice.start), tree, ...gap('after', branch.slice.end, slice.end)],
    problems: [],
  }
}

function embedded(slice: Slice, branch: Branch, tree: FieldNode): FieldNode {
  return {
    path: tree.path === '' ? 'layer' : `${tree.path}.layer`,
    label: branch.via,
    kind: 'embedded',
    ranges: [rangeOf(slice)],
    value: { kind: 'none' },
    children: [tree],
    problems: [],
  }
}

function ranked(readings: readonly Reading[]): Reading[] {
  return readings.toSorted(
    (a, b) => (b.detections[0]?.score ?? 0) - (a.detections[0]?.score ?? 0) || a.path.length - b.path.length,
  )
}

function stepsOf(found: Found): number {
  return found.readings[0]?.path.length ?? LAYER_LIMIT
}

/** The same bytes by two ways (a quote in hex and in base64) count once. */
function isSame(a: Found, b: Found): boolean {
  const [first] = a.readings
  const [second] = b.readings
  if (!first || !second || first.slice.end - first.slice.start !== second.slice.end - second.slice.start) return false
  return sameBytes(
    first.slice.bytes.subarray(first.slice.start, first.slice.end),
    second.slice.bytes.subarray(second.slice.start, second.slice.end),
  )
}
