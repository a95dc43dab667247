import { FRONT_DOOR } from '../case/address-text.ts'
import { PlaceLink } from '../case/PlaceLink.tsx'
import { useLocale, useWords } from '../text/speech.tsx'
import styles from './lessons.module.css'
import { progressOf, useProgressVersion } from './progress.ts'
import { lessons } from './registry.ts'
import { lessonWords } from './words.ts'

/** All lessons, in order, each where the reader left it. */
export function LessonList() {
  const w = useWords(lessonWords)
  const locale = useLocale()
  useProgressVersion()
  return (
    <section className={styles.list}>
      <h1 tabIndex={-1}>{w('heading')}</h1>
      <p className={styles.lead}>{w('lead')}</p>
      <p className={styles.lead}>
        <PlaceLink to={{ ...FRONT_DOOR, page: 'prologue' }}>{w('prologue')}</PlaceLink>
      </p>
      <ol className={styles.lessons}>
        {lessons.map((lesson) => {
          const step = progressOf(lesson.id).step + 1
          return (
            <li key={lesson.id}>
              <i aria-hidden="true">{lesson.number}</i>
              <b>
                <PlaceLink to={{ ...FRONT_DOOR, lesson: lesson.id, step }}>{lesson.title[locale]}</PlaceLink>
              </b>
              <p>{lesson.teaches[locale]}</p>
              <small>{w('minutes', { count: lesson.minutes })}</small>
              <small>
                <PlaceLink to={{ ...FRONT_DOOR, page: `handout/${lesson.id}` }}>{w('handout')}</PlaceLink>
              </small>
              <small>{step > 1 && w('goOn', { step })}</small>
            </li>
          )
        })}
      </ol>
      <p className={styles.lead}>
        <PlaceLink to={{ ...FRONT_DOOR, page: 'maker' }}>{w('maker')}</PlaceLink>
      </p>
      <p className={styles.lead}>
        <PlaceLink to={{ ...FRONT_DOOR, page: 'glossary' }}>{w('glossary')}</PlaceLink>
      </p>
    </section>
  )
}
