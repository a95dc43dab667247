import { hrefOf } from '../case/address.ts'
import { useLocale, useWords } from '../text/speech.tsx'
import { Outcome } from '../ui/Mark.tsx'
import { Template } from '../ui/Say.tsx'
import { endOf } from './ends.ts'
import { examples, type Example } from './examples.ts'
import type { OpenSample } from './Examples.tsx'
import styles from './front.module.css'
import { frontWords } from './words.ts'

/** Every example, by kind of evidence, one line each on what it teaches. */
export function AllExamples({ onSample, isOpening }: { readonly onSample: OpenSample; readonly isOpening: boolean }) {
  const w = useWords(frontWords)
  const locale = useLocale()
  const families = new Map<string, Example[]>()
  for (const example of inOrder(examples))
    families.set(example.format, [...(families.get(example.format) ?? []), example])
  return (
    <div className={styles.families}>
      {[...families].map(([format, list]) => (
        <div key={format} className={styles.family}>
          <h3>{list[0]?.formatTitle[locale]}</h3>
          <ul>
            {list.map((example) => (
              <li key={example.id}>
                <a
                  href={hrefOf({ sample: `${example.scheme}/${example.id}` })}
                  aria-disabled={isOpening}
                  onClick={(event) => {
                    event.preventDefault()
                    void onSample(example.scheme, example.id, example.at)
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
  )
}

/** What most visitors bring stands first, the toy last; anything new stands in between without being named here. */
const FIRST: readonly string[] = ['intel-dcap', 'amd-sev-snp']

function inOrder(list: readonly Example[]): Example[] {
  const place = ({ scheme }: Example) =>
    scheme === 'example' ? FIRST.length + 1 : FIRST.includes(scheme) ? FIRST.indexOf(scheme) : FIRST.length
  return list.toSorted((a, b) => place(a) - place(b))
}
