import { type ArtifactIndex, bytesOf, rangeOf, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import type { Computed, ComputedGroup } from './computed.ts'
import { bootedOf, computed, emptyBoot, hasFewPages, snpGroups } from './compute.ts'
import { snpFirmware } from './firmware.ts'
import { FORMATS } from './formats.ts'
import type { Booted } from './snp.ts'

/** What the check reads. */
export interface PreparedImage extends Prepared {
  readonly artifact: ArtifactIndex
  readonly slice: Slice
  readonly computed: Computed
}

/** Files beside the firmware that are tried as kernel, initrd and command line. */
const MOST_FILES = 6
const MOST_BOOTS = 24
/** Longest command line that Linux takes. */
const LONGEST_LINE = 4096
/** Most processors that are tried against a report. */
const MOST_PROCESSORS = 255

/** Computes what this file comes to; firmware together with the files beside it, in every part that they may play. */
export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedImage> {
  const slice = subject.slice
  const alone = await computed(subject.format ?? '', slice)
  const together = subject.format === FORMATS.firmware ? await withFiles(slice, context) : []
  const result: Computed = { ...alone, groups: [...alone.groups, ...together] }
  const located = (value: Uint8Array) => ({ path: '', ranges: [rangeOf(slice)], value })
  return {
    artifact: subject.artifact,
    slice,
    computed: result,
    root: { status: 'none', holder: '', country: '', purpose: 'reference-values', spkiSha256: '', sha256: '' },
    collateral: [],
    ladders: [],
    wishes: [],
    timeline: [],
    vendor: null,
    nodes: [
      {
        id: 'statement',
        kind: 'content',
        title: say('node.measured-image.computed'),
        name: subject.name,
        cite: { artifact: subject.artifact, path: '', ranges: [rangeOf(slice)] },
      },
    ],
    doesNotProve: ['limit.measured-image.arithmetic'],
    statement: {
      issuer: '',
      about: subject.name,
      isSigned: false,
      isComputed: true,
      groups: result.groups.map(({ name, values }) => ({
        name,
        values: values.map(({ register, hash, value, isRemark }) => ({
          register,
          // A PCR's bank decides which one it is; other registers have one hash only.
          ...(register.startsWith('PCR') ? { hash } : {}),
          values: [located(value)],
          ...(isRemark ? { isRemark } : {}),
        })),
      })),
      files: result.files.map(({ name, hash, value }) => ({ name, hash, digest: located(value) })),
      claims: [],
    },
  }
}

/** Every way of booting what lies beside the firmware, against the reports of the case. */
async function withFiles(firmware: Slice, { items, files }: AppraisalContext): Promise<readonly ComputedGroup[]> {
  const snp = snpFirmware(firmware)
  const targets = items.flatMap(({ message, facts }) =>
    message === 'evidence'
      ? facts.measurements.filter(({ name }) => name === 'MEASUREMENT').map(({ value }) => value.value)
      : [],
  )
  if (!snp || !hasFewPages(snp) || targets.length === 0) return []
  const others = (files ?? []).slice(1, 1 + MOST_FILES).map(bytesOf)
  const empty = new Uint8Array()
  const boots: (Booted | undefined)[] = [undefined, await emptyBoot()]
  for (const kernel of others) {
    if (kernel[0] !== 0x4d || kernel[1] !== 0x5a) continue
    for (const initrd of [empty, ...others.filter((other) => other !== kernel)])
      for (const line of [empty, ...others.filter((other) => other !== kernel && other !== initrd)])
        if (line.length <= LONGEST_LINE && boots.length < MOST_BOOTS)
          boots.push(await bootedOf(kernel, initrd, withoutNewline(line)))
  }
  const all = await snpGroups(snp, boots, targets, MOST_PROCESSORS)
  const isFound = ({ values }: ComputedGroup) =>
    values.some(({ value }) => targets.some((target) => target.every((byte, i) => byte === value[i])))
  return all.filter(isFound)
}

/** An editor ends a line that the host does not pass on. */
function withoutNewline(line: Uint8Array): Uint8Array {
  return line.at(-1) === 0x0a ? line.subarray(0, -1) : line
}
