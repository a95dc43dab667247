import type { ArtifactIndex } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { CollateralUse, Ladder, LadderColumn } from '../../core/verdict.ts'
import type { SvnLevel, TcbInfo } from './decoded.ts'
import {
  columnsFor,
  haveOf,
  matchPlatform,
  matchSvn,
  moduleIdentity,
  moduleId,
  moduleMajor,
  moduleMinor,
  needOf,
  sortedLevels,
  sortedSvnLevels,
  type Column,
  type PlatformSvns,
} from './tcb.ts'
import type { Work } from './work.ts'

/** Short name of a column, as Intel numbers it. */
export function columnId(column: Column): string {
  switch (column.kind) {
    case 'sgx':
      return `sgx${String(column.component + 1).padStart(2, '0')}`
    case 'pce':
      return 'pcesvn'
    case 'tdx':
      return `tdx${String(column.component).padStart(2, '0')}`
  }
}

/** What a column is, in Intel's words, as the TCB info gives them; '' where it gives none. */
export function columnName(info: TcbInfo, column: Column): string {
  switch (column.kind) {
    case 'sgx':
      return info.sgxComponentNames[column.component] ?? ''
    case 'pce':
      return 'PCE'
    case 'tdx':
      return info.tdxComponentNames[column.component] ?? ''
  }
}

/** How a column is updated, in Intel's words: `BIOS`, `OS/VMM`; '' where it does not say. */
export function columnCategory(info: TcbInfo, column: Column): string {
  switch (column.kind) {
    case 'sgx':
      return info.sgxComponentCategories[column.component] ?? ''
    case 'pce':
      return 'OS/VMM'
    case 'tdx':
      return info.tdxComponentCategories[column.component] ?? ''
  }
}

function labelOf(column: Column): string {
  switch (column.kind) {
    case 'sgx':
      return `SGX ${column.component + 1}`
    case 'pce':
      return 'PCESVN'
    case 'tdx':
      return `TDX ${column.component}`
  }
}

function columnOf(info: TcbInfo, column: Column): LadderColumn {
  const note = [columnName(info, column), columnCategory(info, column)].filter((part) => part !== '').join(', ')
  return { id: columnId(column), label: labelOf(column), compared: column.compared, ...(note === '' ? {} : { note }) }
}

interface Source {
  readonly use: CollateralUse | null
  readonly artifact: ArtifactIndex
}

function platformLadder(id: string, info: TcbInfo, platform: PlatformSvns, source: Source): Ladder {
  const columns = columnsFor(platform)
  const levels = sortedLevels(info.levels)
  const match = matchPlatform(info.levels, platform)
  return {
    id,
    title: say(id === 'platform' ? 'ladder.intel.platform' : 'ladder.intel.platform-now', { fmspc: info.fmspc ?? '' }),
    source: source.use,
    columns: columns.map((column) => columnOf(info, column)),
    platform: columns.map((column) => haveOf(platform, column)),
    evaluationNumber: info.evaluationNumber ?? null,
    match: match ? levels.indexOf(match) : null,
    rows: levels.map((level) => {
      const short = columns.findIndex((column) => column.compared && haveOf(platform, column) < needOf(level, column))
      // Infinity stands for a number that is not there; it must not leave here as one.
      const needs = columns.map((column) => {
        const need = needOf(level, column)
        return Number.isFinite(need) ? need : -1
      })
      return {
        status: level.status,
        date: level.date,
        advisories: level.advisories,
        needs,
        shortAt: short < 0 ? null : short,
        cite: { artifact: source.artifact, path: level.path, ranges: [level.range] },
      }
    }),
  }
}

function svnLadder(
  id: string,
  title: Ladder['title'],
  levels: readonly SvnLevel[],
  svn: number,
  number: number | undefined,
  source: Source,
): Ladder {
  const sorted = sortedSvnLevels(levels)
  const match = matchSvn(levels, svn)
  return {
    id,
    title,
    source: source.use,
    columns: [{ id: 'isvsvn', label: 'ISVSVN', compared: true }],
    platform: [svn],
    evaluationNumber: number ?? null,
    match: match ? sorted.indexOf(match) : null,
    rows: sorted.map((level) => ({
      status: level.status,
      date: level.date,
      advisories: level.advisories,
      needs: [Number.isFinite(level.isvSvn) ? level.isvSvn : -1],
      shortAt: svn >= level.isvSvn ? null : 0,
      cite: { artifact: source.artifact, path: level.path, ranges: [level.range] },
    })),
  }
}

/** The ladders of a quote: platform (at launch, and now for TD reports 1.5), TDX module, quoting enclave. */
export function laddersOf(work: Work, uses: readonly CollateralUse[]): Ladder[] {
  const { platform, quote } = work
  const ladders: Ladder[] = []
  const sourceOf = (item: { readonly source: { readonly item: { readonly artifact: ArtifactIndex } } }): Source => {
    const artifact = item.source.item.artifact
    return { artifact, use: uses.find((use) => use.artifact === artifact) ?? null }
  }
  const chosen = work.tcbInfo.deciding
  if (chosen && platform) {
    const info = chosen.source.value
    const source = sourceOf(chosen)
    ladders.push(platformLadder('platform', info, platform, source))
    const { body } = quote
    if (body?.kind === 'td15' || body?.kind === 'td15ex')
      ladders.push(
        platformLadder('platform-now', info, { ...platform, teeTcbSvn: body.report.teeTcbSvn2.value }, source),
      )
    const svn = platform.teeTcbSvn
    const module = svn && moduleMajor(svn) > 0 ? moduleIdentity(info, svn) : undefined
    if (svn && module)
      ladders.push(
        svnLadder(
          'tdx-module',
          say('ladder.intel.tdx-module', { id: moduleId(moduleMajor(svn)) }),
          module.levels,
          moduleMinor(svn),
          info.evaluationNumber,
          source,
        ),
      )
  }
  const identity = work.identity.deciding
  if (identity && quote.qeReport) {
    const value = identity.source.value
    ladders.push(
      svnLadder(
        'qe',
        say('ladder.intel.qe', { id: value.id ?? '' }),
        value.levels,
        quote.qeReport.isvSvn.value,
        value.evaluationNumber,
        sourceOf(identity),
      ),
    )
  }
  return ladders
}
