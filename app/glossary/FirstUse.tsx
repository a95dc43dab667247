import { Fragment, useEffect, useId, useState, type ReactNode } from 'react'
import type { Locale, Saying } from '../../src/core/saying.ts'
import { useLocale, useTexts } from '../text/speech.tsx'
import { Say } from '../ui/Say.tsx'
import type { Piece } from './find.ts'
import { TermButton, TermNote } from './TermNote.tsx'
import type { Term } from './terms.ts'

type Find = (text: string, locale: Locale, used: Set<string>) => readonly Piece[]

// The terms are no part of what is shown first: they come when the verdict stands and the browser has nothing else to do.
let find: Find | undefined

/** Safari has no word for it. */
const SOON_MS = 300
const whenIdle = (then: () => void) =>
  typeof requestIdleCallback === 'function' ? requestIdleCallback(then) : setTimeout(then, SOON_MS)

function useFind(): Find | undefined {
  const [, setLoaded] = useState(find !== undefined)
  useEffect(() => {
    let isCurrent = true
    whenIdle(() => {
      // Without them the sentence is as good as before.
      import('./find.ts').then(
        (found) => {
          find = found.piecesOf
          if (isCurrent) setLoaded(true)
        },
        () => undefined,
      )
    })
    return () => {
      isCurrent = false
    }
  }, [])
  return find
}

/** A sentence of the engine whose terms open where the page uses them first; `children` puts it into its place, the note behind it. */
export function FirstUse({
  saying,
  before,
  children,
}: {
  readonly saying: Saying
  /** Sentences that stand before it on the page. */
  readonly before: readonly Saying[]
  readonly children: (said: ReactNode) => ReactNode
}) {
  const id = useId()
  const locale = useLocale()
  const texts = useTexts()
  const pieces = useFind()
  const [open, setOpen] = useState<{ readonly saying: Saying; readonly term: Term } | null>(null)
  const term = open?.saying === saying ? open.term : undefined
  const set = (next: Term | undefined) => setOpen(next ? { saying, term: next } : null)
  if (!pieces) return children(<Say saying={saying} />)
  const earlier = new Set<string>()
  for (const one of before) pieces(texts[one.text] ?? '', locale, earlier)
  const mark = (text: string, used: Set<string>) => {
    for (const one of earlier) used.add(one)
    return pieces(text, locale, used).map((piece, at) =>
      piece.term ? (
        <TermButton key={at} term={piece.term} text={piece.text} note={id} open={term} setOpen={set} />
      ) : (
        <Fragment key={at}>{piece.text}</Fragment>
      ),
    )
  }
  return (
    <>
      {children(<Say saying={saying} mark={mark} />)}
      <TermNote id={id} term={term} onClose={() => set(undefined)} />
    </>
  )
}
