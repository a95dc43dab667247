import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer, Question } from '../../src/core/verdict.ts'
import type { Outlook } from '../../src/engine/outlook.ts'
import { useWords } from '../text/speech.tsx'
import { utc } from '../text/time.ts'
import { Button } from '../ui/Button.tsx'
import { Say } from '../ui/Say.tsx'
import styles from './banner.module.css'
import { useCase } from './context.tsx'
import { verdictWord } from './marks.ts'
import { caseWords } from './words.ts'

/** When the verdict alters by itself, and what was last known. Asked for once the verdict is drawn: it costs an appraisal for each date. */
export function useOutlook(): Outlook | undefined {
  const { case: one, key, engine, appraisal, at, isAppraising } = useCase()
  const atSource = appraisal?.atSource ?? 'given'
  const { data } = useQuery({
    queryKey: ['outlook', key, at, one.policy],
    enabled: appraisal !== undefined && !isAppraising && appraisal.at === at && appraisal.subjects.length > 0,
    retry: false,
    queryFn: () => engine.outlook(key, one.files, { at, atSource, policy: one.policy }),
  })
  return appraisal?.headline === 'S1' ? undefined : data
}

/** What the last instant said at which everything was in date: only where today leaves open what was answered then. */
export function useLastKnown() {
  const { appraisal } = useCase()
  const known = useOutlook()?.known
  if (!known || appraisal?.headline !== 'S4') return undefined
  const spoken = known.demonstration ?? known
  return spoken.headline === 'S4' ? undefined : { at: known.at, sentence: spoken.sentence, answers: spoken.answers }
}

/** The answer that a question had then, where it is open now. */
export function lastAnswer(
  known: { readonly answers: Readonly<Record<Question, Answer>> } | undefined,
  now: Answer,
): Answer | undefined {
  const then = known?.answers[now.question]
  return now.state === 'not-checked' && then?.state !== 'not-checked' ? then : undefined
}

/** Out of date is not missing: what was known when all of it was in date, in one line. */
export function LastKnown() {
  const w = useWords(caseWords)
  const known = useLastKnown()
  if (!known) return null
  return (
    <p className={styles.known}>
      <b>{w('lastKnown', { date: utc(known.at).date })}</b> <Say saying={known.sentence} />
    </p>
  )
}

/** The way back to the last day on which all of it was in date. */
export function JudgeThen() {
  const w = useWords(caseWords)
  const { case: one, dispatch } = useCase()
  const known = useLastKnown()
  if (!known) return null
  const at = { kind: 'given', instant: known.at } as const
  return (
    <Button onClick={() => dispatch({ kind: 'at', number: one.number, at })}>
      {w('judgeThen', { date: utc(known.at).date })}
    </Button>
  )
}

const HOLDING = ['S5', 'S5w', 'S6', 'SR']

/** Until when the verdict stands, and what ends then. */
export function Until() {
  const w = useWords(caseWords)
  const { appraisal, at } = useCase()
  const [now] = useState(() => Date.now())
  const next = useOutlook()?.changesAt
  if (!appraisal || !next) return null
  const { date, iso } = utc(next.at)
  const holds = HOLDING.includes(appraisal.headline)
  const isPast = next.at <= now && next.at > at
  // Under a root that nobody here relies on, no date changes what is said.
  if (appraisal.headline === 'S2' && !appraisal.demonstration) return null
  const then = appraisal.demonstration ? (next.ifRootTrusted ?? next.headline) : next.headline
  return (
    <p className={styles.until}>
      {w(holds ? (isPast ? 'heldUntil' : 'holdsUntil') : 'changesOn')} <time dateTime={iso}>{date}</time>
      {w('colon')}
      <Say saying={next.because} />
      {w('becomes', { verdict: w(verdictWord(then, appraisal.answers.current)) })}
    </p>
  )
}
