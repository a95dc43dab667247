import { useState } from 'react'
import { toHex } from '../../src/engine/hex.ts'
import type { Saying } from '../../src/core/saying.ts'
import { QUESTIONS, type Answer, type Headline } from '../../src/core/verdict.ts'
import { FirstUse } from '../glossary/FirstUse.tsx'
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
          <One
            key={question}
            number={index + 1}
            answer={answers[question]}
            headline={headline}
            before={[appraisal.sentence, ...QUESTIONS.slice(0, index).map((earlier) => answers[earlier].because)]}
          />
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
        <span className={styles.all}>
          {isOpen ? w('less') : list.length > 1 ? w('all', { count: list.length }) : w('more')}
        </span>
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
  before: earlier,
}: {
  readonly number: number
  readonly answer: Answer
  readonly headline: Headline
  /** Sentences that stand before it on the page. */
  readonly before: readonly Saying[]
}) {
  const w = useWords(caseWords)
  const isSilent = isUnsigned({ headline }, answer)
  const before = lastAnswer(useLastKnown(), answer)
  const { inspection, subject } = useCase()
  const facts = inspection.artifacts.find((artifact) => artifact.index === subject?.artifact)?.facts
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
      {isSilent ? (
        <p className={styles.sentence}>{w('unsigned')}</p>
      ) : (
        <FirstUse saying={answer.because} before={earlier}>
          {(said) => <p className={styles.sentence}>{said}</p>}
        </FirstUse>
      )}
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
      {answer.question === 'software' && !isSilent && facts && facts.measurements.length > 0 && (
        <PlaceLink className={styles.enter} to={{ panel: 'measurements' }}>
          {w('measured', { count: facts.measurements.filter(({ ofInstance }) => ofInstance !== true).length })}
        </PlaceLink>
      )}
      {/* Nobody signed these bytes as they stand, so nobody can be said to have chosen them. */}
      {answer.question === 'fresh' && !isSilent && facts?.userData && facts.userData.value.length > 0 && (
        <Chosen value={facts.userData.value} />
      )}
      {hasChecks ? (
        <PlaceLink
          className={styles.more}
          to={{ panel: 'verdict' }}
          then={() => document.getElementById(`answer-${answer.question}`)?.scrollIntoView({ block: 'start' })}
        >
          {answer.of === 0 ? w('noChecks') : w(isSilent ? 'ranUnsigned' : 'ran', { ran: answer.ran, of: answer.of })}
        </PlaceLink>
      ) : (
        <span className={styles.more}>{w('noChecks')}</span>
      )}
    </li>
  )
}

/** Bytes of the value that stand in the tile. */
const CHOSEN_SHOWN = 4

/** Bytes that are the attesting program's to choose: the first of them, and the way to what they may be. */
function Chosen({ value }: { readonly value: Uint8Array }) {
  const w = useWords(caseWords)
  const isZero = value.every((byte) => byte === 0)
  return (
    <PlaceLink
      className={styles.enter}
      to={{ panel: 'expectations' }}
      then={() => document.getElementById('expect-contents')?.scrollIntoView({ block: 'start' })}
    >
      {isZero ? (
        w('choseNothing')
      ) : (
        <>
          {w('chose')} <code>{toHex(value.subarray(0, CHOSEN_SHOWN))}…</code>
        </>
      )}
    </PlaceLink>
  )
}
