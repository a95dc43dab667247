import type { FieldNode } from '../core/field.ts'
import type { ByteRange, Space } from '../core/place.ts'
import { NO_POLICY } from '../core/policy.ts'
import type { Headline } from '../core/verdict.ts'
import type { AppraisalView, InputFile, Inspection } from '../engine/api.ts'
import { appraise } from '../engine/appraise.ts'
import { inspect } from '../engine/inspect.ts'
import { mapBack } from '../envelope/map-back.ts'

/** Changes bytes one at a time and watches the verdict: what a signature covers, shown by trying. */

/** The headline as if the root were relied on: demonstration roots would otherwise hide everything behind S2. */
export const effective = (view: AppraisalView): Headline => view.ifRootTrusted ?? view.headline

/** Headlines that somebody could act on. */
export const ACCEPTING: readonly Headline[] = ['S5', 'S5w', 'S6']

export interface Flip {
  readonly offset: number
  readonly bit: number
  readonly headline: Headline
  readonly isUnsupported: boolean
  /** The key, or what was signed with it, lay in another file, and the signature does not hold: the wrong file or a changed message, and the page says that it cannot tell which. */
  readonly isKeyOpen: boolean
  /** Nothing of the untouched subject's kind is left: what is appraised is another part of the file. */
  readonly isElsewhere: boolean
  /** Something reads as evidence that was none before: another subject, with a verdict of its own. */
  readonly isJoined: boolean
  /** Path of the innermost field that holds the byte. */
  readonly field: string
  readonly isCovered: boolean
}

export interface Baseline {
  readonly view: AppraisalView
  readonly inspection: Inspection
  /** For each byte of the file: whether a passing check of the untouched case covers it. */
  readonly covered: Uint8Array
  readonly fieldAt: (offset: number) => string
}

/** Appraises the untouched case and maps what its checks cover back to the bytes of one file. */
export async function baselineOf(files: readonly InputFile[], file: number, at: number): Promise<Baseline> {
  const inspection = await inspect(files)
  const view = await appraise(files, { at, atSource: 'given', policy: NO_POLICY })
  const covered = new Uint8Array(files[file]?.bytes.length ?? 0)
  const spaces = new Map<string, Space>(
    inspection.spaces.filter((one) => one.file === file).map((one) => [one.space.id, one.space]),
  )
  for (const check of view.checks) {
    if (check.outcome !== 'pass') continue
    for (const cover of check.covers ?? []) {
      if (inspection.artifacts[cover.artifact]?.file !== file) continue
      for (const range of toFile(spaces, cover.range)) covered.fill(1, range.start, range.end)
    }
  }
  const names = Array.from({ length: covered.length }, () => '')
  for (const artifact of inspection.artifacts) if (artifact.file === file) nameLeaves(artifact.tree, spaces, names)
  return { view, inspection, covered, fieldAt: (offset) => names[offset] ?? '' }
}

function toFile(spaces: ReadonlyMap<string, Space>, range: ByteRange): readonly ByteRange[] {
  let ranges: readonly ByteRange[] = [range]
  for (let depth = 0; depth < 16 && ranges.some((one) => one.space !== ''); depth++)
    ranges = ranges.flatMap((one) => (one.space === '' ? [one] : mapBack(spaces, one)))
  return ranges
}

function nameLeaves(tree: FieldNode, spaces: ReadonlyMap<string, Space>, names: string[]): void {
  const stack = [tree]
  for (let node = stack.pop(); node; node = stack.pop()) {
    for (const range of node.ranges)
      for (const own of toFile(spaces, range)) if (node.kind !== 'struct') names.fill(node.path, own.start, own.end)
    if (node.kind !== 'bits')
      for (let i = node.children.length - 1; i >= 0; i--) {
        const child = node.children[i]
        if (child) stack.push(child)
      }
  }
}

/** Changed cases under way at once: half of the time of each is waiting for WebCrypto. */
const AT_ONCE = 16

/** Flips bits of one file and appraises each changed case; the results in the order of the plan. */
export async function flips(
  files: readonly InputFile[],
  file: number,
  at: number,
  baseline: Baseline,
  plan: { readonly offsets: Iterable<number>; readonly bits: readonly number[] },
): Promise<Flip[]> {
  const original = files[file]
  if (!original) return []
  const flipped = async (offset: number, bit: number): Promise<Flip> => {
    const bytes = original.bytes.slice()
    bytes[offset] = (bytes[offset] ?? 0) ^ (1 << bit)
    const view = await appraise(
      files.map((one, index) => (index === file ? { ...one, bytes } : one)),
      { at, atSource: 'given', policy: NO_POLICY },
    )
    const isUnsupported = view.checks.some((check) => check.weight === 'decides' && check.outcome === 'unsupported')
    const isKeyOpen = view.checks.some(
      (check) =>
        check.weight === 'decides' &&
        check.layer === 2 &&
        (check.because.text === 'key.did-not-sign' || check.because.code === 'not-for-this'),
    )
    return {
      offset,
      bit,
      headline: effective(view),
      isUnsupported,
      isKeyOpen,
      isElsewhere: !view.subjects.some((one) => baseline.view.subjects.some((was) => was.format === one.format)),
      isJoined: view.subjects.some((one) => !baseline.view.subjects.some((was) => was.format === one.format)),
      field: baseline.fieldAt(offset),
      isCovered: baseline.covered[offset] === 1,
    }
  }
  const todo = [...plan.offsets].flatMap((offset) => plan.bits.map((bit) => ({ offset, bit })))
  const out: Flip[] = []
  for (let next = 0; next < todo.length; next += AT_ONCE)
    out.push(...(await Promise.all(todo.slice(next, next + AT_ONCE).map(({ offset, bit }) => flipped(offset, bit)))))
  return out
}

/** Headline × top-level field, as printable rows. */
export function histogram(all: readonly Flip[]): string {
  const groups = new Map<string, Map<string, number>>()
  for (const flip of all) {
    const field = flip.field.split(/[.[]/).slice(0, 2).join('.') || '(none)'
    const row = groups.get(field) ?? new Map<string, number>()
    const key = flip.isCovered ? flip.headline : `${flip.headline} not covered`
    row.set(key, (row.get(key) ?? 0) + 1)
    groups.set(field, row)
  }
  return [...groups]
    .map(([field, row]) => `  ${field.padEnd(44)} ${[...row].map(([key, count]) => `${key}: ${count}`).join(' · ')}`)
    .join('\n')
}

/** Runs of bytes that no passing check covers. */
export function uncovered(baseline: Baseline): string {
  const runs: string[] = []
  for (let start = 0; start < baseline.covered.length; start++) {
    if (baseline.covered[start] === 1) continue
    let end = start
    while (
      end < baseline.covered.length &&
      baseline.covered[end] !== 1 &&
      baseline.fieldAt(end) === baseline.fieldAt(start)
    )
      end++
    runs.push(`  0x${start.toString(16)}–0x${(end - 1).toString(16)} ${baseline.fieldAt(start)}`)
    start = end - 1
  }
  return runs.join('\n')
}
