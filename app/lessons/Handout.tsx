import { useQuery } from '@tanstack/react-query'
import { FRONT_DOOR } from '../case/address-text.ts'
import { PlaceLink } from '../case/PlaceLink.tsx'
import { Qr } from '../share/Qr.tsx'
import { QUESTIONS } from '../../src/core/verdict.ts'
import { caseWords } from '../case/words.ts'
import { SpeechProvider, useLocale, useText, useWords } from '../text/speech.tsx'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Template } from '../ui/Say.tsx'
import type { Engine } from '../worker/client.ts'
import styles from './handout.module.css'
import { lay, toolsOf } from './lay.ts'
import type { Change, Lesson, Step } from './lesson.ts'
import lessonStyles from './lessons.module.css'
import { optionsOf } from './play.ts'
import { stepAddress } from './Presenter.tsx'
import { courseLength } from './registry.ts'
import { Sentence, State } from './StepBody.tsx'
import { lessonWords } from './words.ts'

/** A lesson on paper. Opened by its address it has no case around it, so it fetches the words of the checks that it names. */
export function Handout({ engine, lesson }: { readonly engine: Engine; readonly lesson: Lesson }) {
  const w = useWords(lessonWords)
  const locale = useLocale()
  const { data, isError, refetch } = useQuery({
    queryKey: ['handout', lesson.id, locale],
    retry: 1,
    queryFn: async () => {
      const { schemes, formats } = await readIn(lesson, engine)
      return { texts: await engine.texts(schemes, locale), formats }
    },
  })
  if (isError)
    return (
      <Notice title={w('lost')}>
        <Button onClick={() => void refetch()}>{w('again')}</Button>
      </Notice>
    )
  // Nothing that could be printed before every word of it is there.
  if (!data)
    return (
      <p className={lessonStyles.loading} role="status">
        {w('loading')}
      </p>
    )
  return (
    <SpeechProvider locale={locale} texts={data.texts}>
      <Sheets lesson={lesson} formats={data.formats} />
    </SpeechProvider>
  )
}

/** What the pieces of evidence of a lesson are, by their number in the case. */
type Formats = ReadonlyMap<number, string>

/** Schemes that read what the lesson lays on the table (a sample may hold evidence of several), and what its pieces are where it tells them apart. */
async function readIn(
  lesson: Lesson,
  engine: Engine,
): Promise<{ readonly schemes: readonly string[]; readonly formats: Formats }> {
  const tools = toolsOf(engine)
  const tables = lesson.steps.flatMap(({ evidence }, index) => (index === 0 || evidence ? [index] : []))
  const tellsApart = lesson.steps.some(
    (step) => step.kind === 'see' && step.changes.some((change) => 'root' in change && change.subject !== undefined),
  )
  const schemes = new Set<string>()
  const formats = new Map<number, string>()
  for (const index of tables) {
    const scene = await lay(lesson, index, false, tools)
    for (const { scheme } of (await tools.inspect(scene.files)).artifacts) if (scheme !== null) schemes.add(scheme)
    if (!tellsApart) continue
    const { subjects } = await tools.appraise(scene.files, optionsOf(scene))
    for (const one of subjects) formats.set(one.index, one.format)
  }
  return { schemes: [...schemes].sort(), formats }
}

/** Its questions with room to write, and the answers on a sheet of their own. */
function Sheets({ lesson, formats }: { readonly lesson: Lesson; readonly formats: Formats }) {
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
        <Answers lesson={lesson} formats={formats} />
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

/** What a change is about, as the page asks it. */
function Asked({ change, formats }: { readonly change: Change; readonly formats: Formats }) {
  const w = useWords(lessonWords)
  const c = useWords(caseWords)
  const text = useText()
  if ('answer' in change)
    return <>{w('answer', { number: QUESTIONS.indexOf(change.answer) + 1, question: c(change.answer) })}</>
  if ('check' in change) return <Template text={text(`${change.check}.question`) ?? change.check} />
  const format = change.subject === undefined ? undefined : formats.get(change.subject)
  return <>{format === undefined ? w('root') : w('rootOf', { subject: text(`format.${format}`) ?? format })}</>
}

/** What came of each step that asked something, by its number. */
function Answers({ lesson, formats }: { readonly lesson: Lesson; readonly formats: Formats }) {
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
                      <Asked change={change} formats={formats} />{' '}
                      <span className={styles.pair}>
                        <State change={change} state={change.before} /> → <State change={change} state={change.after} />
                      </span>
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
