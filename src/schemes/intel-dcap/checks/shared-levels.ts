import { say, type Saying } from '../../../core/saying.ts'
import type { Cite } from '../../../core/verdict.ts'
import { columnCategory, columnName } from '../ladder.ts'
import { certificateCite } from '../nodes.ts'
import type { PreparedQuote } from '../prepare.ts'
import { shortfalls, sortedLevels, sortedSvnLevels, type Column, type Matched, type Shortfall } from '../tcb.ts'
import { cited } from './shared.ts'
import type { PlatformLevel, SvnLevel, TcbInfo } from '../decoded.ts'

/** What is short, in words and bytes. */
export interface Short {
  readonly part: string
  readonly found: string
  readonly expected: string
  readonly cites: readonly Cite[]
  readonly remedy: Saying | undefined
}

function printed(info: TcbInfo, column: Column): string {
  const name = columnName(info, column)
  const label =
    column.kind === 'pce'
      ? 'PCESVN'
      : `${column.kind.toUpperCase()} ${column.kind === 'sgx' ? column.component + 1 : column.component}`
  return name === '' || column.kind === 'pce' ? label : `${label} (${name})`
}

// Which update cures a component, by Intel's own category of it.
function remedyOf(info: TcbInfo, short: readonly Shortfall[], also: readonly string[]): Saying | undefined {
  const first = short[0]
  if (!first) return undefined
  const parts = [...short.map(({ column }) => printed(info, column)), ...also].join(', ')
  if (also.length === 0 && short.every(({ column }) => column.kind === 'pce')) return say('tcb.remedy.pce', { parts })
  const categories = new Set(short.map(({ column }) => columnCategory(info, column)))
  if (categories.has('BIOS') && categories.size > 1) return say('tcb.remedy.bios-and-os', { parts })
  if (categories.has('BIOS')) return say('tcb.remedy.bios', { parts })
  if (categories.has('OS/VMM')) return say('tcb.remedy.os', { parts })
  return say('tcb.remedy.update-parts', { parts })
}

// The TDX module and the quoting enclave have ladders of their own: what is behind there has to be updated as well.
function behind({ tcb }: PreparedQuote): readonly string[] {
  const { module, qe } = tcb?.launch ?? {}
  const isBehind = (part: Matched<SvnLevel> | undefined) => part?.matched === true && part.level.status !== 'UpToDate'
  return [...(module && isBehind(module) ? [module.id] : []), ...(isBehind(qe) ? ['QE'] : [])]
}

// Where each side is written: the PCK extension or TEE_TCB_SVN for the platform, the level in the TCB info.
function citesOf(prepared: PreparedQuote, level: PlatformLevel, short: readonly Shortfall[]): Cite[] {
  const { chain, quote, tcbInfo } = prepared
  const leaf = certificateCite(prepared, chain.leaf)
  const ranges = short.flatMap(({ column }) =>
    column.kind === 'sgx'
      ? (chain.extensions?.componentRanges[column.component] ?? [])
      : column.kind === 'pce'
        ? (chain.extensions?.pceSvn?.ranges ?? [])
        : [],
  )
  const own = leaf && ranges.length > 0 ? [{ ...leaf, ranges }] : []
  const body = quote.body?.kind === 'sgx' ? undefined : quote.body
  const tdx = short.some(({ column }) => column.kind === 'tdx') ? cited(prepared, body?.report.teeTcbSvn) : []
  const info = tcbInfo.deciding
  return [
    ...own,
    ...tdx,
    ...(info ? [{ artifact: info.source.item.artifact, path: level.path, ranges: [level.range] }] : []),
  ]
}

function shortOf(
  prepared: PreparedQuote,
  info: TcbInfo,
  level: PlatformLevel,
  platform = prepared.platform,
): Short | undefined {
  const short = platform ? shortfalls(level, platform) : []
  if (short.length === 0) return undefined
  const list = (side: 'have' | 'need') =>
    short
      .map(
        (one) =>
          `${printed(info, one.column)} ${side === 'have' ? one.have : Number.isFinite(one.need) ? one.need : '–'}`,
      )
      .join(', ')
  return {
    part: printed(info, short[0]?.column ?? { kind: 'pce', component: 0, compared: true }),
    found: list('have'),
    expected: list('need'),
    cites: citesOf(prepared, level, short),
    remedy: remedyOf(info, short, behind(prepared)),
  }
}

/** What separates the platform from the highest level. Undefined when it is there already. */
export function bestLevelShortfall(prepared: PreparedQuote): Short | undefined {
  const info = prepared.tcbInfo.deciding?.source.value
  const best = info && sortedLevels(info.levels)[0]
  return info && best ? shortOf(prepared, info, best) : undefined
}

/** What separates the part that matches no level from the lowest one. */
export function notMatched(prepared: PreparedQuote): Short {
  const { tcb, tcbInfo, identity, quote } = prepared
  const info = tcbInfo.deciding?.source.value
  const evaluation = [tcb?.launch, tcb?.current].find((one) => one?.isBelowEveryLevel)
  const lowest = info && sortedLevels(info.levels).at(-1)
  if (evaluation && !evaluation.platform.matched && info && lowest) {
    const second =
      quote.body?.kind === 'td15' || quote.body?.kind === 'td15ex' ? quote.body.report.teeTcbSvn2.value : undefined
    const platform =
      prepared.platform && evaluation === tcb?.current ? { ...prepared.platform, teeTcbSvn: second } : prepared.platform
    const short = shortOf(prepared, info, lowest, platform)
    if (short) return short
  }
  if (evaluation?.module && !evaluation.module.matched) {
    const levels =
      info?.tdxModuleIdentities?.find((one) => one.id.toUpperCase() === evaluation.module?.id)?.levels ?? []
    const need = sortedSvnLevels(levels).at(-1)
    const body = quote.body?.kind === 'sgx' ? undefined : quote.body
    return {
      part: evaluation.module.id,
      found: String(evaluation.module.svn),
      expected: need ? `≥ ${need.isvSvn}` : '',
      cites: cited(prepared, body?.report.teeTcbSvn),
      remedy: say('tcb.remedy.module'),
    }
  }
  const need = sortedSvnLevels(identity.deciding?.source.value.levels ?? []).at(-1)
  return {
    part: 'QE',
    found: String(quote.qeReport?.isvSvn.value ?? ''),
    expected: need ? `≥ ${need.isvSvn}` : '',
    cites: cited(prepared, quote.qeReport?.isvSvn),
    remedy: say('tcb.remedy.qe'),
  }
}
