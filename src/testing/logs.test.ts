import { describe, expect, it } from 'vitest'
import type { Derived, WordsCovered } from '../core/derived.ts'
import { eachEvent } from '../core/events.ts'
import { NO_POLICY } from '../core/policy.ts'
import { toHex } from '../bytes/layout.ts'
import type { ArtifactView, LogReplayView } from '../engine/api.ts'
import { appraise } from '../engine/appraise.ts'
import { inspect } from '../engine/inspect.ts'
import { openCase } from '../engine/case.ts'
import { logReplays, type LentValue } from '../engine/log-replays.ts'
import { casesIn, corpus, evidenceFile } from './evidence.ts'
import { ruleOf } from './logs-rules.ts'
import { signedBy, standIn } from './stand-in.ts'

/** With EVIDENCE_CORPUS: every log of it against what is recorded, and for each type of event how much of its words is covered. `npm run logs` prints both tables. */

interface Case {
  readonly id: string
  readonly files: readonly string[]
  readonly at: string | null
  readonly expect: {
    readonly format: string
    readonly events: number
    readonly registers: Readonly<Record<string, string>>
    readonly secureBoot?: boolean | 'undetermined' | null
    readonly end?: number
    readonly padding?: number
    readonly algorithms?: readonly string[]
    readonly coverage?: Readonly<Record<'yes' | 'partly' | 'no', number>>
    readonly replayMatchesQuote?: Readonly<Record<string, boolean>>
    readonly claims?: Readonly<Record<string, string>>
    readonly violations?: readonly unknown[]
    readonly templateHashMismatch?: readonly unknown[]
    readonly runtimeDigestMismatch?: readonly number[]
  }
}

const DIFFERS: readonly LogReplayView['registers'][number]['kind'][] = [
  'differs',
  'incomplete',
  'prefix',
  'unlogged',
  'unread',
]

/** Registers by the names that cases use: with the bank where one hash does not say enough. */
function registersOf({ registers }: Derived): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const { name, hash, value } of registers)
    for (const key of [name, `${name}:${hash}`]) (found[key] ??= []).push(toHex(value))
  return found
}

/** Registers that two logs come to together: the values that they were compared with. */
function continuedIn(replays: Found['replays']): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const { name, kind, value } of replays.flatMap((one) => one.registers))
    if (kind === 'continued') (found[name] ??= []).push(toHex(value))
  return found
}

const secureBootOf = ({ values }: Derived): boolean | 'undetermined' => {
  const value = values.find(({ name }) => name === 'SecureBoot')?.value
  return value === undefined ? 'undetermined' : value === 'true'
}

/** What differs on purpose, each with its reason. One that differs no more fails, too. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'log/calc/snp':
    'one of the five is of a command line that is no file of the case; that vector is recomputed beside the calculator',
  'log/corpus/amd/csv-CCEL_data.bin':
    'commands of this GRUB end at the first NUL, with a byte of garbage behind: covered up to there, recorded as not covered',
  'log/corpus/intel/eventlog/trustee-CCEL_AAEL_alibabacloud': 'the same GRUB',
  'log/log/tpm2tools-event-uefivar':
    'one variable and no separator: what was measured later is unknown, so Secure Boot is undetermined',
  'log/tpm/goattest-windows-gcp':
    'registers into which no event goes are recorded with their initial value; a log says nothing about them here',
}

interface Found {
  readonly own: ArtifactView & { readonly derived: Derived }
  readonly all: readonly (ArtifactView & { readonly derived: Derived })[]
  readonly replays: readonly LogReplayView[]
}

/** What is not as recorded, in words. */
function differencesOf({ expect: wanted }: Case, { own, all, replays }: Found): string[] {
  const faults: string[] = []
  const same = (what: string, right: unknown, found: unknown) => {
    if (JSON.stringify(right) !== JSON.stringify(found))
      faults.push(`${what} ${JSON.stringify(found)}, recorded ${JSON.stringify(right)}`)
  }
  const { derived } = own
  const isLog = derived.summary !== undefined
  const parts = wanted.format.split(' + ').length
  const events = parts > 1 ? all.reduce((sum, one) => sum + one.derived.events.count, 0) : derived.events.count
  if (isLog) same('events', wanted.events, events)
  if (wanted.end !== undefined) same('end', wanted.end, derived.summary?.end)
  if (wanted.padding !== undefined) same('padding', wanted.padding, derived.summary?.padding)
  if (wanted.algorithms) same('algorithms', wanted.algorithms, derived.summary?.algorithms)
  if (wanted.coverage) {
    const { whole, part, none } = derived.summary?.coverage ?? { whole: 0, part: 0, none: 0 }
    same('coverage', wanted.coverage, { yes: whole, partly: part, no: none })
  }
  const registers = [...all.map((one) => registersOf(one.derived)), continuedIn(replays)]
  for (const [name, value] of Object.entries(wanted.registers))
    // A calculator's results have a recipe in words for their name.
    if (!registers.some((one) => (name in one || isLog ? one[name] : Object.values(one).flat())?.includes(value)))
      faults.push(`${name} ${registers.flatMap((one) => one[name] ?? []).join('|') || 'not there'}, recorded ${value}`)
  if (wanted.secureBoot !== undefined && wanted.secureBoot !== null)
    same('Secure Boot', wanted.secureBoot, secureBootOf(derived))
  for (const [name, matches] of Object.entries(wanted.replayMatchesQuote ?? {})) {
    const kinds = replays
      .flatMap((one) => one.registers)
      .filter((one) => one.name === name || `${one.name}:${one.hash ?? ''}` === name || one.logName === name)
      .map(({ kind }) => kind)
    const replaysAs = kinds.length > 0 && !kinds.every((kind) => DIFFERS.includes(kind))
    if (matches !== replaysAs) faults.push(`${name} ${kinds.join('|') || 'not compared'}, recorded ${String(matches)}`)
  }
  // What a log says by name: another value is a fault; a name that is not lent may have its reason.
  for (const [name, value] of Object.entries(wanted.claims ?? {})) {
    const found = derived.values.find((one) => one.name === name)
    if (found && found.value !== value) faults.push(`${name} ${found.value}, recorded ${value}`)
  }
  return faults
}

const hasDerived = (one: ArtifactView): one is ArtifactView & { readonly derived: Derived } => one.derived !== undefined

/** Of several logs the one that the case is about: the first that has as many events, else the first. */
function ownOf(all: Found['all'], { events, format }: Case['expect']): Found['own'] | undefined {
  const kind = format.split(' ')[0]?.replace('/', '-') ?? ''
  const named = all.filter((one) => one.format?.endsWith(`.${kind}`))
  return named.find((one) => one.derived.events.count === events) ?? named[0] ?? all[0]
}

describe.runIf(corpus !== undefined)('logs of the corpus', () => {
  const cases = corpus === undefined ? [] : casesIn<Case>('').filter(({ id }) => id.startsWith('log/'))
  const covered = new Map<string, Record<WordsCovered, number>>()
  let counted = 0
  it('come to what is recorded', async () => {
    const rows: string[] = []
    const wrong: string[] = []
    const seen = new Set<string>()
    for (const one of cases) {
      const files = one.files.map((name) => ({ name, bytes: evidenceFile(name) }))
      const at = one.at === null ? Date.UTC(2026, 10, 24) : Date.parse(one.at)
      const { replays } = await appraise(files, { at, atSource: 'given', policy: NO_POLICY })
      const all = (await inspect(files)).artifacts.filter(hasDerived)
      const own = ownOf(all, one.expect)
      const faults = own ? differencesOf(one, { own, all, replays }) : ['nothing was derived']
      if (one.expect.coverage) counted++
      const reason = DIFFERENT[one.id]
      rows.push(
        `${faults.length === 0 ? '✓' : reason === undefined ? '✗' : '≠'} ${one.id.padEnd(44)} ${(own?.format ?? '–').padEnd(26)} ${String(own?.derived.events.count ?? 0).padStart(5)} events ${String(Object.keys(one.expect.registers).length).padStart(3)} registers`,
      )
      if (faults.length > 0 && reason === undefined) wrong.push(`${one.id}: ${faults.join('; ')}`)
      if (faults.length > 0 && reason !== undefined) rows.push(`    ${reason}`)
      if (faults.length === 0 && reason !== undefined) wrong.push(`${one.id} differs no more: ${reason}`)
      for (const { derived, sha256, format } of all) {
        if (seen.has(sha256) || !derived.summary) continue
        seen.add(sha256)
        for (const event of eachEvent(derived.events)) {
          const type = `${(format ?? '').replace(/^event-log\./, '').replace(/^tcg.*/, 'tcg')} ${event.type}`
          const row = covered.get(type) ?? { whole: 0, part: 0, none: 0, 'not-extended': 0 }
          row[event.covered]++
          covered.set(type, row)
        }
      }
    }
    console.log(`${cases.length} cases, ${wrong.length} differ\n${rows.join('\n')}`)
    expect(wrong).toEqual([])
    expect(cases.length).toBeGreaterThan(0)
  }, 300_000)
  it('show for each type of event how far its digest covers its words', () => {
    const against: string[] = []
    const rows = [...covered]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([type, counts]) => {
        const { whole, part, none, 'not-extended': not } = counts
        const { may, rule } = ruleOf(type)
        for (const covers of ['whole', 'part', 'none', 'not-extended'] as const)
          if (counts[covers] > 0 && !may.includes(covers)) against.push(`${type}: ${counts[covers]} ${covers}`)
        return `${type.padEnd(46)} covered ${String(whole).padStart(4)}  part ${String(part).padStart(4)}  not ${String(none).padStart(4)}  extends nothing ${String(not).padStart(3)}   ${rule}`
      })
    console.log(
      `${covered.size} types of event in distinct logs; ${counted} logs with recorded counts, all equal but those named above\n${rows.join('\n')}`,
    )
    expect(against).toEqual([])
    expect(covered.size).toBeGreaterThan(20)
    // Information is never extended, whatever its words say; variables of Secure Boot are covered to the last byte or the log was changed.
    expect(covered.get('tcg EV_NO_ACTION')).toMatchObject({ whole: 0, part: 0, none: 0 })
    expect(covered.get('tcg EV_EFI_PLATFORM_FIRMWARE_BLOB')).toMatchObject({ whole: 0, part: 0 })
    expect(covered.get('tcg EV_EFI_BOOT_SERVICES_APPLICATION')).toMatchObject({ whole: 0, part: 0 })
  })
  it('raise nothing where they are attacks', async () => {
    const rows: string[] = []
    const raised: string[] = []
    for (const one of cases.filter(({ id }) => id.startsWith('log/attack/'))) {
      const honest = cases.find(({ id }) => id === HONEST.find(([kind]) => one.id.includes(kind))?.[1])
      if (!honest) throw new Error(`${one.id} is an attack on no log that is known here`)
      const truth = await lentIn(honest.files, honest.files)
      const shown = await lentIn(one.files, honest.files)
      for (const { name, value } of shown.lent)
        if (truth.lent.find((other) => other.name === name)?.value !== value)
          raised.push(`${one.id} lends ${name} = ${value}`)
      if (shown.answers !== shown.without) raised.push(`${one.id}: ${shown.answers}, without the log ${shown.without}`)
      rows.push(
        `${one.id.slice('log/attack/'.length).padEnd(26)} ${shown.said}\n${''.padEnd(27)}Secure Boot: ${shown.secureBoot}; odd events: ${shown.odd}; lends ${shown.lent.map(({ name }) => name).join(', ') || 'nothing'} (the honest log ${truth.lent.length} values)`,
      )
    }
    console.log(`${rows.length} attacks, ${raised.length} raise an answer or a value\n${rows.join('\n')}`)
    expect(raised).toEqual([])
    expect(rows.length).toBeGreaterThan(0)
  }, 120_000)
})

/** What each attack was made from. */
const HONEST = [
  ['ccel', 'log/ccel/cos-113+quote'],
  ['dstack', 'log/dstack/quote-report'],
  ['tpm', 'log/corpus/tpm/ev-ubuntu-2404-amd-sevsnp.bin'],
] as const

const REGISTERED: readonly string[] = ['evidence', 'supporting']

interface Shown {
  readonly lent: readonly LentValue[]
  readonly said: string
  readonly secureBoot: string
  readonly odd: number
  readonly answers: string
  readonly without: string
}

/** What a log comes to beside the registers that are signed: those of the case's own evidence or list, else those of the honest case. */
async function lentIn(names: readonly string[], honest: readonly string[]): Promise<Shown> {
  const filesOf = (list: readonly string[]) => list.map((name) => ({ name, bytes: evidenceFile(name) }))
  const items = (await openCase(filesOf(names))).artifacts
  const signs = (one: (typeof items)[number]) => REGISTERED.includes(one.message) && one.facts.measurements.length > 0
  const own = items.find(signs)
  const lending = (await openCase(filesOf(honest))).artifacts
  // A log that stands alone is held against the machine that it was made from.
  const subject = own ?? lending.find(signs) ?? standIn({ measurements: signedBy(lending) })
  const { checks, lent } = logReplays(subject, items, 0)
  const derived = items.find((one) => one.derived?.log !== undefined)?.derived
  const about = derived?.conclusions.find(({ name }) => name === 'SecureBoot')
  const at = Date.UTC(2026, 10, 24)
  const view = async (list: readonly string[]) =>
    Object.entries((await appraise(filesOf(list), { at, atSource: 'given', policy: NO_POLICY })).answers)
      .map(([question, { state }]) => `${question} ${state}`)
      .join(', ')
  const evidence = names.filter((name) => !/attack-[^/]*\.(?:bin|json)$/.test(name) || name.endsWith('.pcrs.json'))
  return {
    lent,
    said:
      checks.map(({ because, found }) => `${because.text}: ${(found ?? '').replaceAll('\n', ', ')}`).join('; ') ||
      'no log',
    secureBoot: about ? `${about.value ?? 'undetermined'} (${about.because.text})` : 'not said',
    odd: derived?.events.odd.size ?? 0,
    answers: await view(names),
    without: await view(evidence.length > 0 ? evidence : names),
  }
}
