import { useWords } from '../text/speech.tsx'
import styles from '../glossary/glossary.module.css'
import { limitsWords } from './words.ts'

const LIMITS = ['physical', 'code', 'place', 'now', 'newest', 'amd', 'logs', 'service', 'unverifiable', 'copy'] as const

/** What this page cannot prove, whatever it is given. */
export function Limits() {
  const w = useWords(limitsWords)
  return (
    <article className={styles.page}>
      <h1 tabIndex={-1}>{w('title')}</h1>
      <p className={styles.lead}>{w('lead')}</p>
      <dl>
        {LIMITS.map((one) => (
          <div key={one}>
            <dt>{w(one)}</dt>
            <dd>
              <p>{w(`${one}Why`)}</p>
            </dd>
          </div>
        ))}
      </dl>
    </article>
  )
}
