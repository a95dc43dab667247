import { Fragment, useId, useMemo, useState, type ReactNode } from 'react'
import { FRONT_DOOR } from '../case/address-text.ts'
import { PlaceLink } from '../case/PlaceLink.tsx'
import { useLocale, useWords } from '../text/speech.tsx'
import { Button } from '../ui/Button.tsx'
import { piecesOf } from './find.ts'
import styles from './glossary.module.css'
import type { Term } from './terms.ts'
import { glossaryWords } from './words.ts'

/** A text whose terms can be opened, and, below it, what the open one means. */
interface Explained {
  /** Stands inside the paragraph. */
  readonly said: ReactNode
  /** Stands behind the paragraph; empty until somebody asks. */
  readonly note: ReactNode
}

/**
 * Makes the terms of a text open where they stand: by pointer, touch and keyboard, closed again by Escape.
 * @param text `**…**` is emphasis
 * @param before texts that were read before: terms used there are not marked again
 */
export function useTerms(text: string, before: readonly string[]): Explained {
  const w = useWords(glossaryWords)
  const locale = useLocale()
  const id = useId()
  const [open, setOpen] = useState<{ readonly text: string; readonly term: Term } | null>(null)
  const earlier = before.join('\n')
  const parts = useMemo(() => {
    const used = new Set<string>()
    piecesOf(earlier, locale, used)
    return text.split('**').map((part) => piecesOf(part, locale, used))
  }, [text, earlier, locale])
  const term = open?.text === text ? open.term : undefined
  const said = parts.map((pieces, index) => {
    const nodes = pieces.map((piece, at) =>
      piece.term === undefined ? (
        <Fragment key={at}>{piece.text}</Fragment>
      ) : (
        <button
          key={at}
          type="button"
          className={styles.term}
          aria-expanded={term === piece.term}
          aria-controls={id}
          data-term={piece.term.id}
          onClick={() => setOpen(term === piece.term || !piece.term ? null : { text, term: piece.term })}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && term !== undefined) {
              event.stopPropagation()
              setOpen(null)
            }
          }}
        >
          {piece.text}
        </button>
      ),
    )
    return index % 2 === 1 ? <strong key={index}>{nodes}</strong> : <Fragment key={index}>{nodes}</Fragment>
  })
  const note = (
    <div id={id} role="status" aria-label={w('explained')}>
      {term && (
        <div className={styles.note} data-term-note={term.id}>
          <p>
            <b>{term.name[locale]}</b> {term.says[locale]}
          </p>
          <small>
            {w('source', { source: term.source })}{' '}
            <PlaceLink to={{ ...FRONT_DOOR, page: 'glossary', rest: [['term', term.id]] }}>{w('all')}</PlaceLink>{' '}
            <Button look="quiet" onClick={() => setOpen(null)}>
              {w('close')}
            </Button>
          </small>
        </div>
      )}
    </div>
  )
  return { said, note }
}
