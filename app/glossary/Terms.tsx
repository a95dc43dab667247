import { Fragment, useId, useMemo, useState, type ReactNode } from 'react'
import { useLocale } from '../text/speech.tsx'
import { piecesOf } from './find.ts'
import { TermButton, TermNote } from './TermNote.tsx'
import type { Term } from './terms.ts'

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
  const set = (next: Term | undefined) => setOpen(next ? { text, term: next } : null)
  const said = parts.map((pieces, index) => {
    const nodes = pieces.map((piece, at) =>
      piece.term === undefined ? (
        <Fragment key={at}>{piece.text}</Fragment>
      ) : (
        <TermButton key={at} term={piece.term} text={piece.text} note={id} open={term} setOpen={set} />
      ),
    )
    return index % 2 === 1 ? <strong key={index}>{nodes}</strong> : <Fragment key={index}>{nodes}</Fragment>
  })
  return { said, note: <TermNote id={id} term={term} onClose={() => set(undefined)} /> }
}
