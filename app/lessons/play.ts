import { NO_POLICY, type Policy } from '../../src/core/policy.ts'
import type { AppraisalView, AppraiseOptions, InputFile, Inspection } from '../../src/engine/api.ts'
import { indexTree } from '../bytes/tree.ts'
import { changesFor, edited, type Change as ByteChange } from '../case/edit.ts'
import { instantOf } from '../text/time.ts'
import type { Deed, Evidence } from './lesson.ts'

/** What plays a lesson: the engine, in a worker or in a test. */
export interface Tools {
  inspect(files: readonly InputFile[]): Promise<Inspection>
  appraise(files: readonly InputFile[], options: AppraiseOptions): Promise<AppraisalView>
  sample(scheme: string, id: string): Promise<readonly InputFile[]>
}

/** A byte that was changed: in which file (index), and what that is in the file's own bytes. */
export interface SceneEdit {
  readonly file: number
  readonly space: string
  readonly offset: number
  readonly before: number
  readonly after: number
  readonly changes: readonly ByteChange[]
}

/** What lies on the table: everything that an appraisal depends on. */
export interface Scene {
  /** As opened; of changed files the copies are in `files`. */
  readonly originals: readonly InputFile[]
  readonly files: readonly InputFile[]
  readonly edits: readonly SceneEdit[]
  /** Milliseconds since 1970. */
  readonly at: number
  readonly policy: Policy
}

const split = (sample: string): readonly [string, string] => {
  const [scheme = '', id = ''] = sample.split('/')
  return [scheme, id]
}

/** Opens the samples of a lesson as one case. A file that several samples carry alike is there once. */
export async function openScene({ samples, at, deeds = [] }: Evidence, tools: Tools): Promise<Scene> {
  const files: InputFile[] = []
  for (const sample of samples)
    for (const file of await tools.sample(...split(sample))) {
      const isKnown = files.some((one) => sameBytes(one.bytes, file.bytes))
      const isTaken = files.some((one) => one.name === file.name)
      if (!isKnown) files.push(isTaken ? { ...file, name: `${split(sample)[0]}-${file.name}` } : file)
    }
  let scene: Scene = { originals: files, files, edits: [], at: instantOf(at) ?? 0, policy: NO_POLICY }
  for (const deed of deeds) scene = await play(scene, deed, tools)
  // What was done before counts as how it came.
  return { ...scene, originals: scene.files, edits: [] }
}

const sameBytes = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, at) => byte === b[at])

/** Where a flip lands; undefined where the case has no such field. */
export function spotOf(
  inspection: Inspection,
  deed: Extract<Deed, { kind: 'flip' }>,
): { readonly file: number; readonly space: string; readonly start: number; readonly end: number } | undefined {
  const artifact = inspection.artifacts.find((one) => one.index === deed.artifact)
  const range = artifact && indexTree(artifact.tree, new Map()).node(deed.path)?.ranges[0]
  return artifact && range && { file: artifact.file, space: range.space, start: range.start, end: range.end }
}

/** The policy with what a deed adds to it. */
export function expecting(policy: Policy, given: Extract<Deed, { kind: 'expect' }>['policy']): Policy {
  return { ...policy, ...given }
}

/** The table after a deed. A deed that cannot be done is a mistake of the lesson, so it throws. */
export async function play(scene: Scene, deed: Deed, tools: Tools): Promise<Scene> {
  switch (deed.kind) {
    case 'flip':
      return flipped(scene, deed, await tools.inspect(scene.files))
    case 'at':
      return { ...scene, at: instantOf(deed.at) ?? scene.at }
    case 'root-off': {
      const view = await tools.appraise(scene.files, optionsOf(scene))
      const root = view.subjects.find((one) => one.index === deed.subject)?.root.spkiSha256
      if (root === undefined || root === '') throw new Error(`subject ${deed.subject} hangs on no root`)
      return { ...scene, policy: { ...scene.policy, anchorsOff: [...(scene.policy.anchorsOff ?? []), root] } }
    }
    case 'take-away': {
      const at = scene.files.findIndex((file) => file.name === deed.name)
      if (at < 0) throw new Error(`no file ${deed.name}`)
      return {
        ...scene,
        files: scene.files.filter((_, index) => index !== at),
        originals: scene.originals.filter((_, index) => index !== at),
        edits: scene.edits
          .filter((edit) => edit.file !== at)
          .map((edit) => ({ ...edit, file: edit.file > at ? edit.file - 1 : edit.file })),
      }
    }
    case 'add': {
      const file = (await tools.sample(...split(deed.sample))).find((one) => one.name === deed.name)
      if (!file) throw new Error(`no file ${deed.name} in ${deed.sample}`)
      return { ...scene, files: [...scene.files, file], originals: [...scene.originals, file] }
    }
    case 'expect':
      return { ...scene, policy: expecting(scene.policy, deed.policy) }
  }
}

function flipped(scene: Scene, deed: Extract<Deed, { kind: 'flip' }>, inspection: Inspection): Scene {
  const spot = spotOf(inspection, deed)
  const spaces = inspection.spaces.filter((entry) => entry.file === spot?.file).map((entry) => entry.space)
  const offset = (spot?.start ?? 0) + (deed.offset ?? 0)
  const before = spaces.find((space) => space.id === spot?.space)?.bytes[offset]
  const after = (before ?? 0) ^ (1 << deed.bit)
  const changes = spot && changesFor(spaces, spot.space, offset, after)
  const file = spot && scene.files[spot.file]
  if (!spot || before === undefined || !changes || !file) throw new Error(`${deed.path} cannot be flipped`)
  return {
    ...scene,
    files: scene.files.map((one, index) =>
      index === spot.file
        ? { ...one, bytes: edited(one.bytes, [{ file: '', space: spot.space, offset, before, after, changes }]) }
        : one,
    ),
    edits: [...scene.edits, { file: spot.file, space: spot.space, offset, before, after, changes }],
  }
}

/** How the table is appraised. */
export function optionsOf(scene: Scene): AppraiseOptions {
  return { at: scene.at, atSource: 'given', policy: scene.policy }
}
