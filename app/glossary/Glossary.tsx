import { useEffect, useState } from 'react'
import { useAddress } from '../case/address.ts'
import { useLocale, useWords } from '../text/speech.tsx'
import styles from './glossary.module.css'
import { TERMS, type Term } from './terms.ts'
import { glossaryWords } from './words.ts'

/** All terms, in the order of the reader's language. */
export function Glossary() {
  const w = useWords(glossaryWords)
  const locale = useLocale()
  const other = locale === 'zh' ? 'en' : 'zh'
  const [asked, setAsked] = useState('')
  // A link can name one term; the page has its own way to the top when it opens, so this comes after it.
  const named = useAddress('rest').find(([name]) => name === 'term')?.[1]
  useEffect(() => {
    if (named === undefined) return undefined
    const timer = setTimeout(() => document.getElementById(`term-${named}`)?.scrollIntoView({ block: 'start' }), 60)
    return () => clearTimeout(timer)
  }, [named])
  const terms = TERMS.filter((term) => isNamed(term, asked)).toSorted((a, b) =>
    a.name[locale].localeCompare(b.name[locale], locale),
  )
  return (
    <article className={styles.page}>
      <h1 tabIndex={-1}>{w('title')}</h1>
      <p className={styles.lead}>{w('lead')}</p>
      <label className={styles.find}>
        {w('find')}
        <input type="search" value={asked} onChange={(event) => setAsked(event.target.value)} />
      </label>
      <p role="status" className={styles.none}>
        {terms.length === 0 && w('none')}
      </p>
      <dl>
        {terms.map((term) => (
          <div key={term.id} id={`term-${term.id}`}>
            <dt>
              {term.name[locale]}{' '}
              {term.name[other] !== term.name[locale] && (
                <small lang={other === 'zh' ? 'zh-Hans' : 'en'}>{term.name[other]}</small>
              )}
            </dt>
            <dd>
              <p>{term.says[locale]}</p>
              <small>{w('source', { source: term.source })}</small>
            </dd>
          </div>
        ))}
      </dl>
    </article>
  )
}

function isNamed(term: Term, asked: string): boolean {
  const sought = asked.trim().toLowerCase()
  const names = [term.name.en, term.name.zh, ...term.forms.en, ...term.forms.zh, term.says.en, term.says.zh]
  return sought === '' || names.some((name) => name.toLowerCase().includes(sought))
}
