import { FRONT_DOOR } from '../case/address-text.ts'
import { PlaceLink } from '../case/PlaceLink.tsx'
import { Qr } from '../share/Qr.tsx'
import { QUESTIONS } from '../../src/core/verdict.ts'
import { caseWords } from '../case/words.ts'
import { useLocale, useText, useWords } from '../text/speech.tsx'
import { Button } from '../ui/Button.tsx'
import styles from './handout.module.css'
import type { Change, Lesson, Step } from './lesson.ts'
import { stepAddress } from './Presenter.tsx'
import { courseLength } from './registry.ts'
import { Sentence, State } from './StepBody.tsx'
import { lessonWords } from './words.ts'

/** A lesson on paper: its questions with room to write, and the answers on a sheet of their own. */
export function Handout({ lesson }: { readonly lesson: Lesson }) {
  const w = useWords(lessonWords)
  const locale = useLocale()
  return (
    <article className={styles.handout}>
      <p className={styles.tools}>
        <PlaceLink to={{ ...FRONT_DOOR, page: 'lessons' }}>{w('all')}</PlaceLink>
        <Button look="primary" onClick={() => print()}>
          {w('printIt')}
        </Button>
      </p>
      <header>
        <div>
          <p>{w('counted', { number: lesson.number, all: courseLength })}</p>
          <h1 tabIndex={-1}>{lesson.title[locale]}</h1>
          <p>{lesson.teaches[locale]}</p>
          <p className={styles.name}>{w('yourName')}</p>
        </div>
        <Qr text={stepAddress(lesson, 0, locale)} label={w('qr')} />
      </header>
      <ol className={styles.steps}>
        {lesson.steps.map((step, index) => (
          <li key={index} data-step={step.kind}>
            {step.kind === 'insight' ? <Room head={w('inYourWords')} lines={2} /> : <Question step={step} />}
          </li>
        ))}
      </ol>
      <section className={styles.answers}>
        <h2>{w('answersOf', { title: lesson.title[locale] })}</h2>
        <Answers lesson={lesson} />
      </section>
    </article>
  )
}

/** Lines to write on. */
function Room({ head, lines }: { readonly head: string; readonly lines: number }) {
  return (
    <div className={styles.room}>
      <b>{head}</b>
      {Array.from({ length: lines }, (_, index) => (
        <i key={index} aria-hidden="true" />
      ))}
    </div>
  )
}

function Question({ step }: { readonly step: Step }) {
  const w = useWords(lessonWords)
  // The text of such a step says what came out; it stands among the answers.
  if (step.kind === 'see') return <Room head={w('whatChanged')} lines={2} />
  return (
    <>
      <p>
        <b>{w(step.kind)}</b> <Sentence said={step.text} />
      </p>
      {step.kind === 'predict' && (
        <ul className={styles.boxes}>
          {step.options.map((option, index) => (
            <li key={index}>
              <i aria-hidden="true" /> <Sentence said={option.said} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** What a change is about, as the page asks it; a check whose texts are not loaded here by its name. */
function Asked({ change }: { readonly change: Change }) {
  const w = useWords(lessonWords)
  const c = useWords(caseWords)
  const text = useText()
  if ('answer' in change)
    return <>{w('answer', { number: QUESTIONS.indexOf(change.answer) + 1, question: c(change.answer) })}</>
  if ('check' in change) return <>{text(`${change.check}.question`) ?? <code>{change.check}</code>}</>
  return <>{w('root')}</>
}

/** What came of each step that asked something, by its number. */
function Answers({ lesson }: { readonly lesson: Lesson }) {
  return (
    <dl>
      {lesson.steps.map((step, index) =>
        step.kind === 'read' ? null : (
          <div key={index}>
            <dt>{index + 1}</dt>
            <dd>
              {step.kind === 'predict' && (
                <>
                  {step.options.flatMap((option, at) =>
                    option.isRight === true
                      ? [
                          <b key={at}>
                            <Sentence said={option.said} />
                          </b>,
                        ]
                      : [],
                  )}{' '}
                  <Sentence said={step.why} />
                </>
              )}
              {step.kind === 'do' && <Sentence said={step.did} />}
              {step.kind === 'see' && <Sentence said={step.text} />}
              {step.kind === 'see' && (
                <ul>
                  {step.changes.map((change, at) => (
                    <li key={at}>
                      <Asked change={change} /> <State change={change} state={change.before} /> →{' '}
                      <State change={change} state={change.after} />
                    </li>
                  ))}
                </ul>
              )}
              {step.kind === 'insight' && (
                <b>
                  <Sentence said={step.text} />
                </b>
              )}
            </dd>
          </div>
        ),
      )}
    </dl>
  )
}
