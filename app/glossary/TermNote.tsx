import { FRONT_DOOR } from '../case/address-text.ts'
import { hrefOf } from '../case/address.ts'
import { PlaceLink } from '../case/PlaceLink.tsx'
import { useLocale, useWords } from '../text/speech.tsx'
import { Button } from '../ui/Button.tsx'
import styles from './glossary.module.css'
import type { Term } from './terms.ts'
import { glossaryWords } from './words.ts'

/** A term in running text: pressed, it opens; Escape closes it again. */
export function TermButton({
  term,
  text,
  note,
  open,
  setOpen,
}: {
  readonly term: Term
  readonly text: string
  /** Id of the place where its explanation appears. */
  readonly note: string
  readonly open: Term | undefined
  readonly setOpen: (term: Term | undefined) => void
}) {
  const isOpen = open === term
  return (
    // No button: a button is a box, and a line could begin with the full stop behind it.
    <a
      href={hrefOf({ ...FRONT_DOOR, page: 'glossary' })}
      role="button"
      className={styles.term}
      aria-expanded={isOpen}
      aria-controls={note}
      data-term={term.id}
      onClick={(event) => {
        event.preventDefault()
        setOpen(isOpen ? undefined : term)
      }}
      onKeyDown={(event) => {
        if (event.key === ' ') {
          event.preventDefault()
          setOpen(isOpen ? undefined : term)
        }
        if (event.key === 'Escape' && open !== undefined) {
          event.stopPropagation()
          setOpen(undefined)
        }
      }}
    >
      {text}
    </a>
  )
}

/** What the open term means, with the text that defines it; empty until somebody asks. */
export function TermNote({
  id,
  term,
  onClose,
}: {
  readonly id: string
  readonly term: Term | undefined
  readonly onClose: () => void
}) {
  const w = useWords(glossaryWords)
  const locale = useLocale()
  return (
    <div id={id} role="status" aria-label={w('explained')}>
      {term && (
        <div className={styles.note} data-term-note={term.id}>
          <p>
            <b>{term.name[locale]}</b> {term.says[locale]}
          </p>
          <small>
            {w('source', { source: term.source })}{' '}
            <PlaceLink to={{ ...FRONT_DOOR, page: 'glossary', rest: [['term', term.id]] }}>{w('all')}</PlaceLink>{' '}
            <Button look="quiet" onClick={onClose}>
              {w('close')}
            </Button>
          </small>
        </div>
      )}
    </div>
  )
}
