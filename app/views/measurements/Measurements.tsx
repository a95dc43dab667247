import type { ArtifactIndex } from '../../../src/core/place.ts'
import { useMemo, useState } from 'react'
import type { Derived, HashLabel } from '../../../src/core/derived.ts'
import { eventAt } from '../../../src/core/events.ts'
import { namesApart } from '../../../src/core/names-apart.ts'
import type { LogReplayView } from '../../../src/engine/api.ts'
import { go } from '../../case/address.ts'
import { useCase } from '../../case/context.tsx'
import { countingOf } from '../../case/counting.ts'
import { pointerText } from '../../case/selection.ts'
import { useWords } from '../../text/speech.tsx'
import { Head } from '../../ui/Head.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import { Computed } from './Computed.tsx'
import { Conclusions } from './Conclusions.tsx'
import { Cover } from './Cover.tsx'
import { EventCard } from './EventCard.tsx'
import { EventTable } from './EventTable.tsx'
import { Lanes } from './Lanes.tsx'
import styles from './measurements.module.css'
import { banksOf, firstBank, lanesOf, partings } from './model.ts'
import { Ask, isOfTpm, Registers } from './Registers.tsx'
import { logsOf } from './register-words.ts'
import { words } from './words.ts'

interface Log {
  readonly artifact: ArtifactIndex
  readonly name: string
  readonly derived: Derived
}

/** The registers of the case, the logs that lead to them, and what their words are worth. */
export function Measurements() {
  const w = useWords(words)
  const { inspection, appraisal, subject } = useCase()
  const [chosen, choose] = useState<number | null>(null)
  const all = inspection.artifacts.map(({ index, parent, name, derived }) => ({
    artifact: index,
    parent,
    name,
    derived,
  }))
  const nameOf = namesApart(
    all.filter(({ derived }) => derived?.log !== undefined),
    all,
  )
  const made = all.flatMap((one) =>
    one.derived ? [{ artifact: one.artifact, name: nameOf(one), derived: one.derived }] : [],
  )
  const logs: readonly Log[] = made.filter(({ derived }) => derived.log !== undefined && derived.events.count > 0)
  const files = made.filter(({ derived }) => derived.log === undefined && derived.registers.length > 0)
  const log = logs.find(({ artifact }) => artifact === chosen) ?? logs[0]
  const evidence = inspection.artifacts.find(({ index }) => index === subject?.artifact)
  const registers = (evidence?.facts.measurements ?? []).filter(({ ofInstance }) => ofInstance !== true)
  const replay = log && replayOf(log.artifact, appraisal?.replays ?? [], subject?.artifact)
  const asked = logsOf(
    registers.map(({ name }) => name),
    isOfTpm(registers),
  )
  return (
    <>
      <Head
        title={w('title')}
        lead={
          log ? (
            <Lead log={log} replay={replay} />
          ) : registers.length > 0 ? (
            w(asked.isAny ? 'leadNoLog' : 'leadLogless')
          ) : undefined
        }
        aside={log && <Legend />}
      />
      {log && <p className={styles.then}>{w('worth')}</p>}
      {log?.derived.summary?.breaksOff === true && (
        <p className={styles.then}>{w('breaksOff', { end: `0x${log.derived.summary.end.toString(16)}` })}</p>
      )}
      {logs.length > 1 && (
        <p className={styles.tools} role="group" aria-label={w('logs')}>
          {logs.map(({ artifact, name }) => (
            <button
              key={artifact}
              type="button"
              aria-pressed={artifact === log?.artifact}
              onClick={() => choose(artifact)}
            >
              <Untrusted text={name} isPlain />
            </button>
          ))}
        </p>
      )}
      {log && <OneLog key={log.artifact} log={log} replay={replay} />}
      <Two logs={logs} />
      <Computed files={files} />
      {registers.length > 0 && <Registers registers={registers} />}
      {asked.isAny && logs.length === 0 && <Ask isTdx={asked.isTdx} />}
    </>
  )
}

/** The evidence that the reader looks at comes first, then any other, then lists that nobody signed. */
function replayOf(log: number, replays: readonly LogReplayView[], subject: number | undefined) {
  const own = replays.filter((one) => one.log === log)
  return own.find(({ against }) => against === subject) ?? own.find(({ isSigned }) => isSigned) ?? own[0]
}

function Legend() {
  const w = useWords(words)
  return (
    <span className={styles.legend}>
      {(['whole', 'part', 'none'] as const).map((covered) => (
        <span key={covered} className={styles.covered}>
          <Cover covered={covered} /> {w(covered === 'whole' ? 'covered' : covered)}
        </span>
      ))}
    </span>
  )
}

function Lead({ log, replay }: { readonly log: Log; readonly replay: LogReplayView | undefined }) {
  const w = useWords(words)
  const counts = log.derived.summary?.coverage ?? { whole: 0, part: 0, none: 0 }
  const params = { log: log.name, events: counts.whole + counts.part + counts.none, ...counts }
  if (log.derived.summary?.isPart === true)
    return <>{w('leadPart', { ...params, end: `0x${log.derived.summary.end.toString(16)}` })}</>
  const logged = replay?.registers.filter(({ kind }) => kind !== 'initial' && kind !== 'unlogged') ?? []
  const held = logged.filter(({ kind }) => kind === 'replays' || kind === 'continued')
  if (!replay || logged.length === 0) return <>{w('leadAlone', params)}</>
  if (held.length === 0) return <>{w('leadNone', params)}</>
  if (held.length < logged.length) return <>{w('leadPartly', { ...params, count: held.length, of: logged.length })}</>
  return <>{w(replay.isSigned ? 'leadReplays' : 'leadList', { ...params, count: held.length })}</>
}

function OneLog({ log, replay }: { readonly log: Log; readonly replay: LogReplayView | undefined }) {
  const w = useWords(words)
  const { derived, artifact } = log
  const banks = banksOf(derived)
  const [wanted, want] = useState<HashLabel | null>(null)
  const [selected, select] = useState<number | null>(null)
  const bank = wanted ?? firstBank(derived, replay)
  const lanes = useMemo(() => lanesOf(derived, replay, wanted ?? firstBank(derived, replay)), [derived, replay, wanted])
  const counting = useMemo(() => countingOf(derived, replay), [derived, replay])
  const open = (event: number) => {
    const one = eventAt(derived.events, event)
    if (one) go({ panel: 'fields', field: pointerText(artifact, one.path, one.ranges[0] ?? null) })
  }
  return (
    <>
      {banks.length > 1 && (
        <p className={styles.tools} role="group" aria-label={w('banks')}>
          {banks.map((one) => (
            <button key={one} type="button" aria-pressed={one === bank} onClick={() => want(one)}>
              {one}
            </button>
          ))}
        </p>
      )}
      <Lanes derived={derived} lanes={lanes} selected={selected} select={select} open={open} />
      {selected !== null && <EventCard derived={derived} event={selected} artifact={artifact} bank={bank} />}
      <Conclusions derived={derived} counting={counting} select={select} />
      <EventTable derived={derived} selected={selected} select={select} />
    </>
  )
}

/** Two logs of the same registers: where they part. */
function Two({ logs }: { readonly logs: readonly Log[] }) {
  const w = useWords(words)
  const pairs = logs.flatMap((first, i) =>
    logs
      .slice(i + 1)
      .filter((second) =>
        first.derived.chains.some((chain) =>
          second.derived.chains.some((other) => other.register === chain.register && other.hash === chain.hash),
        ),
      )
      .map((second) => ({ first, second })),
  )
  const [pair] = pairs.filter(({ first, second }) => first.derived.log === second.derived.log)
  if (!pair) return null
  const found = partings(pair.first.derived, pair.second.derived)
  const [a, b] = [pair.first.name, pair.second.name]
  return (
    <section className={styles.part}>
      <Head title={w('twoLogs')} />
      {found.length === 0 ? (
        <p>{w('equalLogs', { a, b })}</p>
      ) : (
        <>
          <ul className={styles.partings}>
            {found.slice(0, 24).map(({ register, first, second }) => (
              <li key={register}>
                {w('partAt', { register, first: first ?? w('ended'), second: second ?? w('ended'), a, b })}
              </li>
            ))}
          </ul>
          <p className={styles.why}>{w('partWhy')}</p>
        </>
      )}
    </section>
  )
}
