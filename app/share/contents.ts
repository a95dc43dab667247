import type { CollateralUse } from '../../src/core/verdict.ts'
import type { Policy } from '../../src/core/policy.ts'
import type { Locale } from '../../src/core/saying.ts'
import type { AppraisalView, ArtifactView, InputFile, Inspection } from '../../src/engine/api.ts'
import { fieldsOf } from '../../src/engine/contract.ts'
import type { LinkState } from '../../src/engine/link.ts'

/** What becomes of the files of a case in a link. */
export type Carry =
  /** The example is named; it is part of the page. */
  | 'sample'
  /** Evidence, and everything that had a say in the verdict. */
  | 'all'
  /** Evidence; the rest is named by hash. */
  | 'evidence'
  /** No bytes; every file is named by hash. */
  | 'none'

/** What the sender chooses. */
export interface Choices {
  readonly carry: Carry
  readonly withAt: boolean
  readonly withPolicy: boolean
}

/** A file with its hash, as a case holds it. */
export interface NamedFile extends InputFile {
  readonly sha256: string
}

/** A file of the case and the part it plays. */
export interface Part {
  readonly file: NamedFile
  readonly role: 'evidence' | 'used' | 'unused'
  readonly artifacts: readonly ArtifactView[]
  readonly use: CollateralUse | undefined
}

/** Which part each file plays. Without any evidence, everything that was opened is what the case is about. */
export function partsOf(
  files: readonly NamedFile[],
  inspection: Inspection,
  appraisal: AppraisalView | undefined,
): readonly Part[] {
  const hasEvidence = inspection.artifacts.some(isEvidence)
  return files.map((file, index) => {
    const artifacts = inspection.artifacts.filter((artifact) => artifact.file === index)
    const own = new Set(artifacts.map((artifact) => artifact.index))
    const uses = appraisal?.collateral.filter((use) => own.has(use.artifact)) ?? []
    const isCited = appraisal?.checks.some((check) => check.cites.some((cite) => own.has(cite.artifact))) === true
    const use = uses.find((one) => one.use === 'used') ?? uses.find((one) => one.use !== 'not-for-this')
    const role = !hasEvidence || artifacts.some(isEvidence) ? 'evidence' : use || isCited ? 'used' : 'unused'
    return { file, role, artifacts, use }
  })
}

function isEvidence(artifact: ArtifactView): boolean {
  return artifact.message === 'evidence' || artifact.message === 'attestation-result'
}

/** The parts that travel as bytes under a choice. */
export function carried(parts: readonly Part[], carry: Carry): readonly Part[] {
  switch (carry) {
    case 'sample':
    case 'none':
      return []
    case 'evidence':
      return parts.filter((part) => part.role === 'evidence')
    case 'all':
      return parts.filter((part) => part.role !== 'unused')
  }
}

/** Everything that a link is made from. */
export interface LinkSource {
  readonly parts: readonly Part[]
  readonly sample: { readonly scheme: string; readonly id: string } | null
  readonly locale: Locale
  readonly panel: string | null
  /** As in the address: `artifact:path`. */
  readonly field: string | null
  readonly at: number
  readonly policy: Policy
}

/** What a link holds under the sender's choices. */
export function linkStateOf(source: LinkSource, choices: Choices): LinkState {
  const { parts, sample, locale, panel, field } = source
  const selection = /^(\d{1,4}):(.*)$/s.exec(field ?? '')
  const taken = carried(parts, choices.carry)
  const isNaming = choices.carry === 'evidence' || choices.carry === 'none'
  const left = isNaming
    ? parts.filter((part) => !taken.includes(part) && (part.role !== 'unused' || choices.carry === 'none'))
    : []
  return {
    files: taken.map(({ file }) => ({
      name: file.name,
      bytes: file.bytes,
      origin: file.origin ?? 'dropped',
      ...(file.readAs === undefined ? {} : { readAs: file.readAs }),
    })),
    // Beside carried evidence the key tells the reader what to fetch; alone it would name the platform.
    left: left.map(({ file, use, artifacts }) => ({
      kind: use?.kind ?? artifacts[0]?.format ?? 'file',
      key: choices.carry === 'none' ? '' : (use?.key ?? ''),
      sha256: file.sha256,
    })),
    ...(choices.carry === 'sample' && sample ? { sample } : {}),
    locale,
    ...(panel === null ? {} : { panel }),
    ...(selection ? { selection: { artifact: Number(selection[1]), path: selection[2] ?? '' } } : {}),
    ...(choices.withAt ? { at: source.at } : {}),
    ...(choices.withPolicy && hasExpectations(source.policy) ? { policy: source.policy } : {}),
  }
}

/** Whether a policy says anything. */
export function hasExpectations(policy: Policy): boolean {
  return Object.keys(policy).length > 1
}

/** A value in the evidence that tells machines, or kinds of machines, apart. */
export interface Identifier {
  readonly label: string
  readonly value: string
  readonly tells: 'machine' | 'model'
}

const MACHINE =
  /^(ppid|platform ?instance ?id|chip[ _]?id|hw[ _]?id|module[ _]?id|device[ _]?id|instance[ _]?id|ueid|ecid|mac ?address)$/i
const MODEL = /^(fmspc|cpuid.*)$/i

/** Identifiers in the carried files, so that the sender sees them before a link is copied. */
export function identifiersIn(parts: readonly Part[], inspection: Inspection): readonly Identifier[] {
  const own = new Set(parts.flatMap((part) => part.artifacts.map((artifact) => artifact.index)))
  const found = new Map<string, Identifier>()
  for (const row of fieldsOf({
    ...inspection,
    artifacts: inspection.artifacts.filter((artifact) => own.has(artifact.index)),
  })) {
    const name = row.path.split('.').at(-1) ?? ''
    const tells = [row.label, name].some((one) => MACHINE.test(one))
      ? 'machine'
      : [row.label, name].some((one) => MODEL.test(one))
        ? 'model'
        : undefined
    const value = withoutHead(row.value)
    // All zeros: the host keeps it to itself.
    if (tells === undefined || /^0*$/.test(value)) continue
    const key = `${row.label} ${value}`.toLowerCase()
    if (!found.has(key)) found.set(key, { label: row.label, value, tells })
  }
  return [...found.values()].slice(0, 24)
}

/** An OCTET STRING's bytes are shown with their tag and length; the identifier is what follows. */
function withoutHead(value: string): string {
  const isOctets = /^04[0-7][0-9a-f]/.test(value) && Number.parseInt(value.slice(2, 4), 16) * 2 === value.length - 4
  return isOctets ? value.slice(4) : value
}
