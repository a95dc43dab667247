import { useEffect, useRef, useState } from 'react'
import { QUESTIONS } from '../../src/core/verdict.ts'
import { useLocale, useSay, useWords } from '../text/speech.tsx'
import { utc } from '../text/time.ts'
import { Mark, Outcome } from '../ui/Mark.tsx'
import { useCase } from './context.tsx'
import { markOfHeadline, stateShown } from './marks.ts'
import { caseWords } from './words.ts'
import styles from './standing.module.css'

/** Over every picture of evidence that this page made itself. Stays while the rest scrolls, and on paper. */
export function Strip() {
  const w = useWords(caseWords)
  const { appraisal } = useCase()
  if (!appraisal?.isMadeHere) return null
  return (
    <aside className={styles.strip} data-strip="" aria-label={w('demonstration-mark')}>
      <b>{w('demonstration-mark')}</b>
      <span>
        {w('demonstration-by')}
        <span className={styles.more}>{w('demonstration-how')}</span>
      </span>
    </aside>
  )
}

/** Distance from the top at which the answers count as passed. */
const PASSED = 90
/** They count as back in sight a little lower, so that a page resting on the edge does not fold and unfold for ever. */
const BACK = 98

/** Once the answers are out of sight, one line keeps them: mark, headline, five states, as of when. Drawn for the eye: it repeats. */
export function Folded() {
  const w = useWords(caseWords)
  const say = useSay()
  const { appraisal, at } = useCase()
  const end = useRef<HTMLDivElement>(null)
  const [isFolded, setFolded] = useState(false)
  // The scroll itself is watched: a jump past the answers would cross no threshold of an observer.
  useEffect(() => {
    const look = () => {
      const top = end.current?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY
      setFolded((was) => top < (was ? BACK : PASSED))
    }
    addEventListener('scroll', look, { passive: true })
    look()
    return () => removeEventListener('scroll', look)
  }, [])
  useEffect(() => {
    const root = document.documentElement
    if (isFolded) root.dataset['folded'] = ''
    return () => {
      delete root.dataset['folded']
    }
  }, [isFolded])
  const mark = appraisal && markOfHeadline(appraisal.headline, appraisal.root.status)
  return (
    <>
      <div ref={end} />
      {appraisal && isFolded && (
        <div className={styles.fold} aria-hidden="true">
          <div>
            <span className={styles.says}>
              {mark && <Mark state={mark} />}
              <span>{say(appraisal.sentence)}</span>
            </span>
            {appraisal.subjects.length > 0 && (
              <ol>
                {QUESTIONS.map((question, index) => (
                  <li key={question}>
                    <b>{index + 1}</b> <Outcome {...stateShown(appraisal, appraisal.answers[question], w)} />
                  </li>
                ))}
              </ol>
            )}
            <span className={styles.asOf}>
              <i>{w('asOfShort')} </i>
              {utc(at).date}
            </span>
          </div>
        </div>
      )}
    </>
  )
}

/** Says the verdict aloud when it comes or changes, and takes the keyboard to it where it stands nowhere. */
export function Announced() {
  const w = useWords(caseWords)
  const say = useSay()
  const locale = useLocale()
  const { appraisal, isAppraising, case: one } = useCase()
  const isThere = appraisal !== undefined
  useEffect(() => {
    const held = document.activeElement
    if (isThere && (held === null || held === document.body))
      document.getElementById('says')?.focus({ preventScroll: true })
  }, [isThere, one.number])
  const said = appraisal && !isAppraising ? say(appraisal.sentence) : ''
  return (
    <p role="status" className={styles.unsaid} data-testid="announced" lang={locale}>
      {appraisal?.isMadeHere && said !== '' ? `${w('demonstration-mark')}: ${said}` : said}
    </p>
  )
}
