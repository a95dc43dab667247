import { useState } from 'react'
import type { Headline } from '../../src/core/verdict.ts'
import { hrefOf } from '../case/address.ts'
import { useLocale, useWords } from '../text/speech.tsx'
import { Outcome, type MarkState } from '../ui/Mark.tsx'
import { Template } from '../ui/Say.tsx'
import { examples, type Example } from './examples.ts'
import styles from './front.module.css'
import { frontWords } from './words.ts'

/** Examples by kind of evidence, one line each on what they teach, and how each ends. */
export function Examples({
  onSample,
}: {
  readonly onSample: (scheme: string, id: string, at: string | null) => Promise<void>
}) {
  const w = useWords(frontWords)
  const locale = useLocale()
  const [opening, setOpening] = useState<string | null>(null)
  const [isLost, setLost] = useState(false)
  const families = new Map<string, Example[]>()
  for (const example of inOrder(examples))
    families.set(example.format, [...(families.get(example.format) ?? []), example])
  const open = async (example: Example) => {
    setOpening(example.id)
    setLost(false)
    try {
      await onSample(example.scheme, example.id, example.at)
    } catch {
      setLost(true)
    } finally {
      setOpening(null)
    }
  }
  return (
    <section className={styles.section}>
      <h2>{w('examples')}</h2>
      <div>
        <p className={styles.intro}>{w('examplesWhy')}</p>
        {isLost && (
          <p className={styles.wait} role="status">
            {w('examplesNone')}
          </p>
        )}
        <div className={styles.families}>
          {[...families].map(([format, list]) => (
            <div key={format} className={styles.family}>
              <h3>{list[0]?.formatTitle[locale]}</h3>
              <ul>
                {list.map((example) => (
                  <li key={example.id}>
                    <a
                      href={hrefOf({ sample: `${example.scheme}/${example.id}` })}
                      aria-disabled={opening !== null}
                      onClick={(event) => {
                        event.preventDefault()
                        void open(example)
                      }}
                    >
                      <Template text={example.title[locale]} />
                    </a>
                    <Outcome {...endOf(example.expect, w)} className={styles.end} />
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </div>
    </section>
  )
}

/** How an example ends, in two words. */
function endOf(
  headline: Headline,
  w: (key: 'endOrder' | 'endIssues' | 'endFails' | 'endOpen' | 'endClaims') => string,
): { readonly state: MarkState; readonly word: string } {
  switch (headline) {
    case 'S5':
    case 'S6':
      return { state: 'holds', word: w('endOrder') }
    case 'S5w':
      return { state: 'warns', word: w('endIssues') }
    case 'S1':
    case 'S3':
      return { state: 'fails', word: w('endFails') }
    case 'SR':
      return { state: 'not-applicable', word: w('endClaims') }
    case 'S0':
    case 'S2':
    case 'S4':
    case 'SE':
    case 'SN':
      return { state: 'not-checked', word: w('endOpen') }
  }
}

/** What most visitors bring stands first, the toy last; anything new stands in between without being named here. */
const FIRST: readonly string[] = ['intel-dcap', 'amd-sev-snp']

function inOrder(list: readonly Example[]): Example[] {
  const place = ({ scheme }: Example) =>
    scheme === 'example' ? FIRST.length + 1 : FIRST.includes(scheme) ? FIRST.indexOf(scheme) : FIRST.length
  return list.toSorted((a, b) => place(a) - place(b))
}
