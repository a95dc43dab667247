import { useState } from 'react'
import { QUESTIONS, type Answer, type Headline } from '../../src/core/verdict.ts'
import { useText, useWords } from '../text/speech.tsx'
import { cx } from '../ui/cx.ts'
import { Outcome } from '../ui/Mark.tsx'
import { Say, Template } from '../ui/Say.tsx'
import { useCase } from './context.tsx'
import styles from './five.module.css'
import { isUnsigned, stateShown } from './marks.ts'
import { lastAnswer, useLastKnown } from './outlook.tsx'
import { PlaceLink } from './PlaceLink.tsx'
import { usePrinting } from './printing.ts'
import { caseWords } from './words.ts'

/** The five answers in their fixed order, and below them what they do not prove. */
export function FiveAnswers() {
  const { appraisal, subject } = useCase()
  // Without evidence there is nothing that the five questions could be asked of.
  if (!appraisal || appraisal.subjects.length === 0) return null
  const headline = (subject ?? appraisal).headline
  const answers = subject?.answers ?? appraisal.answers
  const notProved = subject?.doesNotProve ?? appraisal.doesNotProve
  return (
    <>
      <ol className={styles.five}>
        {QUESTIONS.map((question, index) => (
          <One key={question} number={index + 1} answer={answers[question]} headline={headline} />
        ))}
      </ol>
      <NotProved list={notProved} />
    </>
  )
}

/** Two lines until somebody opens it: the plain sentence first. On paper all of it. */
function NotProved({ list }: { readonly list: readonly string[] }) {
  const w = useWords(caseWords)
  const text = useText()
  const [isOpen, setOpen] = useState(false)
  const isPrinting = usePrinting()
  return (
    <details
      className={styles.caveat}
      data-place="caveat"
      open={isOpen || isPrinting}
      onToggle={(event) => {
        if (!isPrinting) setOpen(event.currentTarget.open)
      }}
    >
      <summary>
        <h2>{w('notProved')}</h2>
        <p>{w('notProvedPlain')}</p>
        <span className={styles.all}>{isOpen ? w('less') : w('all', { count: list.length })}</span>
      </summary>
      <ul>
        {list.map((id) => (
          <li key={id}>
            <Template text={text(id) ?? id} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function One({
  number,
  answer,
  headline,
}: {
  readonly number: number
  readonly answer: Answer
  readonly headline: Headline
}) {
  const w = useWords(caseWords)
  const isSilent = isUnsigned({ headline }, answer)
  const before = lastAnswer(useLastKnown(), answer)
  const hasChecks = answer.checks.length > 0
  // Nothing is wrong and nothing is missing but what only the reader can give.
  const isAsking =
    !isSilent && answer.state === 'not-checked' && (answer.question === 'software' || answer.question === 'fresh')
  return (
    <li
      className={cx(styles.one, styles[isSilent ? 'not-applicable' : answer.state])}
      data-place={`answer-${answer.question}`}
    >
      <p className={styles.question}>
        <b>{number}</b> {w(answer.question)}
      </p>
      <Outcome {...stateShown({ headline }, answer, w)} className={styles.outcome} />
      <p className={styles.sentence}>{isSilent ? w('unsigned') : <Say saying={answer.because} />}</p>
      {before && (
        <p className={styles.before}>
          {w('lastKnownTile')} <Outcome {...stateShown({ headline: 'S5' }, before, w)} />{' '}
          <Say saying={before.because} />
        </p>
      )}
      {isAsking && (
        <PlaceLink
          className={styles.enter}
          to={{ panel: 'expectations' }}
          then={() =>
            document
              .getElementById(answer.question === 'software' ? 'expect-registers' : 'expect-nonce')
              ?.scrollIntoView({ block: 'start' })
          }
        >
          {w(answer.question === 'software' ? 'enterValues' : 'enterNonce')}
        </PlaceLink>
      )}
      {hasChecks ? (
        <PlaceLink
          className={styles.more}
          to={{ panel: 'verdict' }}
          then={() => document.getElementById(`answer-${answer.question}`)?.scrollIntoView({ block: 'start' })}
        >
          {answer.of === 0 ? w('noChecks') : w('ran', { ran: answer.ran, of: answer.of })}
        </PlaceLink>
      ) : (
        <span className={styles.more}>{w('noChecks')}</span>
      )}
    </li>
  )
}
