import type { Derived } from '../core/derived.ts'
import type { FieldNode, Problem } from '../core/field.ts'
import { type ArtifactIndex, bytesOf, rangeOf, sliceOf, type Slice, type Space } from '../core/place.ts'
import { say } from '../core/saying.ts'
import {
  NO_FACTS,
  type CaseItem,
  type Decoding,
  type Detection,
  type EvidenceFormat,
  type Facts,
  type Inner,
  type MessageKind,
  type Scheme,
} from '../core/scheme.ts'
import type { CollateralOrigin } from '../core/verdict.ts'
import { withValues } from './composite.ts'
import { later } from '../bytes/later.ts'
import { gapNode, sameBytes, tilingFaults, toHex } from '../bytes/layout.ts'
import { hashNow } from '../crypto/hash.ts'
import { digest } from '../crypto/verify.ts'
import { asItStands, OPEN_END, STRONG, type Part, type Peeled, type Reading } from '../unwrap/types.ts'
import { peel } from '../unwrap/unwrap.ts'
import type { InputFile } from './api.ts'
import { behindIt, leftToOthers, without, type Also } from './behind.ts'
import { allMarks, detectAll, entryOfFormat, formatOf, loadScheme, surest } from './registry.ts'

const NOTHING_ELSE: Also = { inner: [], spaces: [] }

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
  /** Every way to read it, best first: for readers. */
  readonly readings: () => readonly Detection[]
  readonly message: MessageKind | 'unknown'
  readonly facts: Facts
}

/** What was dropped together, read as far as it can be read. */
export interface OpenCase {
  readonly files: readonly { readonly name: string; readonly size: number; readonly sha256: () => string }[]
  readonly artifacts: readonly OpenArtifact[]
  /** Bytes of each file as dropped: what stands beside a value in the same text. */
  readonly contents: readonly Uint8Array[]
  /** Every run of bytes that a tree points into: for readers. */
  readonly spaces: () => readonly { readonly file: number; readonly space: Space }[]
}

interface Wanted {
  readonly slice: Slice
  readonly name: string
  readonly parent: ArtifactIndex | null
  readonly file: number
  readonly origin: CollateralOrigin
  readonly hints: Readonly<Record<string, string>>
  readonly format: string | undefined
  /** Which of the readings to take; undefined: the best. */
  readonly readAs?: string | undefined
  readonly depth: number
  readonly sha256: () => string
  /** Layers that the container took off to get here. */
  readonly path: readonly string[]
}

/** Opens every file and everything inside it. Bounded in depth, count and size; never throws for any bytes. */
export async function openCase(files: readonly InputFile[]): Promise<OpenCase> {
  const artifacts: OpenArtifact[] = []
  const read: OpenFile[] = []
  for (const [file, input] of files.entries()) {
    const opened = await openFile(input, file, artifacts.length)
    artifacts.push(...opened.artifacts)
    read.push(opened)
  }
  return {
    files: files.map(({ name, bytes }, file) => ({
      name,
      size: bytes.length,
      // The first artifact of a file is the file.
      sha256: read[file]?.artifacts[0]?.sha256 ?? digestLater(sliceOf('', bytes)),
    })),
    artifacts: withValues(artifacts),
    contents: files.map(({ bytes }) => bytes),
    spaces: later(() => read.flatMap((one, file) => one.spaces().map((space) => ({ file, space })))),
  }
}

/** Larger parts are hashed by the platform, beside the reading; of the others only those that somebody asks about. */
const LATE = 1 << 16

const digestLater = (slice: Slice) => later(() => toHex(hashNow('sha256', bytesOf(slice))))

interface Digest {
  readonly sha256: () => string
  /** Done once the platform has answered. */
  readonly made: Promise<void>
}

const MADE = Promise.resolve()

function digestOf(slice: Slice): Digest {
  const own = digestLater(slice)
  if (slice.end - slice.start <= LATE) return { sha256: own, made: MADE }
  let known: string | undefined
  const made = digest('SHA-256', bytesOf(slice)).then((bytes) => {
    known = toHex(bytes)
  })
  return { sha256: () => known ?? own(), made }
}

interface OpenFile {
  readonly artifacts: readonly OpenArtifact[]
  readonly spaces: () => readonly Space[]
}

async function openFile(input: InputFile, file: number, first: number): Promise<OpenFile> {
  const known = kept.find((one) => isSame(one, input))
  if (known) return moved(known.read, file, first)
  const fresh = await readFile(input, file, first)
  if (
    input.bytes.length <= KEPT_SIZE &&
    fresh.artifacts.every((one) => one.message === 'endorsement' || one.message === 'reference-values')
  )
    kept = [
      ...kept.slice(kept.length < KEPT_FILES ? 0 : 1),
      { input: { ...input, bytes: input.bytes.slice() }, read: fresh },
    ]
  return fresh
}

/**
 * The same collateral comes with every piece of evidence of a fleet. What was read in a file depends on its bytes only, so it is kept with them;
 * what is made of it (signatures, dates, whom it speaks about) is worked out for each case anew.
 */
let kept: readonly { readonly input: InputFile; readonly read: OpenFile }[] = []
const KEPT_FILES = 32
const KEPT_SIZE = 1 << 18

const isSame = ({ input }: { readonly input: InputFile }, other: InputFile) =>
  input.name === other.name &&
  input.origin === other.origin &&
  input.readAs === other.readAs &&
  sameBytes(input.bytes, other.bytes)

/** Forgets what was read in earlier cases: a benchmark that counts all work starts with this. */
export function forgetFiles(): void {
  kept = []
}

function moved({ artifacts, spaces }: OpenFile, file: number, first: number): OpenFile {
  const by = first - (artifacts[0]?.artifact ?? 0)
  return {
    artifacts: artifacts.map((one) => ({
      ...one,
      file,
      artifact: one.artifact + by,
      parent: one.parent === null ? null : one.parent + by,
    })),
    spaces,
  }
}

async function readFile(input: InputFile, file: number, first: number): Promise<OpenFile> {
  const artifacts: OpenArtifact[] = []
  const derivations: (() => readonly Space[])[] = []
  const digests: Promise<void>[] = []
  const hashed = (slice: Slice): (() => string) => {
    const { sha256, made } = digestOf(slice)
    digests.push(made)
    return sha256
  }
  const queue: Wanted[] = [
    {
      slice: sliceOf('', input.bytes),
      name: input.name,
      parent: null,
      file,
      origin: input.origin ?? 'dropped',
      hints: {},
      format: undefined,
      readAs: input.readAs,
      depth: 0,
      sha256: hashed(sliceOf('', input.bytes)),
      path: [],
    },
  ]
  for (let wanted = queue.shift(); wanted; wanted = queue.shift()) {
    if (artifacts.length >= ARTIFACT_BUDGET) {
      note(artifacts, 0, say('engine.too-many-artifacts', { limit: ARTIFACT_BUDGET, left: queue.length + 1 }))
      break
    }
    const { artifact, derived, inner } = await openArtifact(wanted, first + artifacts.length)
    artifacts.push(artifact)
    derivations.push(derived)
    if (wanted.depth >= NESTING_BUDGET) {
      if (inner.length > 0)
        note(
          artifacts,
          artifacts.length - 1,
          say('engine.nested-too-deep', { limit: NESTING_BUDGET, left: inner.length }),
        )
      continue
    }
    for (const part of inner) {
      queue.push({
        slice: part.slice,
        name: part.name,
        parent: artifact.artifact,
        file,
        // What was fetched, or kept by a deployment, came with all that is in it.
        origin:
          part.origin === 'dropped' && (wanted.origin === 'fetched' || wanted.origin === 'bundled')
            ? wanted.origin
            : part.origin,
        hints: part.hints ?? {},
        format: part.format,
        depth: wanted.depth + 1,
        sha256: hashed(part.slice),
        path: 'path' in part ? part.path : [],
      })
    }
  }
  await Promise.all(digests)
  return {
    artifacts,
    spaces: later(() => {
      const spaces = new Map<string, Space>([
        ['', { id: '', via: 'file', map: 'exact', bytes: input.bytes, pieces: [] }],
      ])
      for (const derived of derivations)
        for (const space of derived()) if (!spaces.has(space.id)) spaces.set(space.id, space)
      return [...spaces.values()]
    }),
  }
}

// What is left unread is said where a reader looks, never just left out.
function note(artifacts: OpenArtifact[], index: number, because: Problem['because']): void {
  const artifact = artifacts[index]
  if (artifact)
    artifacts[index] = { ...artifact, problems: [{ because, range: rangeOf(artifact.slice) }, ...artifact.problems] }
}

interface OpenedArtifact {
  readonly artifact: OpenArtifact
  readonly derived: () => readonly Space[]
  readonly inner: readonly (Inner | Part)[]
}

async function openArtifact(wanted: Wanted, index: number): Promise<OpenedArtifact> {
  if (wanted.format !== undefined) {
    const known = await decodeAs(wanted.format, wanted.slice, wanted.hints)
    if (known)
      return recognised(
        wanted,
        index,
        wanted.slice,
        known,
        wanted.path,
        [],
        () => [{ format: known.definition.id, score: 1, because: say('detect.container') }],
        [],
      )
  }
  const sure = wanted.readAs === undefined ? surest(wanted.slice) : undefined
  if (sure) {
    const also = behind(wanted.slice)
    const known = await decodeAs(sure.format, wanted.slice, openEnd(wanted.hints, also))
    if (known)
      return recognised(wanted, index, wanted.slice, known, wanted.path, [], () => detectAll(wanted.slice), [], also)
  }
  const peeled = unwrapped(wanted.slice)
  for (const { reading, best } of candidates(peeled.readings, wanted.readAs)) {
    const also = behind(reading.slice)
    const hints = openEnd({ ...wanted.hints, ...reading.hints }, also)
    const known = await decodeAs(best.format, reading.slice, hints)
    const others = () =>
      [
        ...reading.detections,
        ...peeled.readings.filter((other) => other !== reading).flatMap((other) => other.detections),
      ].filter((other) => other !== best)
    if (known)
      return recognised(
        { ...wanted, hints },
        index,
        reading.slice,
        known,
        [...wanted.path, ...reading.path],
        reading.spaces,
        () => [best, ...others()],
        reading.problems,
        also,
      )
  }
  const label = wanted.name
  const tree = peeled.tree ?? gapNode('', label, wanted.slice, peeled.problems, 'field.unexplained')
  const decoding: Decoding = {
    tree: () => tree,
    decoded: undefined,
    spaces: () => [],
    problems: peeled.problems,
    inner: peeled.parts,
  }
  return {
    artifact: artifactOf(
      wanted,
      index,
      wanted.slice,
      { decoding, facts: NO_FACTS, derived: undefined },
      [...wanted.path, ...peeled.layers.map((layer) => layer.via)],
      peeled.problems,
      () => [],
    ),
    derived: () => peeled.spaces,
    inner: peeled.parts,
  }
}

const behind = (slice: Slice): Also => behindIt(slice, detectAll, allMarks)

/** What follows is something else, and the format is told that it need not be its own. */
function openEnd(hints: Readonly<Record<string, string>>, { inner }: Also): Readonly<Record<string, string>> {
  return inner.length > 0 ? { ...hints, ...OPEN_END } : hints
}

/** Bytes that a format claims as they stand have no layers. */
function unwrapped(slice: Slice): Peeled {
  const detections = detectAll(slice)
  if ((detections[0]?.score ?? 0) >= STRONG)
    return { readings: [asItStands(slice, detections)], parts: [], layers: [], spaces: [], problems: [] }
  return peel(slice, detectAll, allMarks)
}

/** Readings in the order in which they are tried: the best of each, and before them the one that the reader chose, where it is among those offered. */
function candidates(
  readings: readonly Reading[],
  readAs: string | undefined,
): { readonly reading: Reading; readonly best: Detection }[] {
  const all = readings.flatMap((reading) => reading.detections.map((best) => ({ reading, best })))
  const chosen = all.find(({ best }) => best.format === readAs)
  const first = all.filter(({ reading, best }) => reading.detections[0] === best)
  return chosen ? [chosen, ...first.filter((one) => one !== chosen)] : first
}

interface Decoded {
  readonly scheme: Scheme
  readonly definition: EvidenceFormat
  readonly decoding: Decoding
  readonly facts: Facts
  readonly derived: Derived | undefined
}

async function decodeAs(
  format: string,
  slice: Slice,
  hints: Readonly<Record<string, string>>,
): Promise<Decoded | undefined> {
  const entry = entryOfFormat(format)
  if (!entry) return undefined
  const scheme = await loadScheme(entry)
  const definition = formatOf(scheme, format)
  if (!definition) return undefined
  try {
    const decoding = definition.decode(slice, { hints })
    const asked: Decoding = {
      tree: later(decoding.tree),
      decoded: decoding.decoded,
      spaces: later(decoding.spaces),
      problems: decoding.problems,
      inner: decoding.inner,
      ...(decoding.unexplored ? { unexplored: decoding.unexplored } : {}),
      ...(decoding.expand ? { expand: decoding.expand } : {}),
    }
    const facts = definition.facts?.(decoding.decoded) ?? NO_FACTS
    const derived = definition.derive ? await definition.derive(decoding.decoded) : undefined
    return { scheme, definition, decoding: asked, facts, derived }
  } catch (thrown) {
    // Readers must not throw. When one does it is our fault, and the bytes stay visible.
    const problem: Problem = {
      because: say('engine.decoder-crashed', { format, message: String(thrown).slice(0, 200) }),
      range: rangeOf(slice),
    }
    return {
      scheme,
      definition,
      decoding: {
        tree: () => gapNode('', format, slice, [problem]),
        decoded: undefined,
        spaces: () => [],
        problems: [problem],
        inner: [],
      },
      facts: NO_FACTS,
      derived: undefined,
    }
  }
}

/** Written out in one order: objects of one shape are read faster than those that were put together. */
function artifactOf(
  wanted: Wanted,
  artifact: ArtifactIndex,
  slice: Slice,
  known: Omit<Decoded, 'scheme' | 'definition'> & Partial<Pick<Decoded, 'scheme' | 'definition'>>,
  unwrapped: readonly string[],
  problems: readonly Problem[],
  readings: () => readonly Detection[],
): OpenArtifact {
  const { scheme, definition, decoding, facts, derived } = known
  return {
    artifact,
    parent: wanted.parent,
    file: wanted.file,
    name: wanted.name,
    sha256: wanted.sha256,
    size: wanted.slice.end - wanted.slice.start,
    origin: wanted.origin,
    slice,
    hints: wanted.hints,
    scheme,
    definition,
    format: definition?.id ?? null,
    message: definition?.message ?? 'unknown',
    decoded: decoding.decoded,
    facts,
    derived,
    decoding,
    unwrapped,
    problems,
    readings,
  }
}

/** An artifact that a format has read, with what it and others find in it and behind it. */
function recognised(
  wanted: Wanted,
  index: number,
  slice: Slice,
  known: Decoded,
  path: readonly string[],
  layers: readonly Space[],
  readings: () => readonly Detection[],
  problems: readonly Problem[],
  also: Also = NOTHING_ELSE,
): OpenedArtifact {
  const others = known.decoding.unexplored?.length ? leftToOthers(known.decoding, detectAll, allMarks) : NOTHING_ELSE
  const more = [...also.inner, ...others.inner]
  const inner = more.length === 0 ? [] : without(more, known.decoding)
  return {
    artifact: artifactOf(
      wanted,
      index,
      slice,
      known,
      path,
      problems.length === 0 ? known.decoding.problems : [...problems, ...known.decoding.problems],
      later(readings),
    ),
    derived: () => [...layers, ...spacesOf(known.decoding), ...also.spaces, ...others.spaces],
    inner: inner.length === 0 ? known.decoding.inner : [...known.decoding.inner, ...inner],
  }
}

/** The artifact's tree: made here, for a reader; a crash is ours, and the bytes stay visible. */
export function treeOf({ decoding, slice, name, format }: OpenArtifact): FieldNode {
  try {
    return decoding.tree()
  } catch (thrown) {
    return gapNode('', name, slice, [
      {
        because: say('engine.decoder-crashed', { format: format ?? '', message: String(thrown).slice(0, 200) }),
        range: rangeOf(slice),
      },
    ])
  }
}

/** The spaces that were derived; none where deriving crashes, which the tree then says. */
function spacesOf({ spaces }: Decoding): readonly Space[] {
  try {
    return spaces()
  } catch {
    return []
  }
}

/** Whether the leaves tile the artifact's bytes, and how many of those bytes no layout explains. */
export function tiling(artifact: OpenArtifact): { readonly tiled: boolean; readonly unexplained: number } {
  const { holes, overlaps } = tilingFaults(treeOf(artifact), artifact.slice)
  let unexplained = 0
  const stack = [treeOf(artifact)]
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.kind === 'gap')
      for (const range of node.ranges) if (range.space === artifact.slice.space) unexplained += range.end - range.start
    stack.push(...node.children)
  }
  return { tiled: holes.length === 0 && overlaps.length === 0, unexplained }
}
