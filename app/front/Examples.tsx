import { useState } from 'react'
import type { SampleView } from '../../src/engine/api.ts'
import { hrefOf } from '../case/address.ts'
import { useText, useWords } from '../text/speech.tsx'
import { Template } from '../ui/Say.tsx'
import styles from './front.module.css'
import { frontWords } from './words.ts'

/** Examples by kind of evidence, one line each on what they teach. */
export function Examples({ samples, onSample }: { readonly samples: readonly SampleView[] | undefined; readonly onSample: (scheme: string, id: string, at: string | null) => Promise<void> }) {
  const w = useWords(frontWords)
  const text = useText()
  const [opening, setOpening] = useState<string | null>(null)
  const families = new Map<string, SampleView[]>()
  for (const sample of inOrder(samples ?? [])) families.set(sample.format, [...(families.get(sample.format) ?? []), sample])
  const open = async (sample: SampleView) => {
    setOpening(sample.id)
    try {
      await onSample(sample.scheme, sample.id, sample.at)
    } finally {
      setOpening(null)
    }
  }
  return (
    <section className={styles.section} aria-busy={samples === undefined}>
      <h2>{w('examples')}</h2>
      <div>
        <p className={styles.intro}>{w('examplesWhy')}</p>
        {samples === undefined && <p className={styles.wait}>{w('examplesLoading')}</p>}
        {samples?.length === 0 && <p className={styles.wait}>{w('none')}</p>}
        <div className={styles.families}>
          {[...families].map(([format, list]) => (
            <div key={format} className={styles.family}>
              <h3>{text(`format.${format}`) ?? text(formatTitle(format)) ?? format}</h3>
              <ul>
                {list.map((sample) => (
                  <li key={sample.id}>
                    <a href={hrefOf({ sample: `${sample.scheme}/${sample.id}` })} aria-disabled={opening !== null} onClick={(event) => { event.preventDefault(); void open(sample) }}>
                      <Template text={text(sample.title) ?? sample.title} />
                    </a>
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

/** What most visitors bring stands first, the toy last; anything new stands in between without being named here. */
const FIRST: readonly string[] = ['intel-dcap', 'amd-sev-snp']

function inOrder(samples: readonly SampleView[]): SampleView[] {
  const place = ({ scheme }: SampleView) => (scheme === 'example' ? FIRST.length + 1 : FIRST.includes(scheme) ? FIRST.indexOf(scheme) : FIRST.length)
  return [...samples].sort((a, b) => place(a) - place(b))
}

const formatTitle = (format: string) => `format.${format}.title`
