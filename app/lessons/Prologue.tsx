import { FRONT_DOOR } from '../case/address-text.ts'
import { PlaceLink } from '../case/PlaceLink.tsx'
import { useLocale, useWords } from '../text/speech.tsx'
import { Template } from '../ui/Say.tsx'
import styles from './prologue.module.css'
import { lessons } from './registry.ts'
import { MISUNDERSTOOD, prologueWords } from './prologue-words.ts'

const CIPHER = { rest: '9f3ce107b852', transit: 'b2407de916c3', use: '5ea013fc882b' } as const

/** For people who know nothing yet: what is protected, what is not, who says what to whom, and five misunderstandings. */
export function Prologue() {
  const w = useWords(prologueWords)
  const locale = useLocale()
  return (
    <article className={styles.prologue}>
      <h1 tabIndex={-1}>{w('title')}</h1>
      <p className={styles.lead}>{w('lead')}</p>

      <h2>{w('states')}</h2>
      <div className={styles.states}>
        {(['rest', 'transit', 'use'] as const).map((state) => (
          <section key={state}>
            <h3>{w(state)}</h3>
            <p className={styles.row}>{w('without')}</p>
            <Bytes text={state === 'use' ? 'secret' : CIPHER[state]} look={state === 'use' ? 'open' : undefined} />
            <p className={styles.note}>{w(`${state}Without`)}</p>
            <p className={styles.row}>{w('with')}</p>
            <Bytes text={CIPHER[state]} look={state === 'use' ? 'tee' : undefined} />
            <p className={styles.note}>{w(`${state}With`)}</p>
          </section>
        ))}
      </div>

      <h2>{w('gives')}</h2>
      <div className={styles.columns}>
        <dl>
          {(['confidentiality', 'integrity', 'attestability'] as const).map((one) => (
            <div key={one}>
              <dt>{w(one)}</dt>
              <dd>{w(`${one}Is`)}</dd>
            </div>
          ))}
        </dl>
        <div>
          <h3>{w('not')}</h3>
          <ul>
            {(['notBugs', 'notOwner', 'notAvailable', 'notSide', 'notForever'] as const).map((one) => (
              <li key={one}>{w(one)}</li>
            ))}
          </ul>
        </div>
      </div>

      <h2>
        {w('parties')} <small>RFC 9334</small>
      </h2>
      <ol className={styles.parties}>
        {(['attester', 'endorser', 'reference', 'verifier', 'relying'] as const).map((one) => (
          <li key={one} className={styles[one]}>
            <b>{w(one)}</b>
            <span>{w(`${one}Is`)}</span>
            <em>
              {w(`${one}Sends`)}
              <i aria-hidden="true" />
            </em>
          </li>
        ))}
      </ol>

      <h2>{w('five')}</h2>
      <ol className={styles.five}>
        {MISUNDERSTOOD.map((one) => {
          const lesson = lessons.find((other) => other.id === one.lesson)
          return (
            <li key={one.lesson}>
              <q>{one.said[locale]}</q>
              <p>
                <Template text={one.answer[locale]} />{' '}
                {lesson && (
                  <PlaceLink to={{ ...FRONT_DOOR, lesson: lesson.id, step: 1 }}>
                    {w('toLesson', { number: lesson.number, title: lesson.title[locale] })}
                  </PlaceLink>
                )}
              </p>
            </li>
          )
        })}
      </ol>
      <p className={styles.next}>
        <PlaceLink to={{ ...FRONT_DOOR, lesson: 'quote', step: 1 }}>{w('begin')}</PlaceLink>
      </p>
    </article>
  )
}

/** Six boxes: bytes as an onlooker sees them. */
function Bytes({ text, look }: { readonly text: string; readonly look: 'open' | 'tee' | undefined }) {
  const boxes = look === 'open' ? Array.from(text) : (text.match(/../g) ?? [])
  return (
    <p className={look === undefined ? styles.bytes : styles[look]}>
      {boxes.map((box, index) => (
        <span key={index}>{box}</span>
      ))}
    </p>
  )
}
