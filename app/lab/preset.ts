import type { LabChange, LabMove } from '../../src/core/lab.ts'
import type { Policy } from '../../src/core/policy.ts'
import type { ArtifactIndex, Space } from '../../src/core/place.ts'
import type { CheckId, Outcome } from '../../src/core/verdict.ts'
import type { AppraisalView, InputFile, Inspection } from '../../src/engine/api.ts'
import type { LabView } from '../../src/engine/lab.ts'
import { indexTree } from '../bytes/tree.ts'

/** One byte to write. */
export interface ByteWrite {
  readonly offset: number
  readonly to: number
}

/** The bytes that a preset writes in one piece of evidence; undefined where it writes none, or the evidence has no such field. */
export function writesOf(
  preset: LabView,
  inspection: Inspection,
  artifact: ArtifactIndex,
): { readonly file: number; readonly space: string; readonly writes: readonly ByteWrite[] } | undefined {
  const found = inspection.artifacts.find((one) => one.index === artifact)
  if (found?.format !== preset.format || preset.deed.kind !== 'bytes') return undefined
  const treeOf = (format: string) =>
    inspection.artifacts.find((one) => one.file === found.file && one.format === format)?.tree
  const spaces = inspection.spaces.filter((entry) => entry.file === found.file).map((entry) => entry.space)
  let space: string | undefined
  const writes: ByteWrite[] = []
  for (const move of preset.deed.moves) {
    const tree = move.of === undefined ? found.tree : treeOf(move.of)
    const range = tree && indexTree(tree, new Map()).node(move.path)?.ranges[0]
    const bytes = spaces.find((one) => one.id === range?.space)?.bytes
    if (!range || !bytes || (space !== undefined && space !== range.space)) return undefined
    space = range.space
    const from = range.start + (move.offset ?? 0)
    if (from >= range.end) return undefined
    writes.push(...written(move, bytes, from))
  }
  // Neighbours share characters of base64: several bytes at once would have to be written on each other's results.
  const isShared = writes.length > 1 && isThroughText(spaces, space)
  return space === undefined || isShared ? undefined : { file: found.file, space, writes }
}

function isThroughText(spaces: readonly Space[], id: string | undefined): boolean {
  const space = spaces.find((one) => one.id === id)
  if (!space || space.id === '') return false
  return space.via === 'base64' || isThroughText(spaces, space.parent ?? space.pieces[0]?.source ?? '')
}

function written(move: LabMove, bytes: Uint8Array, from: number): ByteWrite[] {
  switch (move.kind) {
    case 'flip':
      return [{ offset: from, to: (bytes[from] ?? 0) ^ (1 << move.bit) }]
    case 'write':
      return pairs(move.hex).map((to, at) => ({ offset: from + at, to }))
    case 'negate': {
      const order = BigInt(`0x${move.order}`)
      const length = move.order.length / 2
      const taken = [...bytes.subarray(from, from + length)]
      const ordered = move.isLittleEndian === true ? taken.toReversed() : taken
      const s = BigInt(`0x${ordered.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`)
      const negated = pairs((order - s).toString(16).padStart(2 * length, '0'))
      return (move.isLittleEndian === true ? negated.toReversed() : negated).map((to, at) => ({
        offset: from + at,
        to,
      }))
    }
  }
}

const pairs = (hex: string): number[] => (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))

/** The case after a preset that is no change of bytes; undefined where the case cannot have it. `remake` asks the engine. */
export async function played(
  { deed, id, scheme }: LabView,
  files: readonly InputFile[],
  policy: Policy,
  inspection: Inspection,
  artifact: ArtifactIndex,
  remake: (scheme: string, id: string, files: readonly InputFile[]) => Promise<readonly InputFile[] | null>,
): Promise<{ readonly files: readonly InputFile[]; readonly policy: Policy } | undefined> {
  switch (deed.kind) {
    case 'bytes':
      return undefined
    case 'append': {
      const own = wholeFile(inspection, artifact)
      const more = pairs(deed.hex)
      return own === undefined
        ? undefined
        : {
            policy,
            files: files.map((file, at) =>
              at === own ? { ...file, bytes: Uint8Array.of(...file.bytes, ...more) } : file,
            ),
          }
    }
    case 'expect':
      return { files, policy: { ...policy, ...deed.policy } }
    case 'take-away': {
      const at = fileOf(inspection, deed.format, artifact)
      return at === undefined ? undefined : { policy, files: files.filter((_, index) => index !== at) }
    }
    case 'remake': {
      const made = await remake(scheme, id, files)
      return made ? { files: made, policy } : undefined
    }
  }
}

/** The file that evidence fills from end to end. */
function wholeFile(inspection: Inspection, artifact: ArtifactIndex): number | undefined {
  const one = inspection.artifacts.find((candidate) => candidate.index === artifact)
  const size = one && inspection.files[one.file]?.size
  return one?.slice.space === '' && one.slice.start === 0 && one.slice.end === size ? one.file : undefined
}

/** The first file that is read as a format, and is not the evidence's own. */
function fileOf(inspection: Inspection, format: string, artifact: ArtifactIndex): number | undefined {
  const own = inspection.artifacts.find((one) => one.index === artifact)?.file
  return inspection.artifacts.find((one) => one.format === format && one.parent === null && one.file !== own)?.file
}

/** Whether a case can have this failure: the field is there, and the checks stand as the preset says they stood. */
export function isOffered(preset: LabView, inspection: Inspection, view: AppraisalView, subject: number): boolean {
  const artifact = view.subjects.find((one) => one.index === subject)?.artifact
  const format = inspection.artifacts.find((one) => one.index === artifact)?.format
  if (artifact === undefined || format !== preset.format || !canBeDone(preset, inspection, artifact)) return false
  const has = (check: CheckId, outcome: Outcome | 'absent') =>
    outcome === 'absent'
      ? !view.checks.some((one) => one.id === check && one.subject === subject)
      : view.checks.some((one) => one.id === check && one.subject === subject && one.outcome === outcome)
  return (
    preset.changes.every(
      ({ check, from, isIfThere, isElsewhere }) => isIfThere === true || isElsewhere === true || has(check, from),
    ) && (preset.needs ?? []).every(({ check, is }) => has(check, is))
  )
}

function canBeDone(preset: LabView, inspection: Inspection, artifact: ArtifactIndex): boolean {
  switch (preset.deed.kind) {
    case 'bytes':
      return writesOf(preset, inspection, artifact) !== undefined
    case 'append':
      return wholeFile(inspection, artifact) !== undefined
    case 'take-away':
      return fileOf(inspection, preset.deed.format, artifact) !== undefined
    case 'expect':
    case 'remake':
      return true
  }
}

/** What the preset declares for this very case. */
export function declaredFor(preset: LabView, view: AppraisalView): readonly LabChange[] {
  return preset.changes.filter(
    ({ check, from, isIfThere, isElsewhere }) =>
      (isElsewhere !== true || view.subjects.length > 1) &&
      (isIfThere !== true || view.checks.some((one) => one.id === check && one.outcome === from)),
  )
}

/** The preset that a link names; where the case does not offer it, the nearest: of the same class, else of the most alike name. */
export function presetNamed(
  offered: readonly LabView[],
  asked: string,
): { readonly preset: LabView; readonly isExact: boolean } | undefined {
  const exact = offered.find((one) => one.id === asked)
  if (exact) return { preset: exact, isExact: true }
  const wanted = asked.slice(asked.lastIndexOf('/') + 1)
  const alike = ({ failure }: LabView) => {
    let length = 0
    while (length < wanted.length && wanted[length] === failure[length]) length += 1
    return failure === wanted ? Number.POSITIVE_INFINITY : length
  }
  const nearest = offered.toSorted((a, b) => alike(b) - alike(a))[0]
  return nearest && { preset: nearest, isExact: false }
}
