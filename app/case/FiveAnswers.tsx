import { QUESTIONS, type Answer } from '../../src/core/verdict.ts'
import { useText, useWords } from '../text/speech.tsx'
import { cx } from '../ui/cx.ts'
import { Outcome } from '../ui/Mark.tsx'
import { Say, Template } from '../ui/Say.tsx'
import { useCase } from './context.tsx'
import styles from './five.module.css'
import { PlaceLink } from './PlaceLink.tsx'
import { caseWords } from './words.ts'

/** The five answers in their fixed order, and below them what they do not prove. */
export function FiveAnswers() {
  const w = useWords(caseWords)
  const text = useText()
  const { appraisal, subject } = useCase()
  if (!appraisal) return null
  const answers = subject?.answers ?? appraisal.answers
  const notProved = subject?.doesNotProve ?? appraisal.doesNotProve
  return (
    <>
      <ol className={styles.five}>
        {QUESTIONS.map((question, index) => (
          <One key={question} number={index + 1} answer={answers[question]} />
        ))}
      </ol>
      <section className={styles.caveat}>
        <h2>{w('notProved')}</h2>
        {notProved.length === 0 ? (
          <p>{w('notProvedNothing')}</p>
        ) : (
          <ul>
            {notProved.map((id) => (
              <li key={id}>
                <Template text={text(id) ?? id} />
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  )
}

function One({ number, answer }: { readonly number: number; readonly answer: Answer }) {
  const w = useWords(caseWords)
  const hasChecks = answer.checks.length > 0
  // Nothing is wrong and nothing is missing but what only the reader can give.
  const isAsking = answer.state === 'not-checked' && (answer.question === 'software' || answer.question === 'fresh')
  return (
    <li className={cx(styles.one, styles[answer.state])}>
      <p className={styles.question}>
        <b>{number}</b> {w(answer.question)}
      </p>
      <Outcome
        state={answer.state}
        word={answer.state === 'not-applicable' ? w('noStatement') : undefined}
        className={styles.outcome}
      />
      <p className={styles.sentence}>
        <Say saying={answer.because} />
      </p>
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
