import { lazy, Suspense, useState } from 'react'
import { hrefOf } from '../case/address.ts'
import { useLocale, useWords } from '../text/speech.tsx'
import { Button } from '../ui/Button.tsx'
import { Outcome } from '../ui/Mark.tsx'
import { endOf } from './ends.ts'
import { featured } from './featured.ts'
import styles from './front.module.css'
import { frontWords } from './words.ts'

const All = lazy(async () => ({ default: (await import('./AllExamples.tsx')).AllExamples }))

export type OpenSample = (scheme: string, id: string, at: string | null) => Promise<void>

/** A few examples of each family by short names, with how each ends; all of them on request. */
export function Examples({ onSample }: { readonly onSample: OpenSample }) {
  const w = useWords(frontWords)
  const locale = useLocale()
  const [isOpening, setOpening] = useState(false)
  const [isLost, setLost] = useState(false)
  const [isAll, setAll] = useState(false)
  const open: OpenSample = async (scheme, id, at) => {
    setOpening(true)
    setLost(false)
    try {
      await onSample(scheme, id, at)
    } catch {
      setLost(true)
    } finally {
      setOpening(false)
    }
  }
  return (
    <section className={styles.section} aria-labelledby="examples">
      <div className={styles.head}>
        <h2 id="examples">{w('examples')}</h2>
        <p>{w('examplesWhy')}</p>
        <Button look="quiet" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
          {isAll ? w('examplesFew') : w('examplesAll', { count: featured.of })}
        </Button>
      </div>
      {isLost && (
        <p className={styles.wait} role="status">
          {w('examplesNone')}
        </p>
      )}
      {isAll ? (
        <Suspense fallback={null}>
          <All onSample={open} isOpening={isOpening} />
        </Suspense>
      ) : (
        <div className={styles.few}>
          {featured.families.map((family) => (
            <section key={family.scheme} className={styles.family}>
              <h3>{family.title[locale]}</h3>
              <ul>
                {family.examples.map(({ id, at, expect, short }) => (
                  <li key={id}>
                    <a
                      href={hrefOf({ sample: `${family.scheme}/${id}` })}
                      aria-disabled={isOpening}
                      onClick={(event) => {
                        event.preventDefault()
                        void open(family.scheme, id, at)
                      }}
                    >
                      {short[locale]}
                    </a>
                    <Outcome {...endOf(expect, w)} className={styles.end} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </section>
  )
}
