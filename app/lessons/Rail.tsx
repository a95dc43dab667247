import { useEffect, useMemo, useRef, useState } from 'react'
import { FRONT_DOOR } from '../case/address-text.ts'
import { go, useAddress } from '../case/address.ts'
import { useCase } from '../case/context.tsx'
import { PlaceLink } from '../case/PlaceLink.tsx'
import { editsOf, useEdits } from '../case/use-edits.ts'
import { useTerms } from '../glossary/Terms.tsx'
import { useKeys } from '../keys/keys.tsx'
import { useLocale, useWords } from '../text/speech.tsx'
import { Qr } from '../share/Qr.tsx'
import { Button } from '../ui/Button.tsx'
import { useMedia } from '../ui/use-media.ts'
import { placeOf, type Lesson, type Step } from './lesson.ts'
import styles from './lessons.module.css'
import { LETTER, goTo, usePoint } from './point.ts'
import { Presenter, stepAddress } from './Presenter.tsx'
import { markDone, markUndone, useProgress } from './progress.ts'
import { courseLength, lessonAfter } from './registry.ts'
import { isDoneByHand } from './satisfied.ts'
import { StepBody } from './StepBody.tsx'
import { lessonWords } from './words.ts'

/** Pixels kept in sight above what a step asks, and below it for the way on. */
const ROOM_ABOVE = 8
const ROOM_BELOW = 64

/** The rail beside the case: where the reader is in the lesson, what is asked, what came of it. */
export function Rail({
  lesson,
  step,
  name,
  isLaid,
}: {
  readonly lesson: Lesson
  readonly step: number
  readonly name: string
  /** Whether the case of this step is the one that is shown. */
  readonly isLaid: boolean
}) {
  const w = useWords(lessonWords)
  const locale = useLocale()
  const one = lesson.steps[step]
  const isWide = useMedia('(min-width: 72.01rem)')
  const [isPresenting, setPresenting] = useState(false)
  const head = useRef<HTMLHeadingElement>(null)
  const [last, next] = [lesson.steps.length - 1, lessonAfter(lesson.number)]
  const panel = useAddress('panel')
  const { guesses, done } = useProgress(lesson.id)
  const hasGuessed = guesses[step] !== undefined
  const place = useMemo(() => placeOf(one, hasGuessed), [one, hasGuessed])
  const terms = useTerms(
    one?.text[locale] ?? '',
    lesson.steps.slice(0, step).map(({ text }) => text[locale]),
  )
  usePoint(place)
  useDoneByHand(lesson, step, name, isLaid)

  // The keyboard, and a screen reader with it, goes on at the step that begins.
  useEffect(() => {
    if (!isPresenting) head.current?.focus({ preventScroll: isWide })
  }, [lesson, step, isWide, isPresenting])

  // Beside the rail there is room to show at once what it talks about; above it, the reader asks. Once for each table, and when it has been judged: what the reader does by hand afterwards moves nothing.
  const { case: table, appraisal, isAppraising } = useCase()
  const shownAt = useRef('')
  const isReady = isLaid && appraisal !== undefined && !isAppraising
  useEffect(() => {
    const here = `${lesson.id} ${step} ${table.number} ${hasGuessed}`
    if (!isWide || !isReady || shownAt.current === here) return
    const isNew = !shownAt.current.startsWith(`${lesson.id} ${step} ${table.number} `)
    shownAt.current = here
    if (place) goTo(place, false)
    // Another case lies on the table, and nothing of it is pointed at: it is read from its head.
    else if (isNew && one?.evidence !== undefined) scrollTo({ top: 0 })
  }, [place, isWide, isReady, lesson, step, one, table.number, hasGuessed])

  // Where the rail is longer than the window, what the step asks, and what came of it, is what is in sight.
  const rail = useRef<HTMLElement>(null)
  const now = useRef<HTMLElement>(null)
  useEffect(() => {
    const [box, section] = [rail.current, now.current]
    if (!box || !section) return undefined
    const keep = () => {
      // The rail is what its own offsets are told from.
      const top = section.offsetTop
      const bottom = top + section.offsetHeight + ROOM_BELOW
      box.scrollTop = Math.max(0, Math.min(top - ROOM_ABOVE, bottom - box.clientHeight))
    }
    const observer = new ResizeObserver(keep)
    observer.observe(section)
    return () => observer.disconnect()
  }, [lesson, step])

  const show = (index: number) => {
    if (index < 0 || index > last) return
    // Who goes on without having done it finds it done.
    const here = lesson.steps[step]
    if (here?.kind === 'do' && index > step) markDone(lesson, step)
    go({ step: index + 1, field: null, ...(panel === null ? {} : { panel: null }) })
  }
  const inRail = (act: () => void) => () => {
    const held = document.activeElement
    if (held === document.body || held?.closest('[data-rail]')) act()
  }
  useKeys({
    p: () => setPresenting(true),
    ArrowRight: inRail(() => show(step + 1)),
    ArrowLeft: inRail(() => show(step - 1)),
  })
  if (!one) return null
  return (
    <aside ref={rail} className={styles.rail} aria-label={w('lesson')} data-rail="">
      <p className={styles.of}>
        {w('counted', { number: lesson.number, all: courseLength })}
        <PlaceLink to={{ ...FRONT_DOOR, page: 'lessons' }}>{w('all')}</PlaceLink>
      </p>
      <h2>{lesson.title[locale]}</h2>
      <ol className={styles.dots} aria-label={w('steps')}>
        {lesson.steps.map((_, index) => (
          <li key={index}>
            <a
              href={`#lesson=${lesson.id}&step=${index + 1}`}
              aria-label={w('step', { number: index + 1 })}
              aria-current={index === step ? 'step' : undefined}
              data-past={index < step ? '' : undefined}
              onClick={(event) => {
                event.preventDefault()
                show(index)
              }}
            >
              {index + 1}
            </a>
          </li>
        ))}
      </ol>
      <Before lesson={lesson} step={step} />
      <section ref={now} className={one.kind === 'insight' ? styles.insight : styles.now} data-step={one.kind}>
        <h3 ref={head} tabIndex={-1}>
          {w(one.kind)}
          <span className={styles.unsaid}>. {w('stepOf', { number: step + 1, all: lesson.steps.length })}</span>
        </h3>
        <p>
          {terms.said}
          {place && one.kind !== 'insight' && (
            <>
              {' '}
              <button type="button" className={styles.pointer} onClick={() => goTo(place, true)}>
                <span aria-hidden="true">{LETTER}</span> {w('showMe')}
              </button>
            </>
          )}
        </p>
        {terms.note}
        <StepBody lesson={lesson} step={step} isLaid={isLaid} />
      </section>
      <p className={styles.nav}>
        <Button onClick={() => show(step - 1)} disabled={step === 0} aria-label={w('back')}>
          ←
        </Button>
        {step < last ? (
          <Button look="primary" onClick={() => show(step + 1)}>
            {w(one.kind === 'do' && !done.includes(step) ? 'doAndGo' : 'next')} <kbd>→</kbd>
          </Button>
        ) : (
          <PlaceLink
            className={styles.onward}
            to={next ? { ...FRONT_DOOR, lesson: next.id, step: 1 } : { ...FRONT_DOOR, page: 'lessons' }}
          >
            {next ? w('nextLesson', { title: next.title[locale] }) : w('finish')}
          </PlaceLink>
        )}
      </p>
      <div className={styles.code}>
        <Qr text={stepAddress(lesson, step, locale)} label={w('qr')} />
        <p>
          {w('thisStep')}
          <Button look="quiet" onClick={() => setPresenting(true)}>
            {w('presenter')} <kbd>p</kbd>
          </Button>
        </p>
      </div>
      {isPresenting && (
        <Presenter lesson={lesson} step={step} isLaid={isLaid} onStep={show} onClose={() => setPresenting(false)} />
      )}
    </aside>
  )
}

/** Sees when the reader has done by hand what the step asks for. */
function useDoneByHand(lesson: Lesson, step: number, name: string, isLaid: boolean): void {
  const { case: one, inspection, appraisal, isAppraising } = useCase()
  const { originals } = useEdits()
  const { done } = useProgress(lesson.id)
  const here = lesson.steps[step]
  const isDone = done.includes(step)
  useEffect(() => {
    if (here?.kind !== 'do' || isDone || !isLaid || isAppraising || !appraisal || one.lesson !== name) return
    if (isDoneByHand(here.deed, one, inspection, appraisal, editsOf(one.number), originals))
      markDone(lesson, step, one.number)
  }, [here, isDone, isLaid, isAppraising, appraisal, one, inspection, originals, lesson, step, name])
}

/** Steps before this one that stay in sight: more would push out what this one asks. */
const MOST_BEFORE = 2

/** What was guessed and done just before, in short: guess and right answer stay in sight together. */
function Before({ lesson, step }: { readonly lesson: Lesson; readonly step: number }) {
  const w = useWords(lessonWords)
  const locale = useLocale()
  const { guesses, done } = useProgress(lesson.id)
  const from = lesson.steps.slice(0, step + 1).findLastIndex((one) => one.evidence !== undefined)
  const shown = lesson.steps
    .map((one, index): readonly [Step, number] => [one, index])
    .slice(Math.max(0, from, step - 3), step)
    .filter(([one, index]) => (one.kind === 'predict' && guesses[index] !== undefined) || one.kind === 'do')
    .slice(-MOST_BEFORE)
  return shown.map(([one, index]) => (
    <section key={index} className={styles.past}>
      <h3>{w(one.kind)}</h3>
      {one.kind === 'predict' && (
        <>
          <p>{plain(one.text[locale])}</p>
          <ul>
            {one.options.map((option, number) =>
              option.isRight === true || guesses[index] === number ? (
                <li key={number}>
                  {option.said[locale]}{' '}
                  <span>
                    {[guesses[index] === number && w('yourGuess'), option.isRight === true && w('thisOne')]
                      .filter((word) => word !== false)
                      .join(' · ')}
                  </span>
                </li>
              ) : null,
            )}
          </ul>
        </>
      )}
      {one.kind === 'do' && (
        <p>
          {one.did[locale]}{' '}
          {done.includes(index) && (
            <Button
              look="quiet"
              onClick={() => {
                markUndone(lesson, index)
                go({ step: index + 1 })
              }}
            >
              {w('undo')}
            </Button>
          )}
        </p>
      )}
    </section>
  ))
}

const plain = (text: string) => text.replaceAll('**', '')
