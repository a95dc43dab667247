import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { QUESTIONS } from '../../../src/core/verdict.ts'
import { useCase } from '../../case/context.tsx'
import { stateShown } from '../../case/marks.ts'
import { caseWords } from '../../case/words.ts'
import { useLocale, useSay, useWords } from '../../text/speech.tsx'
import { remaining, utc } from '../../text/time.ts'
import { Button, Choice } from '../../ui/Button.tsx'
import { Head } from '../../ui/Head.tsx'
import { Outcome, type MarkState } from '../../ui/Mark.tsx'
import { Say } from '../../ui/Say.tsx'
import { axisOf, isLevelHere, nextDate, spansOf, whenOf, type Span, type When } from './dates.ts'
import styles from './timeline.module.css'
import { timelineWords } from './words.ts'

// The chart library comes with its own chunk, after the table is there.
const Chart = lazy(async () =>
  import('./Chart.tsx').then(
    (loaded) => ({ default: loaded.Chart }),
    () => ({ default: NoChart }),
  ),
)

/** Without a network the chart may not be there; the table is. */
function NoChart() {
  const w = useWords(timelineWords)
  return <p>{w('noChart')}</p>
}

/** The line waits this long after a move before everything is judged again. */
const SETTLE_MS = 160

/** Validity of certificates, lists and collateral, and level dates, on one axis with the as-of line. */
export function Timeline() {
  const w = useWords(timelineWords)
  const c = useWords(caseWords)
  const locale = useLocale()
  const { appraisal, subject, at, dispatch, case: one, isAppraising } = useCase()
  const [isWhole, setWhole] = useState(false)
  const [moving, setMoving] = useState<number | null>(null)
  const [start] = useState(at)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const number = one.number
  const move = useCallback(
    (instant: number) => {
      setMoving(instant)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => {
        dispatch({ kind: 'at', number, at: { kind: 'given', instant } })
        setMoving(null)
      }, SETTLE_MS)
    },
    [dispatch, number],
  )
  useEffect(() => () => clearTimeout(timer.current), [])

  const spans = useMemo(() => spansOf(subject?.timeline ?? []), [subject])
  // The axis stands still while the line moves on it; it follows when the line was put somewhere else.
  const [anchor, setAnchor] = useState(at)
  const axis = useMemo(() => axisOf(spans, anchor, isWhole), [spans, anchor, isWhole])
  if (moving === null && (at < axis.from || at > axis.to)) setAnchor(at)
  const shownAt = moving ?? at
  if (!appraisal) return <Head title={w('title')} lead={w('waiting')} />
  if (!subject || spans.length === 0) return <Head title={w('title')} lead={w('nothing')} />
  const before = nextDate(spans, shownAt, -1)
  const after = nextDate(spans, shownAt, 1)
  return (
    <>
      <Head title={w('title')} aside={<span className={styles.onScreen}>{w('aside')}</span>} lead={w('lead')} />
      <div className={styles.controls}>
        <Choice
          label={w('axis')}
          value={isWhole ? 'whole' : 'near'}
          onChange={(value) => setWhole(value === 'whole')}
          options={[
            { value: 'near', text: w('near') },
            { value: 'whole', text: w('whole') },
          ]}
        />
        <Button
          disabled={before === undefined}
          onClick={() => {
            if (before !== undefined) move(before)
          }}
        >
          {w('previous')}
        </Button>
        <Button
          disabled={after === undefined}
          onClick={() => {
            if (after !== undefined) move(after)
          }}
        >
          {w('next')}
        </Button>
        {shownAt !== start && <Button onClick={() => move(start)}>{w('back', { date: utc(start).date })}</Button>}
      </div>
      <Suspense fallback={<div className={styles.room} />}>
        <Chart
          spans={spans}
          axis={axis}
          at={shownAt}
          settled={at}
          start={start}
          evidenceTime={appraisal.evidenceTime}
          ladders={subject.ladders}
          onMove={move}
        />
      </Suspense>
      <p className={styles.judged} aria-live="polite">
        {moving !== null || isAppraising || appraisal.at !== at ? (
          <span>{w('judging', { date: utc(shownAt).date })}</span>
        ) : (
          <>
            <span className={styles.when}>{w('judged', { date: utc(at).date })}</span>
            {locale === 'en' && ' '}
            <Say saying={subject.sentence} />
          </>
        )}
      </p>
      <ul className={styles.answers}>
        {QUESTIONS.map((question) => (
          <li key={question}>
            {c(question)} <Outcome {...stateShown(subject, subject.answers[question], c)} />
          </li>
        ))}
      </ul>
      <Outside spans={spans} at={shownAt} />
      <Table spans={spans} at={shownAt} />
    </>
  )
}

function Outside({ spans, at }: { readonly spans: readonly Span[]; readonly at: number }) {
  const w = useWords(timelineWords)
  const locale = useLocale()
  const say = useSay()
  const outside = spans.filter((span) => span.entry.kind !== 'level' && ['not-yet', 'over'].includes(whenOf(span, at)))
  if (outside.length === 0) return <p className={styles.outside}>{w('allIn')}</p>
  return (
    <p className={styles.outside}>
      {w('outside')}
      {locale === 'en' && ' '}
      {outside.map((span, index) => {
        const date = whenOf(span, at) === 'over' ? span.to : span.from
        return (
          <span key={span.id}>
            {index > 0 && (locale === 'zh' ? '；' : '; ')}
            {say(span.entry.title)}
            {date !== null &&
              w('bracket', {
                text:
                  whenOf(span, at) === 'over'
                    ? w('until', { date: utc(date).date })
                    : w('since', { date: utc(date).date }),
              })}
          </span>
        )
      })}
    </p>
  )
}

const MARKS: Readonly<Record<When, MarkState>> = {
  'in-date': 'holds',
  'not-yet': 'not-checked',
  over: 'not-checked',
  dateless: 'not-applicable',
}

function Table({ spans, at }: { readonly spans: readonly Span[]; readonly at: number }) {
  const w = useWords(timelineWords)
  const { subject } = useCase()
  const locale = useLocale()
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={w('table')}>
      <table className={styles.table}>
        <caption>{w('table')}</caption>
        <thead>
          <tr>
            <th scope="col">{w('what')}</th>
            <th scope="col">{w('kind')}</th>
            <th scope="col">{w('from')}</th>
            <th scope="col">{w('to')}</th>
            <th scope="col">{w('state')}</th>
          </tr>
        </thead>
        <tbody>
          {spans.map((span) => {
            const when = whenOf(span, at)
            const isLevel = span.entry.kind === 'level'
            return (
              <tr key={span.id}>
                <th scope="row">
                  <Say saying={span.entry.title} />
                </th>
                <td>{w(`kind.${span.entry.kind}`)}</td>
                <td className={styles.date}>
                  {span.from === null ? '' : <time dateTime={utc(span.from).iso}>{utc(span.from).date}</time>}
                </td>
                <td className={styles.date}>
                  {span.to === null ? (
                    ''
                  ) : (
                    <>
                      <time dateTime={utc(span.to).iso}>{utc(span.to).date}</time>{' '}
                      <small>{remaining(span.to, at, locale)}</small>
                    </>
                  )}
                </td>
                <td>
                  {isLevel ? (
                    isLevelHere(span, subject?.ladders ?? []) ? (
                      w('levelHere')
                    ) : (
                      ''
                    )
                  ) : (
                    <Outcome state={MARKS[when]} word={w(when)} />
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
