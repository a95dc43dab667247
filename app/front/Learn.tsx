import { FRONT_DOOR, type Address } from '../case/address-text.ts'
import { PlaceLink } from '../case/PlaceLink.tsx'
import { useWords } from '../text/speech.tsx'
import styles from './front.module.css'
import { frontWords } from './words.ts'

type Key = 'learnQuote' | 'learnFlip' | 'learnPatched' | 'learnLie' | 'learnMake'

const PLACES: readonly (readonly [mark: string, key: Key, to: Partial<Address>])[] = [
  ['1', 'learnQuote', { lesson: '1' }],
  ['2', 'learnFlip', { lesson: '2' }],
  ['4', 'learnPatched', { lesson: '4' }],
  ['?', 'learnLie', { lesson: 'lie' }],
  ['+', 'learnMake', { page: 'maker' }],
]

/** The way to lessons, to the game and to evidence made here, for people without hardware or without a question yet. */
export function Learn() {
  const w = useWords(frontWords)
  return (
    <section className={styles.section} aria-labelledby="learn">
      <div className={styles.head}>
        <h2 id="learn">{w('learn')}</h2>
        <p>{w('learnWhy')}</p>
        <PlaceLink className={styles.allLessons} to={{ ...FRONT_DOOR, page: 'ask' }}>
          {w('learnAsk')}
        </PlaceLink>
        <PlaceLink className={styles.alsoLessons} to={{ ...FRONT_DOOR, page: 'lessons' }}>
          {w('learnAll')}
        </PlaceLink>
      </div>
      <ol className={styles.lessons}>
        {PLACES.map(([mark, key, to]) => (
          <li key={key}>
            <PlaceLink to={{ ...FRONT_DOOR, ...to }}>
              <i aria-hidden="true">{mark}</i>
              <b>{w(key)}</b>
              <span>{w(`${key}Why`)}</span>
            </PlaceLink>
          </li>
        ))}
      </ol>
    </section>
  )
}
