import type { FieldNode, Problem } from '../core/field.ts'
import { bytesOf, rangeOf, sliceOf, type Slice, type Space } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { NO_FACTS, type CaseItem, type Decoding, type Detection, type EvidenceFormat, type Facts, type Inner, type MessageKind, type Scheme } from '../core/scheme.ts'
import type { CollateralOrigin } from '../core/verdict.ts'
import { gapNode, tilingFaults, toHex } from '../bytes/layout.ts'
import { digest } from '../crypto/verify.ts'
import type { Part } from '../unwrap/types.ts'
import { peel } from '../unwrap/unwrap.ts'
import type { InputFile } from './api.ts'
import { detectAll, entryOfFormat, formatOf, loadScheme } from './registry.ts'

/** Most artifacts opened in one file: each file has its own share, so that a crowded one cannot keep another from being read. */
export const ARTIFACT_BUDGET = 512
/** Deepest nesting of artifacts in artifacts. */
export const NESTING_BUDGET = 8

/** An artifact with its decoding, as the engine holds it. Functions inside: does not cross the worker. */
export interface OpenArtifact extends CaseItem {
  readonly file: number
  readonly size: number
  readonly scheme: Scheme | undefined
  readonly definition: EvidenceFormat | undefined
  readonly decoding: Decoding
  readonly unwrapped: readonly string[]
  readonly problems: readonly Problem[]
  readonly readings: readonly Detection[]
  readonly message: MessageKind | 'unknown'
  readonly facts: Facts
}

/** What was dropped together, read as far as it can be read. */
export interface OpenCase {
  readonly files: readonly { readonly name: string; readonly size: number; readonly sha256: string }[]
  readonly artifacts: readonly OpenArtifact[]
  readonly spaces: readonly { readonly file: number; readonly space: Space }[]
}

interface Wanted {
  readonly slice: Slice
  readonly name: string
  readonly parent: number | null
  readonly file: number
  readonly origin: CollateralOrigin
  readonly hints: Readonly<Record<string, string>>
  readonly format: string | undefined
  readonly depth: number
  readonly sha256: string
  /** Layers that the container took off to get here. */
  readonly path: readonly string[]
}

/** Opens every file and everything inside it. Bounded in depth, count and size; never throws for any bytes. */
export async function openCase(files: readonly InputFile[]): Promise<OpenCase> {
  const artifacts: OpenArtifact[] = []
  const spaces: { file: number; space: Space }[] = []
  const listed: { name: string; size: number; sha256: string }[] = []
  for (const [file, input] of files.entries()) {
    const before = artifacts.length
    const sha256 = toHex(await digest('SHA-256', input.bytes))
    listed.push({ name: input.name, size: input.bytes.length, sha256 })
    spaces.push({ file, space: { id: '', via: 'file', map: 'exact', bytes: input.bytes, pieces: [] } })
    const queue: Wanted[] = [{ slice: sliceOf('', input.bytes), name: input.name, parent: null, file, origin: input.origin ?? 'dropped', hints: {}, format: undefined, depth: 0, sha256, path: [] }]
    for (let wanted = queue.shift(); wanted; wanted = queue.shift()) {
      if (artifacts.length - before >= ARTIFACT_BUDGET) break
      const { artifact, derived, inner } = await open(wanted, artifacts.length)
      artifacts.push(artifact)
      for (const space of derived) if (!spaces.some((known) => known.file === file && known.space.id === space.id)) spaces.push({ file, space })
      if (wanted.depth >= NESTING_BUDGET) continue
      for (const part of inner) {
        queue.push({
          slice: part.slice, name: part.name, parent: artifact.artifact, file, origin: part.origin, hints: part.hints ?? {}, format: part.format, depth: wanted.depth + 1,
          sha256: toHex(await digest('SHA-256', bytesOf(part.slice))), path: 'path' in part ? part.path : [],
        })
      }
    }
  }
  return { files: listed, artifacts, spaces }
}

interface Opened { readonly artifact: OpenArtifact; readonly derived: readonly Space[]; readonly inner: readonly (Inner | Part)[] }

async function open(wanted: Wanted, index: number): Promise<Opened> {
  if (wanted.format !== undefined) {
    const known = await decodeAs(wanted.format, wanted.slice, wanted.hints)
    if (known) return opened(wanted, index, wanted.slice, known, wanted.path, [], [{ format: wanted.format, score: 1, because: say('detect.container') }], [])
  }
  const peeled = peel(wanted.slice, detectAll)
  for (const reading of peeled.readings) {
    const best = reading.detections[0]
    if (!best) continue
    const known = await decodeAs(best.format, reading.slice, wanted.hints)
    if (known) return opened(wanted, index, reading.slice, known, [...wanted.path, ...reading.path], reading.spaces, [...reading.detections, ...peeled.readings.filter((other) => other !== reading).flatMap((other) => other.detections)], reading.problems)
  }
  const label = wanted.name
  const tree = peeled.tree ?? gapNode('', label, wanted.slice, peeled.problems, 'field.unexplained')
  const item = common(wanted, index, wanted.slice)
  return {
    artifact: { ...item, scheme: undefined, definition: undefined, format: null, message: 'unknown', decoded: undefined, facts: NO_FACTS, decoding: { tree, decoded: undefined, spaces: [], problems: peeled.problems, inner: peeled.parts }, unwrapped: [...wanted.path, ...peeled.layers.map((layer) => layer.via)], problems: peeled.problems, readings: [] },
    derived: peeled.spaces, inner: peeled.parts,
  }
}

interface Decoded { readonly scheme: Scheme; readonly definition: EvidenceFormat; readonly decoding: Decoding; readonly facts: Facts }

async function decodeAs(format: string, slice: Slice, hints: Readonly<Record<string, string>>): Promise<Decoded | undefined> {
  const entry = entryOfFormat(format)
  if (!entry) return undefined
  const scheme = await loadScheme(entry)
  const definition = formatOf(scheme, format)
  if (!definition) return undefined
  try {
    const decoding = definition.decode(slice, { hints })
    return { scheme, definition, decoding, facts: definition.facts?.(decoding.decoded) ?? NO_FACTS }
  } catch (thrown) {
    // Readers must not throw. When one does it is our fault, and the bytes stay visible.
    const problem: Problem = { because: say('engine.decoder-crashed', { format, message: String(thrown).slice(0, 200) }), range: rangeOf(slice) }
    return { scheme, definition, decoding: { tree: gapNode('', format, slice, [problem]), decoded: undefined, spaces: [], problems: [problem], inner: [] }, facts: NO_FACTS }
  }
}

function common(wanted: Wanted, artifact: number, slice: Slice) {
  return { artifact, parent: wanted.parent, file: wanted.file, name: wanted.name, sha256: wanted.sha256, size: wanted.slice.end - wanted.slice.start, origin: wanted.origin, slice, hints: wanted.hints }
}

function opened(wanted: Wanted, index: number, slice: Slice, known: Decoded, path: readonly string[], layers: readonly Space[], readings: readonly Detection[], problems: readonly Problem[]): Opened {
  return {
    artifact: {
      ...common(wanted, index, slice), scheme: known.scheme, definition: known.definition, format: known.definition.id, message: known.definition.message,
      decoded: known.decoding.decoded, facts: known.facts, decoding: known.decoding, unwrapped: path, problems: [...problems, ...known.decoding.problems], readings,
    },
    derived: [...layers, ...known.decoding.spaces], inner: known.decoding.inner,
  }
}

/** The artifact's tree. Many are made only here, for a reader; a crash is ours, and the bytes stay visible. */
export function treeOf({ decoding, slice, name, format }: OpenArtifact): FieldNode {
  try {
    return decoding.tree
  } catch (thrown) {
    return gapNode('', name, slice, [{ because: say('engine.decoder-crashed', { format: format ?? '', message: String(thrown).slice(0, 200) }), range: rangeOf(slice) }])
  }
}

/** Whether the leaves tile the artifact's bytes, and how many of those bytes no layout explains. */
export function tiling(artifact: OpenArtifact): { readonly tiled: boolean; readonly unexplained: number } {
  const { holes, overlaps } = tilingFaults(treeOf(artifact), artifact.slice)
  let unexplained = 0
  const stack = [treeOf(artifact)]
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.kind === 'gap') for (const range of node.ranges) if (range.space === artifact.slice.space) unexplained += range.end - range.start
    stack.push(...node.children)
  }
  return { tiled: holes.length === 0 && overlaps.length === 0, unexplained }
}
