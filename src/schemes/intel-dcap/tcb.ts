import type { PlatformLevel, SvnLevel, TcbInfo, TcbStatus, TdxModule } from './decoded.ts'

/**
 * Intel's rules for security levels, as its Quote Verification Library applies them since 2026
 * (intel/confidential-computing.tee.dcap.qvl at d12717e3, EvaluateTcb.cpp and TDRelaunchCheck.cpp; sections 4.1.2.5.1 and .2 in its own numbering).
 * Pure functions over numbers: nothing here knows about signatures or dates of validity.
 */

/** Statuses that an appraisal can end with: those of levels, and Intel's two words about TDs that run since before an update. */
export type ReportedStatus = TcbStatus | 'TDRelaunchAdvised' | 'TDRelaunchAdvisedConfigurationNeeded'

/** What the platform has: sixteen SGX components and PCESVN from the PCK certificate, and TEE_TCB_SVN from a TD's report. */
export interface PlatformSvns {
  readonly components: readonly number[]
  readonly pceSvn: number
  readonly teeTcbSvn: Uint8Array | undefined
}

/** SVN components of either kind. */
export const COMPONENTS = 16

/** Where the TDX module's own versions stand in TEE_TCB_SVN. */
const MODULE_MINOR = 0
const MODULE_MAJOR = 1

/** A column of the comparison, in the order in which Intel compares. */
export interface Column {
  readonly kind: 'sgx' | 'pce' | 'tdx'
  /** Component number from 0; 0 for PCESVN. */
  readonly component: number
  readonly compared: boolean
}

/** One column where a level asks for more than the platform has. */
export interface Shortfall {
  readonly column: Column
  readonly have: number
  readonly need: number
}

/** Major version of the TDX module. */
export function moduleMajor(teeTcbSvn: Uint8Array): number {
  return teeTcbSvn[MODULE_MAJOR] ?? 0
}

/** Version of the TDX module within its major version. */
export function moduleMinor(teeTcbSvn: Uint8Array): number {
  return teeTcbSvn[MODULE_MINOR] ?? 0
}

/** The columns that are compared. With a module of major version above 0 its own identity judges the first two TDX components, so the platform's level leaves them out. */
export function columnsFor(platform: PlatformSvns): readonly Column[] {
  const sgx = Array.from({ length: COMPONENTS }, (_, component): Column => ({ kind: 'sgx', component, compared: true }))
  const pce: Column = { kind: 'pce', component: 0, compared: true }
  const svn = platform.teeTcbSvn
  if (!svn) return [...sgx, pce]
  const from = moduleMajor(svn) > 0 ? 2 : 0
  return [
    ...sgx,
    pce,
    ...Array.from({ length: COMPONENTS }, (_, component): Column => ({
      kind: 'tdx',
      component,
      compared: component >= from,
    })),
  ]
}

/** What the platform has in a column. */
export function haveOf(platform: PlatformSvns, column: Column): number {
  switch (column.kind) {
    case 'sgx':
      return platform.components[column.component] ?? -1
    case 'pce':
      return platform.pceSvn
    case 'tdx':
      return platform.teeTcbSvn?.[column.component] ?? -1
  }
}

/** What a level asks for in a column. A component that the level lacks is never met. */
export function needOf(level: PlatformLevel, column: Column): number {
  switch (column.kind) {
    case 'sgx':
      return level.sgx[column.component] ?? Number.POSITIVE_INFINITY
    case 'pce':
      return level.pceSvn
    case 'tdx':
      return level.tdx?.[column.component] ?? Number.POSITIVE_INFINITY
  }
}

/** Every compared column where the platform is below the level; empty when the level is met. */
export function shortfalls(level: PlatformLevel, platform: PlatformSvns): Shortfall[] {
  return columnsFor(platform)
    .filter((column) => column.compared)
    .map((column) => ({ column, have: haveOf(platform, column), need: needOf(level, column) }))
    .filter(({ have, need }) => have < need)
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = compareNumbers(a[i] ?? -1, b[i] ?? -1)
    if (difference !== 0) return difference
  }
  return 0
}

/** Two that cannot be read are equal. */
function compareNumbers(a: number, b: number): number {
  const difference = a - b
  return Number.isNaN(difference) ? 0 : difference
}

/** Levels, highest first: by SGX components, then PCESVN, then TDX components. The order in the file means nothing. */
export function sortedLevels(levels: readonly PlatformLevel[]): PlatformLevel[] {
  return levels.toSorted(
    (a, b) =>
      compareLists(b.sgx, a.sgx) || compareNumbers(b.pceSvn, a.pceSvn) || compareLists(b.tdx ?? [], a.tdx ?? []),
  )
}

/** The highest level that the platform meets in every compared column. */
export function matchPlatform(levels: readonly PlatformLevel[], platform: PlatformSvns): PlatformLevel | undefined {
  const columns = columnsFor(platform).filter((column) => column.compared)
  return sortedLevels(levels).find((level) =>
    columns.every((column) => !(haveOf(platform, column) < needOf(level, column))),
  )
}

/** The levels of one SVN, highest first. */
export function sortedSvnLevels(levels: readonly SvnLevel[]): SvnLevel[] {
  return levels.toSorted((a, b) => b.isvSvn - a.isvSvn)
}

/** The highest level that one SVN meets. */
export function matchSvn(levels: readonly SvnLevel[], svn: number): SvnLevel | undefined {
  return sortedSvnLevels(levels).find((level) => svn >= level.isvSvn)
}

/** Id under which the identity of a TDX module of that major version is listed. */
export function moduleId(major: number): string {
  return `TDX_${major.toString(16).toUpperCase().padStart(2, '0')}`
}

/** The identity of the TDX module in use; ids are compared without case. Undefined when the TCB info has none for it. */
export function moduleIdentity(info: TcbInfo, teeTcbSvn: Uint8Array): TdxModule | undefined {
  const major = moduleMajor(teeTcbSvn)
  if (major === 0) return info.tdxModule
  const id = moduleId(major)
  return info.tdxModuleIdentities?.find((identity) => identity.id.toUpperCase() === id)
}

/** The platform's status together with those of the quoting enclave and the TDX module. */
export function converge(platform: TcbStatus, parts: readonly TcbStatus[]): TcbStatus {
  if (parts.includes('Revoked')) return 'Revoked'
  if (!parts.includes('OutOfDate')) return platform
  switch (platform) {
    case 'UpToDate':
    case 'SWHardeningNeeded':
    case 'OutOfDate':
      return 'OutOfDate'
    case 'ConfigurationNeeded':
    case 'ConfigurationAndSWHardeningNeeded':
    case 'OutOfDateConfigurationNeeded':
      return 'OutOfDateConfigurationNeeded'
    case 'Revoked':
      return 'Revoked'
  }
}

/** What to say of a TD that was started at one level and runs at another. */
export function relaunch(launch: TcbStatus, current: TcbStatus): ReportedStatus {
  if (launch !== 'OutOfDate' && launch !== 'OutOfDateConfigurationNeeded') return launch
  switch (current) {
    case 'UpToDate':
    case 'SWHardeningNeeded':
      return launch === 'OutOfDate' ? 'TDRelaunchAdvised' : 'TDRelaunchAdvisedConfigurationNeeded'
    case 'ConfigurationNeeded':
    case 'ConfigurationAndSWHardeningNeeded':
      return 'TDRelaunchAdvisedConfigurationNeeded'
    case 'OutOfDate':
    case 'OutOfDateConfigurationNeeded':
    case 'Revoked':
      return launch
  }
}

/** A level that was found, or the fact that none was. */
export type Matched<L> = { readonly matched: true; readonly level: L } | { readonly matched: false }

/** What one set of SVNs comes to. */
export interface Evaluation {
  readonly platform: Matched<PlatformLevel>
  /** Undefined when the module has no levels of its own: SGX, and TDX modules of major version 0. */
  readonly module: (Matched<SvnLevel> & { readonly id: string; readonly svn: number }) | undefined
  readonly qe: Matched<SvnLevel> | undefined
  /** Undefined when some part matches no level (`TCB_NOT_SUPPORTED`), or when the quoting enclave's level is not known. */
  readonly status: TcbStatus | undefined
  /** True when some part matches no level. */
  readonly isBelowEveryLevel: boolean
  /** Earliest date of the levels that matched, as written. */
  readonly date: string | undefined
  /** Of all levels that matched, without repetition. */
  readonly advisories: readonly string[]
}

/** What goes into an evaluation. `qe` is undefined when there is no identity to compare with. */
export interface EvaluationInput {
  readonly info: TcbInfo
  readonly platform: PlatformSvns
  readonly qe: { readonly levels: readonly SvnLevel[]; readonly svn: number } | undefined
}

const matchedOf = <L>(level: L | undefined): Matched<L> =>
  level === undefined ? { matched: false } : { matched: true, level }

/** Matches platform, TDX module and quoting enclave, and converges them. */
export function evaluate({ info, platform, qe }: EvaluationInput): Evaluation {
  const platformMatch = matchedOf(matchPlatform(info.levels, platform))
  const qeMatch = qe && matchedOf(matchSvn(qe.levels, qe.svn))
  const module = moduleOf(info, platform.teeTcbSvn)
  const parts = [platformMatch, module, qeMatch].filter((part) => part !== undefined)
  const levels = parts.flatMap((part) => (part.matched ? [part.level] : []))
  const isBelowEveryLevel = parts.some((part) => !part.matched)
  const statusOf = (part: Matched<SvnLevel> | undefined): TcbStatus[] =>
    part?.matched === true && isStatus(part.level.status) ? [part.level.status] : []
  const status =
    platformMatch.matched && isStatus(platformMatch.level.status) && qeMatch && !isBelowEveryLevel
      ? converge(platformMatch.level.status, [...statusOf(module), ...statusOf(qeMatch)])
      : undefined
  return {
    platform: platformMatch,
    module,
    qe: qeMatch,
    status,
    isBelowEveryLevel,
    date: earliest(levels),
    advisories: [...new Set(levels.flatMap((level) => level.advisories))],
  }
}

function moduleOf(info: TcbInfo, teeTcbSvn: Uint8Array | undefined): Evaluation['module'] {
  if (!teeTcbSvn || moduleMajor(teeTcbSvn) === 0) return undefined
  const svn = moduleMinor(teeTcbSvn)
  return {
    ...matchedOf(matchSvn(moduleIdentity(info, teeTcbSvn)?.levels ?? [], svn)),
    id: moduleId(moduleMajor(teeTcbSvn)),
    svn,
  }
}

function earliest(
  levels: readonly { readonly date: string; readonly dateMs: number | undefined }[],
): string | undefined {
  return levels.toSorted((a, b) => (a.dateMs ?? Number.POSITIVE_INFINITY) - (b.dateMs ?? Number.POSITIVE_INFINITY))[0]
    ?.date
}

const SEVERITY: Readonly<Record<ReportedStatus, number>> = {
  UpToDate: 0,
  SWHardeningNeeded: 1,
  ConfigurationNeeded: 2,
  ConfigurationAndSWHardeningNeeded: 3,
  TDRelaunchAdvised: 4,
  TDRelaunchAdvisedConfigurationNeeded: 5,
  OutOfDate: 6,
  OutOfDateConfigurationNeeded: 7,
  Revoked: 9,
}

/** True for a word that Intel uses for levels. */
export function isStatus(word: string): word is TcbStatus {
  return Object.hasOwn(SEVERITY, word) && !word.startsWith('TDRelaunch')
}

/** How bad a status is; only the order means something. `undefined`: below every level. */
export function severity(status: ReportedStatus | undefined): number {
  return status === undefined ? 8 : SEVERITY[status]
}

/** The outcome for one quote: launch and, for TD reports 1.5, current. */
export interface TcbVerdict {
  readonly launch: Evaluation
  readonly current: Evaluation | undefined
  readonly status: ReportedStatus | undefined
  readonly isBelowEveryLevel: boolean
  readonly date: string | undefined
  readonly advisories: readonly string[]
}

/** Evaluates a quote. A TD report 1.5 carries the versions at launch and those of now; what is reported is the launch, unless starting the TD again would better it. */
export function judgeTcb(input: EvaluationInput, teeTcbSvn2: Uint8Array | undefined): TcbVerdict {
  const launch = evaluate(input)
  const current = teeTcbSvn2 && evaluate({ ...input, platform: { ...input.platform, teeTcbSvn: teeTcbSvn2 } })
  const isBelowEveryLevel = launch.isBelowEveryLevel || current?.isBelowEveryLevel === true
  const status =
    launch.status === undefined || isBelowEveryLevel
      ? undefined
      : current
        ? current.status === undefined
          ? undefined
          : relaunch(launch.status, current.status)
        : launch.status
  return { launch, current, status, isBelowEveryLevel, date: launch.date, advisories: launch.advisories }
}
