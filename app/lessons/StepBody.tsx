import { useQuery } from '@tanstack/react-query'
import { QUESTIONS } from '../../src/core/verdict.ts'
import type { AppraisalView } from '../../src/engine/api.ts'
import { useCase } from '../case/context.tsx'
import { stateShown } from '../case/marks.ts'
import { asSpoken } from '../case/spoken.ts'
import { caseWords } from '../case/words.ts'
import { useLocale, useText, useWords } from '../text/speech.tsx'
import { Button } from '../ui/Button.tsx'
import { Copy } from '../ui/Copy.tsx'
import { cx } from '../ui/cx.ts'
import { markOf, Outcome } from '../ui/Mark.tsx'
import { Template } from '../ui/Say.tsx'
import { foundIn } from './change.ts'
import { lay, toolsOf } from './lay.ts'
import { tableAt, type Change, type Lesson, type Said, type Step } from './lesson.ts'
import styles from './lessons.module.css'
import { optionsOf } from './play.ts'
import { markDone, markUndone, noteProgress, useProgress } from './progress.ts'
import { lessonWords } from './words.ts'

/** A sentence of a lesson in the reader's language. */
export function Sentence({ said }: { readonly said: Said }) {
  return <Template text={said[useLocale()]} />
}

/** What a step asks of its reader, below its text. */
export function StepBody({
  lesson,
  step,
  isLaid,
}: {
  readonly lesson: Lesson
  readonly step: number
  readonly isLaid: boolean
}) {
  const one = lesson.steps[step]
  switch (one?.kind) {
    case 'predict':
      return <Predict key={step} lesson={lesson} step={step} one={one} />
    case 'do':
      return <Do lesson={lesson} step={step} one={one} />
    case 'see':
      return <See lesson={lesson} step={step} changes={one.changes} isLaid={isLaid} />
    case 'insight':
      return lesson.isScored === true ? <Score lesson={lesson} /> : null
    case 'read':
    case undefined:
      return null
  }
}

/** How many were found: can be shared, and proves nothing. */
function Score({ lesson }: { readonly lesson: Lesson }) {
  const w = useWords(lessonWords)
  const { guesses } = useProgress(lesson.id)
  const asked = lesson.steps.flatMap((one, index) => (one.kind === 'predict' ? [{ one, index }] : []))
  const found = asked.filter(({ one, index }) => one.options[guesses[index] ?? -1]?.isRight === true).length
  return (
    <p className={styles.score} data-score={found}>
      {w('score', { found, all: asked.length })}{' '}
      <Copy
        label={w('shareScore')}
        text={`${location.href.replace(/#.*$/s, '')}#lesson=${lesson.id}&step=1&score=${found}`}
      />
    </p>
  )
}

type Of<K extends Step['kind']> = Extract<Step, { kind: K }>

function Predict({
  lesson,
  step,
  one,
}: {
  readonly lesson: Lesson
  readonly step: number
  readonly one: Of<'predict'>
}) {
  const w = useWords(lessonWords)
  const locale = useLocale()
  const { guesses } = useProgress(lesson.id)
  const guess = guesses[step]
  return (
    <>
      <ul className={styles.options}>
        {one.options.map((option, index) => (
          <li key={index}>
            <button
              type="button"
              aria-pressed={guess === index}
              data-right={guess !== undefined && option.isRight === true ? '' : undefined}
              onClick={() => {
                // A guess is a guess: who has seen the answer does not change it.
                if (guess === undefined) noteProgress(lesson.id, { guesses: { ...guesses, [step]: index } })
              }}
            >
              <i aria-hidden="true" />
              <span>{option.said[locale]}</span>
              {guess === index && <small>{w('yourGuess')}</small>}
              {guess !== undefined && option.isRight === true && <Outcome state="holds" word={w('thisOne')} />}
            </button>
          </li>
        ))}
      </ul>
      <div aria-live="polite">
        {guess !== undefined && (
          <p className={styles.why}>
            <Sentence said={one.why} />
          </p>
        )}
      </div>
    </>
  )
}

function Do({ lesson, step, one }: { readonly lesson: Lesson; readonly step: number; readonly one: Of<'do'> }) {
  const w = useWords(lessonWords)
  const { done } = useProgress(lesson.id)
  const isDone = done.includes(step)
  return (
    <>
      <p className={styles.act}>
        {isDone ? (
          <Button onClick={() => markUndone(lesson, step)}>{w('undo')}</Button>
        ) : (
          <Button onClick={() => markDone(lesson, step)}>{w('doIt')}</Button>
        )}
      </p>
      <div role="status">
        {isDone && (
          <p className={styles.why} data-done="">
            {w('done')}
            <Sentence said={one.did} />
          </p>
        )}
      </div>
    </>
  )
}

/** The change that the lesson named, with what this page found before and after: computed now, never told. */
function See({
  lesson,
  step,
  changes,
  isLaid,
}: {
  readonly lesson: Lesson
  readonly step: number
  readonly changes: readonly Change[]
  readonly isLaid: boolean
}) {
  const w = useWords(lessonWords)
  const { engine, appraisal, isAppraising, case: one, inspection } = useCase()
  const deed = tableAt(lesson, step).deeds.at(-1)
  const { data, isError, refetch } = useQuery({
    queryKey: ['lesson-before', lesson.id, deed],
    enabled: deed !== undefined,
    // A machine that was busy for a moment is asked once more before the reader is.
    retry: 1,
    queryFn: async () => {
      const scene = await lay(lesson, deed ?? 0, false, toolsOf(engine))
      return toolsOf(engine).appraise(scene.files, optionsOf(scene))
    },
  })
  const isSettled =
    isLaid &&
    !isAppraising &&
    inspection.files.length === one.files.length &&
    inspection.files.every((file, index) => file.sha256 === one.files[index]?.sha256)
  const before = data && asSpoken(data)
  if (isError)
    return (
      <p className={styles.waitHere} role="status">
        {w('lost')}{' '}
        <Button look="quiet" onClick={() => void refetch()}>
          {w('again')}
        </Button>
      </p>
    )
  if (!before || !appraisal || !isSettled)
    return (
      <p className={styles.waitHere} role="status">
        {w('now')}
      </p>
    )
  const found = changes.map((change) => ({
    change,
    was: foundIn(before, change),
    is: foundIn(appraisal, change),
  }))
  const isUnlike = found.some(({ change, was, is }) => was.state !== change.before || is.state !== change.after)
  return (
    <>
      <ul className={styles.changes} aria-live="polite">
        {found.map(({ change, was, is }, index) => (
          <li
            key={index}
            className={cx(was.state !== is.state && styles.moved)}
            data-before={was.state}
            data-after={is.state}
          >
            <b>
              <Name change={change} view={appraisal} />
            </b>
            <span>
              <State change={change} state={was.state} view={before} />
              <i aria-label={w('is')}>→</i>
              <State change={change} state={is.state} view={appraisal} />
            </span>
            {was.state === is.state && <small>{w('stays')}</small>}
          </li>
        ))}
      </ul>
      {isUnlike && <p className={styles.unlike}>{w('unlike')}</p>}
    </>
  )
}

function Name({ change, view }: { readonly change: Change; readonly view: AppraisalView }) {
  const w = useWords(lessonWords)
  const c = useWords(caseWords)
  const text = useText()
  if ('check' in change) return <Template text={text(`${change.check}.question`) ?? change.check} />
  if ('answer' in change)
    return <>{w('answer', { number: QUESTIONS.indexOf(change.answer) + 1, question: c(change.answer) })}</>
  const format = view.subjects.find((one) => one.index === change.subject)?.format
  return <>{format === undefined ? w('root') : w('rootOf', { subject: text(`format.${format}`) ?? format })}</>
}

const ROOTS = ['pinned', 'added', 'demonstration', 'development', 'unknown', 'switched-off', 'none'] as const
const OUTCOMES = ['pass', 'fail', 'warn', 'not-checked', 'not-applicable', 'unsupported', 'error'] as const
const STATES = ['holds', 'warns', 'fails', 'not-checked', 'not-applicable'] as const

/** The state of what a change is about, in words and with its mark. */
export function State({
  change,
  state,
  view,
}: {
  readonly change: Change
  readonly state: string
  /** What was found, where it is at hand: an answer of which some checks ran is said as the tile says it. */
  readonly view?: AppraisalView
}) {
  const w = useWords(lessonWords)
  const c = useWords(caseWords)
  if ('root' in change) {
    const root = ROOTS.find((one) => one === state)
    return <em>{root === undefined ? state : w(root)}</em>
  }
  const outcome = OUTCOMES.find((one) => one === state)
  const answer = STATES.find((one) => one === state)
  if ('check' in change && outcome !== undefined) return <Outcome state={markOf(outcome)} />
  const subject = 'answer' in change ? view?.subjects.find((one) => one.index === (change.subject ?? 0)) : undefined
  if (subject && 'answer' in change) return <Outcome {...stateShown(subject, subject.answers[change.answer], c)} />
  if (answer !== undefined) return <Outcome state={answer} />
  return <Outcome state="not-applicable" word={w('absent')} />
}
