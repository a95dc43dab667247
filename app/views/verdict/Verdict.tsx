import { useMemo, useState } from 'react'
import { QUESTIONS, type CheckResult, type Question } from '../../../src/core/verdict.ts'
import { useCase } from '../../case/context.tsx'
import { PlaceLink } from '../../case/PlaceLink.tsx'
import { useKeys } from '../../keys/keys.tsx'
import { useSay, useWords } from '../../text/speech.tsx'
import { Button } from '../../ui/Button.tsx'
import { Head } from '../../ui/Head.tsx'
import { ByThemselves } from './ByThemselves.tsx'
import { Check } from './Check.tsx'
import styles from './verdict.module.css'
import { verdictWords } from './words.ts'

const isOpen = (check: CheckResult) =>
  check.outcome === 'not-checked' || check.outcome === 'unsupported' || check.outcome === 'error'

/** Every check of the subject, under the question that it helps to answer. */
export function Verdict() {
  const w = useWords(verdictWords)
  const { appraisal, subject, inspection } = useCase()
  const checks = useMemo(
    () => appraisal?.checks.filter((check) => check.subject === (subject?.index ?? 0)) ?? [],
    [appraisal, subject],
  )
  useKeys({ '[': () => step(-1), ']': () => step(1) })
  if (!appraisal) return <Head title={w('title')} />
  if (checks.length === 0 && appraisal.examined.length > 0) return <ByThemselves examined={appraisal.examined} />
  if (checks.length === 0)
    return (
      <>
        <Head title={w('title')} lead={w('none')} />
        {inspection.artifacts.some(({ derived }) => derived?.log !== undefined) && (
          <p>
            <PlaceLink to={{ panel: 'measurements' }}>{w('logSays')} →</PlaceLink>
          </p>
        )}
      </>
    )
  const asked = checks.filter((check) => check.outcome !== 'not-applicable' && check.weight === 'decides')
  const count = (test: (check: CheckResult) => boolean) => asked.filter(test).length
  return (
    <>
      <Head
        title={w('title')}
        aside={w('summary', {
          ran: count((check) => !isOpen(check)),
          of: asked.length,
          holds: count((check) => check.outcome === 'pass'),
          warns: count((check) => check.outcome === 'warn'),
          fails: count((check) => check.outcome === 'fail'),
          open: count(isOpen),
          notes: checks.filter((check) => check.weight === 'notes' && check.outcome !== 'not-applicable').length,
        })}
      />
      {QUESTIONS.map((question, index) => (
        <Group
          key={question}
          question={question}
          number={index + 1}
          checks={checks.filter((check) => check.answer === question)}
        />
      ))}
      <Group question={null} number={0} checks={checks.filter((check) => check.answer === null)} />
      <NotJudged ids={subject?.notJudged ?? []} />
    </>
  )
}

function Group({
  question,
  number,
  checks,
}: {
  readonly question: Question | null
  readonly number: number
  readonly checks: readonly CheckResult[]
}) {
  const w = useWords(verdictWords)
  const [isWhole, setWhole] = useState(false)
  const asked = checks.filter((check) => check.outcome !== 'not-applicable')
  const idle = checks.length - asked.length
  const deciding = asked.filter((check) => check.weight === 'decides')
  const notes = asked.length - deciding.length
  const tally =
    deciding.length === 0
      ? w('tallyNone')
      : w('tally', { ran: deciding.filter((check) => !isOpen(check)).length, of: deciding.length })
  const { subject } = useCase()
  const printed = question === 'current' ? subject?.vendor?.printed : undefined
  if (checks.length === 0) return null
  return (
    <section id={question === null ? undefined : `answer-${question}`} className={styles.group}>
      <div className={styles.groupHead}>
        <h3>{question === null ? w('other') : `${number} ${w(question)}`}</h3>
        <span>{notes === 0 ? tally : w('tallyNotes', { tally, notes })}</span>
      </div>
      {printed !== undefined && (
        <p className={styles.idle}>
          {w('printed')} <code>{printed}</code>
        </p>
      )}
      {(isWhole ? checks : asked).map((check) => (
        <Check key={`${check.id}:${check.subject}`} check={check} />
      ))}
      {idle > 0 && !isWhole && (
        <p className={styles.idle}>
          <Button look="quiet" onClick={() => setWhole(true)}>
            {w('notApplicable', { count: idle })}
          </Button>
        </p>
      )}
    </section>
  )
}

/** What is read and shown, and on purpose neither speaks for the evidence nor against it. */
function NotJudged({ ids }: { readonly ids: readonly string[] }) {
  const w = useWords(verdictWords)
  const say = useSay()
  if (ids.length === 0) return null
  return (
    <section className={styles.group}>
      <div className={styles.groupHead}>
        <h3>{w('notJudged')}</h3>
      </div>
      <dl className={styles.notJudged}>
        {ids.map((id) => (
          <div key={id}>
            <dt>{say({ text: `${id}.what`, params: {} })}</dt>
            <dd>{say({ text: `${id}.because`, params: {} })}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Goes to the next check that is not simply good, and opens it. */
function step(by: 1 | -1): void {
  const findings = [...document.querySelectorAll<HTMLDetailsElement>('details[data-finding]')]
  const here = findings.findIndex((one) => one.contains(document.activeElement))
  const target =
    findings[here < 0 ? (by > 0 ? 0 : findings.length - 1) : (here + by + findings.length) % findings.length]
  if (!target) return
  target.open = true
  target.querySelector('summary')?.focus()
  target.scrollIntoView({ block: 'nearest' })
}
