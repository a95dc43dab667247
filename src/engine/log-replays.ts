import { isZero, toHex } from '../bytes/layout.ts'
import { coveredAt, coveredRangesAt, eventAt } from '../core/events.ts'
import { lastEqual, stepAt } from '../core/steps.ts'
import type { Chain, Derived, HashLabel, Steps } from '../core/derived.ts'
import type { ArtifactIndex, ByteRange } from '../core/place.ts'
import { namesApart } from '../core/names-apart.ts'
import { say, type Saying } from '../core/saying.ts'
import type { CaseItem, Register } from '../core/scheme.ts'
import type { CheckResult, Coverage, Outcome } from '../core/verdict.ts'
import type { LogReplayView } from './api.ts'
import { extended } from '../crypto/chain.ts'

/** Whether the logs beside some evidence come to the registers that it signs. A note: a log that differs is not for this evidence, and breaks nothing. */

/** A value by name that a replayed log lends to its evidence. */
export interface LentValue {
  readonly name: string
  readonly value: string
  readonly artifact: ArtifactIndex
  readonly ranges: readonly ByteRange[]
}

/** The digest of an event that counts and whose words it does not cover: of bytes that are not in the log, which a file beside it may be. */
export interface EventDigest {
  readonly name: string
  readonly hash: HashLabel
  readonly value: Uint8Array
  readonly artifact: ArtifactIndex
  readonly ranges: readonly ByteRange[]
}

/** What the logs of a case come to for one subject. */
export interface LogFindings {
  readonly checks: readonly CheckResult[]
  readonly lent: readonly LentValue[]
  readonly digests: readonly EventDigest[]
  /** Names that a log says and that count for nothing here: its register does not replay, or the words are covered by nothing. */
  readonly withheld: readonly string[]
}

type RegisterOutcome =
  | { readonly kind: 'replays'; readonly used: number }
  | { readonly kind: 'continued'; readonly by: string; readonly used: number }
  | { readonly kind: 'prefix'; readonly used: number; readonly left: number }
  | { readonly kind: 'differs' }
  | { readonly kind: 'initial' }
  | { readonly kind: 'unlogged' }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'unread' }

interface Log {
  readonly item: CaseItem
  /** As sentences call it. */
  readonly name: string
  readonly derived: Derived
}

/** Registers that software extends; others are set once and have no log. */
const EXTENDED = /^(?:PCR|RTMR)(\d+)$/
/** Ranges that one finding shades at most. */
const MOST_RANGES = 4000
/** Most artifacts whose registers logs are held against. */
const MOST_SUBJECTS = 64

const logNameOf = ({ name, logName }: Register): string => logName ?? name

function logsOf(items: readonly CaseItem[]): Log[] {
  const nameOf = namesApart(
    items.filter(({ derived }) => derived?.log !== undefined),
    items,
  )
  return items.flatMap((item) =>
    item.derived?.log !== undefined ? [{ item, name: nameOf(item), derived: item.derived }] : [],
  )
}

/** Each log that has a register of this item, with what comes of every register. */
function readLogs(subject: CaseItem, logs: readonly Log[]) {
  const registers = subject.facts.measurements.filter((register) => EXTENDED.test(logNameOf(register)))
  if (registers.length === 0) return []
  return logs.flatMap((log) => {
    const outcomes = registers.map((register) => ({ register, outcome: outcomeOf(log, register, logs) }))
    const shared = outcomes.some(({ outcome }) => outcome.kind !== 'initial' && outcome.kind !== 'unlogged')
    return shared ? [{ log, outcomes }] : []
  })
}

/** Every log beside everything that has registers of its own: signed evidence, and lists that nobody signs. */
export function logReplayViews(items: readonly CaseItem[]): LogReplayView[] {
  const logs = logsOf(items)
  if (logs.length === 0) return []
  return items
    .filter(
      ({ message, facts }) => (message === 'evidence' || message === 'supporting') && facts.measurements.length > 0,
    )
    .slice(0, MOST_SUBJECTS)
    .flatMap((against) =>
      readLogs(against, logs).map(({ log, outcomes }) => ({
        log: log.item.artifact,
        against: against.artifact,
        isSigned: against.message === 'evidence',
        registers: outcomes.map(({ register, outcome }) => ({
          name: register.name,
          logName: logNameOf(register),
          hash: chainFor(log, register)?.hash ?? register.hash ?? null,
          value: register.value.value,
          kind: outcome.kind,
          used: 'used' in outcome ? outcome.used : 0,
        })),
      })),
    )
}

/** One finding for each log that has a register of this subject. */
export function logReplays(subject: CaseItem, items: readonly CaseItem[], index: number): LogFindings {
  const logs = logsOf(items)
  const read = readLogs(subject, logs)
  const lent = read.flatMap(({ log, outcomes }) => lentBy(log, outcomes))
  return {
    checks: read.map(({ log, outcomes }) => findingOf(subject, log, outcomes, index)),
    lent,
    digests: read.flatMap(({ log, outcomes }) => digestsBy(log, outcomes)),
    withheld: namesOf(logs, lent),
  }
}

function namesOf(logs: readonly Log[], lent: readonly LentValue[]): string[] {
  const said = logs.flatMap(({ derived }) => [
    ...derived.values.map(({ name }) => name),
    ...derived.conclusions.map(({ name }) => name),
  ])
  return [...new Set(said)].filter((name) => !lent.some((one) => one.name === name))
}

function chainFor({ derived }: Log, register: Register): Chain | undefined {
  const name = logNameOf(register)
  return derived.chains.find(
    (chain) =>
      chain.register === name &&
      (register.hash === undefined
        ? chain.initial.length === register.value.value.length
        : chain.hash === register.hash),
  )
}

function outcomeOf(log: Log, register: Register, logs: readonly Log[]): RegisterOutcome {
  const outcome = comparedWith(log, register, logs)
  const isSettled = outcome.kind === 'initial' || (outcome.kind === 'replays' && log.derived.log === 'ima')
  // What was not read may extend the register further: whatever is found without it says nothing.
  return !isSettled && (isPart(log) || logs.some((one) => isPart(one) && chainFor(one, register)))
    ? { kind: 'unread' }
    : outcome
}

const isPart = ({ derived }: Log): boolean => derived.summary?.isPart === true

function comparedWith(log: Log, register: Register, logs: readonly Log[]): RegisterOutcome {
  const target = register.value.value
  const chain = chainFor(log, register)
  if (!chain) return isInitial(register) ? { kind: 'initial' } : { kind: 'unlogged' }
  const from = log.derived.log === 'firmware' ? [] : logs.filter(({ derived }) => derived.log === 'firmware')
  // What Linux or systemd writes goes on where the firmware's log stopped.
  const runs = [chain, ...from.flatMap((other) => continued(chainFor(other, register), chain))]
  for (const { values } of runs) {
    const at = lastEqual(values, target)
    if (at === values.ends.length - 1 && !chain.isIncomplete) return { kind: 'replays', used: values.ends.length }
    // IMA writes before it extends and both go on: later entries are no failure.
    if (at >= 0 && log.derived.log === 'ima') return { kind: 'replays', used: at + 1 }
    if (at >= 0) return { kind: 'prefix', used: at + 1, left: chain.events.length - at - 1 }
  }
  if (chain.isIncomplete) return { kind: 'incomplete' }
  if (log.derived.log === 'firmware')
    for (const other of logs) {
      const next = other === log || other.derived.log === 'firmware' ? undefined : chainFor(other, register)
      const reaches = next && continued(chain, next).some(({ values }) => lastEqual(values, target) >= 0)
      if (reaches) return { kind: 'continued', by: other.name, used: chain.events.length }
    }
  return { kind: 'differs' }
}

/** The second chain, replayed from where the first ends. */
function continued(first: Chain | undefined, { hash, digests }: Chain): { readonly values: Steps }[] {
  const start = first?.isIncomplete === false ? stepAt(first.values, -1) : undefined
  if (!start) return []
  const own = Array.from(digests.ends, (_, i) => stepAt(digests, i) ?? new Uint8Array())
  return [{ values: extended(hash, start, own) }]
}

/** Zeros; PCRs 17 to 22 are all ones until a dynamic launch. */
function isInitial({ name, value }: Register): boolean {
  return isZero(value.value) || (/^PCR(?:1[7-9]|2[0-2])$/.test(name) && value.value.every((byte) => byte === 0xff))
}

interface Outcomes {
  readonly register: Register
  readonly outcome: RegisterOutcome
}

/** How many events of a register count: those up to where the chain reached the signed value. */
const usedOf = ({ outcome }: Outcomes): number => ('used' in outcome && outcome.kind !== 'prefix' ? outcome.used : 0)

function countedEvents(log: Log, outcomes: readonly Outcomes[]): ReadonlySet<number> {
  const counted = new Set<number>()
  const denied = new Set<number>()
  for (const one of outcomes)
    for (const [i, event] of (chainFor(log, one.register)?.events ?? []).entries())
      (i < usedOf(one) ? counted : denied).add(event)
  // Of several banks each must say so.
  for (const event of denied) counted.delete(event)
  return counted
}

function lentBy(log: Log, outcomes: readonly Outcomes[]): LentValue[] {
  const counted = countedEvents(log, outcomes)
  return log.derived.values.flatMap(({ name, value, event, ranges }) =>
    counted.has(event) ? [{ name, value, artifact: log.item.artifact, ranges }] : [],
  )
}

/** Most digests of one log that files are held against. */
const MOST_DIGESTS = 4000

function digestsBy(log: Log, outcomes: readonly Outcomes[]): EventDigest[] {
  const counted = countedEvents(log, outcomes)
  const { chains, events } = log.derived
  return chains
    .flatMap((chain) =>
      chain.events.flatMap((number, i): EventDigest[] => {
        if (coveredAt(events, number) !== 'none' || !counted.has(number)) return []
        const [event, value] = [eventAt(events, number), stepAt(chain.digests, i)]
        return event && value
          ? [
              {
                name: `${event.register}, ${event.words.slice(0, 80)}`,
                hash: chain.hash,
                value,
                artifact: log.item.artifact,
                ranges: event.ranges,
              },
            ]
          : []
      }),
    )
    .slice(0, MOST_DIGESTS)
}

function findingOf(subject: CaseItem, log: Log, outcomes: readonly Outcomes[], index: number): CheckResult {
  const named = outcomes.filter(({ outcome }) => outcome.kind !== 'initial')
  const differing = outcomes.filter(({ outcome }) => outcome.kind === 'differs' || outcome.kind === 'prefix')
  const holding = outcomes.filter((one) => usedOf(one) > 0)
  const unread = outcomes.filter(({ outcome }) => outcome.kind === 'unread')
  const unlogged = outcomes.filter(({ outcome }) => outcome.kind === 'unlogged' || outcome.kind === 'incomplete')
  const names = (list: readonly Outcomes[]) => list.map(({ register }) => labelOf(register)).join(', ')
  const because = (): { readonly outcome: Outcome; readonly because: Saying } => {
    if (unread.length > 0)
      return {
        outcome: 'not-checked',
        because: say('log-replays.unread', { log: log.name, registers: names(unread) }),
      }
    if (differing.length > 0)
      return {
        outcome: 'not-checked',
        because:
          holding.length === 0
            ? say('log-replays.not-for-this', { log: log.name, registers: names(differing) })
            : say('log-replays.partly', { log: log.name, holding: names(holding), differing: names(differing) }),
      }
    if (holding.length === 0)
      return { outcome: 'not-checked', because: say('log-replays.incomplete', { log: log.name }) }
    return unlogged.length > 0
      ? {
          outcome: 'pass',
          because: say('log-replays.others-unlogged', {
            log: log.name,
            holding: names(holding),
            missing: names(unlogged),
          }),
        }
      : { outcome: 'pass', because: say('software.log-replays.holds', { log: log.name, holding: names(holding) }) }
  }
  const covers = coversOf(log, countedEvents(log, outcomes))
  return {
    id: 'software.log-replays',
    layer: 8,
    answer: 'software',
    weight: 'notes',
    spec: { title: 'TCG PC Client Platform Firmware Profile', section: '10.4' },
    subject: index,
    ...because(),
    cites: [
      ...named.map(({ register }) => ({
        artifact: subject.artifact,
        path: register.value.path,
        ranges: register.value.ranges,
      })),
      {
        artifact: log.item.artifact,
        path: '',
        ranges: [{ space: log.item.slice.space, start: log.item.slice.start, end: log.item.slice.end }],
      },
    ],
    found: outcomes.map(({ register, outcome }) => `${labelOf(register)} ${wordOf(outcome)}`).join('\n'),
    expected: named.map(({ register }) => `${labelOf(register)} ${toHex(register.value.value)}`).join('\n'),
    ...(covers.length > 0 ? { covers } : {}),
  }
}

/** The covered words of events that count. */
function coversOf({ item, derived }: Log, counted: ReadonlySet<number>): Coverage[] {
  return [...counted]
    .toSorted((a, b) => a - b)
    .flatMap((event) => coveredRangesAt(derived.events, event))
    .slice(0, MOST_RANGES)
    .map((range) => ({ artifact: item.artifact, range, by: 'hash' }))
}

/** As policies name it: a PCR with its bank. */
const labelOf = ({ name, hash }: Register): string =>
  hash !== undefined && name.startsWith('PCR') ? `${name}:${hash}` : name

function wordOf(outcome: RegisterOutcome): string {
  switch (outcome.kind) {
    case 'replays':
      return 'replays'
    case 'continued':
      return `replays, continued by ${outcome.by}`
    case 'prefix':
      return `differs: equal before the last ${outcome.left} events`
    case 'differs':
      return 'differs'
    case 'initial':
      return 'no events, initial value'
    case 'unlogged':
      return 'has a value without events: another log is missing'
    case 'incomplete':
      return 'not checked: an event lacks this bank'
    case 'unread':
      return 'not checked: the log was not read to its end'
  }
}
