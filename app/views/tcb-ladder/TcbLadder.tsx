import { useState } from 'react'
import type { Ladder } from '../../../src/core/verdict.ts'
import { useCase } from '../../case/context.tsx'
import { useSay, useWords } from '../../text/speech.tsx'
import { utc } from '../../text/time.ts'
import { Choice } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { Head } from '../../ui/Head.tsx'
import { Outcome } from '../../ui/Mark.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import { BigLadder } from './BigLadder.tsx'
import { Floors } from './Floors.tsx'
import { advisoriesOf, familiesOf, fitOf, isSmall, markOfStatus, updatesOf } from './ladder.ts'
import styles from './tcb-ladder.module.css'
import { ladderWords } from './words.ts'

/** Levels by component, this platform's row, what is short, what to update. */
export function TcbLadder() {
  const w = useWords(ladderWords)
  const { subject, appraisal } = useCase()
  const [chosen, choose] = useState('both')
  if (!appraisal) return <Head title={w('title')} lead={w('waiting')} />
  const ladders = subject?.ladders ?? []
  const listed = ladders.find((ladder) => ladder.floors !== undefined)
  if (listed?.floors) return <Floors ladder={listed} floors={listed.floors} />
  const families = familiesOf(ladders)
  const big = families.filter((family) => family[0] && !isSmall(family[0]))
  const small = families
    .filter((family) => family[0] && isSmall(family[0]))
    .map((family) => family[0])
    .filter((ladder) => ladder !== undefined)
  const main = big[0]?.[0] ?? small[0]
  if (!main)
    return (
      <Head
        title={w('title')}
        lead={w(subject?.answers.current.state === 'not-applicable' ? 'nothingForThis' : 'nothing')}
      />
    )
  const hasSeveral = big.some((family) => family.length > 1)
  const leading = [...big.flatMap((family) => family.slice(0, 1)), ...small]
  return (
    <>
      <Head
        title={w('title')}
        aside={
          <>
            {w('count', { levels: main.rows.length, components: main.columns.length })}{' '}
            {main.match === null ? w('none') : w('applies', { level: main.match + 1 })}
          </>
        }
        lead={w('lead')}
      />
      {hasSeveral && (
        <div className={styles.sources}>
          <Choice
            label={w('sources')}
            value={chosen}
            onChange={choose}
            options={[
              { value: 'both', text: w('both') },
              ...(big[0] ?? []).map((ladder, index) => ({
                value: String(index),
                text:
                  ladder.evaluationNumber === null
                    ? String(index + 1)
                    : w('evaluation', { number: ladder.evaluationNumber }),
              })),
            ]}
          />
          <p>{w('evaluationWhy')}</p>
        </div>
      )}
      {big.map((family, at) => (
        <div key={at} className={cx(styles.family, family.length > 1 && chosen === 'both' && styles.sideBySide)}>
          {family
            .filter((_, index) => family.length === 1 || chosen === 'both' || chosen === String(index))
            .map((ladder) => (
              <div key={ladder.id} className={styles.one}>
                <SourceLine ladder={ladder} hasTitle={families.length > 1 || family.length > 1} />
                <BigLadder ladder={ladder} isAlone={family.length === 1} />
              </div>
            ))}
        </div>
      ))}
      <div className={styles.three}>
        {small.map((ladder) => (
          <SmallLadder key={ladder.id} ladder={ladder} />
        ))}
        <div className={styles.margin}>
          <Updates ladders={leading} />
          <Advisories ladders={leading} />
        </div>
      </div>
    </>
  )
}

function SourceLine({ ladder, hasTitle }: { readonly ladder: Ladder; readonly hasTitle: boolean }) {
  const w = useWords(ladderWords)
  const say = useSay()
  const source = ladder.source
  const parts = [
    ...(ladder.evaluationNumber === null ? [] : [w('evaluation', { number: ladder.evaluationNumber })]),
    ...(source?.from
      ? [w('issued', { from: dateOf(source.from), to: source.to === null ? '…' : dateOf(source.to) })]
      : []),
  ]
  return (
    <p className={styles.source}>
      {hasTitle && <b>{say(ladder.title)}</b>}
      {source && source.key !== '' && !(hasTitle && say(ladder.title).includes(source.key)) && (
        <code>
          <Untrusted text={source.key} isPlain />
        </code>
      )}
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
      {source && <span className={source.use === 'used' ? undefined : styles.other}>{w(source.use)}</span>}
    </p>
  )
}

function SmallLadder({ ladder }: { readonly ladder: Ladder }) {
  const w = useWords(ladderWords)
  const say = useSay()
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={say(ladder.title)}>
      <table className={styles.small}>
        <caption>{w('at', { title: say(ladder.title), version: ladder.platform.join('.') })}</caption>
        <thead>
          <tr>
            <th scope="col">{w('version')}</th>
            <th scope="col">{w('dated')}</th>
            <th scope="col">{w('status')}</th>
            <th scope="col">
              <span className={styles.hidden}>{w('here')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {ladder.rows.map((row, index) => (
            <tr key={index} className={index === ladder.match ? styles.isHere : undefined}>
              <td>
                {row.needs.map((need, at) => {
                  const fit = fitOf(ladder, index, at)
                  return (
                    <span
                      key={at}
                      className={cx(
                        fit === 'first-short' && styles.firstShort,
                        fit === 'short' && styles.short,
                        fit === 'not-compared' && styles.notCompared,
                      )}
                    >
                      {need}
                    </span>
                  )
                })}
              </td>
              <td>{dateOf(row.date)}</td>
              <td>
                <Untrusted text={row.status} isPlain />
              </td>
              <td className={styles.end}>
                {index === ladder.match && <Outcome state={markOfStatus(row.status)} word={w('here')} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {ladder.match === null && (
        <p className={styles.note}>
          <Outcome state="fails" word={w('none')} />
        </p>
      )}
      {ladder.evaluationNumber !== null && (
        <p className={styles.note}>{w('evaluation', { number: ladder.evaluationNumber })}</p>
      )}
    </div>
  )
}

function Updates({ ladders }: { readonly ladders: readonly Ladder[] }) {
  const w = useWords(ladderWords)
  const say = useSay()
  const updates = ladders.flatMap((ladder) => updatesOf(ladder).map((update) => ({ ladder, update })))
  const hasSeveral = ladders.filter((ladder) => !isSmall(ladder)).length > 1
  const isHighest = ladders.every((ladder) => ladder.match === 0)
  return (
    <div className={styles.todo}>
      <h3>{w('todo')}</h3>
      {updates.length === 0 ? (
        <p className={styles.note}>{w(isHighest ? 'todoNone' : 'todoOther')}</p>
      ) : (
        <ul>
          {updates.map(({ ladder, update }) => {
            const column = ladder.columns[update.column]
            return (
              <li key={`${ladder.id} ${update.column}`}>
                <span>
                  <Untrusted
                    text={
                      isSmall(ladder)
                        ? say(ladder.title)
                        : (column?.note ?? w('component', { label: column?.label ?? '' }))
                    }
                    isPlain
                  />
                </span>
                <span
                  className={styles.value}
                  aria-label={w('fromToLong', { from: update.from, to: update.to })}
                  role="img"
                >
                  {w('fromTo', { from: update.from, to: update.to })}
                </span>
                {!isSmall(ladder) && (hasSeveral || column?.note !== undefined) && (
                  <small>
                    {hasSeveral
                      ? w('ofLadder', { label: column?.label ?? '', title: say(ladder.title) })
                      : w('component', { label: column?.label ?? '' })}
                  </small>
                )}
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}

function Advisories({ ladders }: { readonly ladders: readonly Ladder[] }) {
  const w = useWords(ladderWords)
  const names = [...new Set(ladders.flatMap(advisoriesOf))]
  return (
    <div className={styles.todo}>
      <h3>{w('advisories')}</h3>
      {names.length === 0 ? (
        <p className={styles.note}>{w('advisoriesNone')}</p>
      ) : (
        <>
          <p className={styles.names}>
            {names.map((name) => (
              <span key={name}>
                <Untrusted text={name} isPlain />
              </span>
            ))}
          </p>
          <p className={styles.note}>{w('advisoriesNote')}</p>
        </>
      )}
    </div>
  )
}

function dateOf(text: string): string {
  const instant = Date.parse(text)
  return Number.isNaN(instant) ? text.slice(0, 40) : utc(instant).date
}
