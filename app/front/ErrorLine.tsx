import { lazy, Suspense, useState } from 'react'
import type { LookedUp } from '../../src/engine/error-codes.ts'
import { useWords } from '../text/speech.tsx'
import { Button } from '../ui/Button.tsx'
import styles from './front.module.css'
import { frontWords } from './words.ts'

const ErrorAnswer = lazy(async () => ({ default: (await import('./ErrorAnswer.tsx')).ErrorAnswer }))

/** Somebody has no file, only a message: what it means, and what to do. */
export function ErrorLine({ onLookUp }: { readonly onLookUp: (text: string) => Promise<LookedUp> }) {
  const w = useWords(frontWords)
  const [answer, setAnswer] = useState<LookedUp | null>(null)
  const [isLost, setLost] = useState(false)
  const look = (text: string) => {
    setLost(false)
    if (text.trim() === '') setAnswer(null)
    else
      onLookUp(text).then(setAnswer, () => {
        setAnswer(null)
        setLost(true)
      })
  }
  return (
    <>
      <form
        className={styles.err}
        onSubmit={(event) => {
          event.preventDefault()
          const given = new FormData(event.currentTarget).get('code')
          look(typeof given === 'string' ? given : '')
        }}
      >
        <label htmlFor="error-code">{w('errorAsk')}</label>
        <input
          id="error-code"
          name="code"
          placeholder={w('errorLike')}
          autoComplete="off"
          spellCheck={false}
          onPaste={(event) => event.stopPropagation()}
        />
        <Button type="submit">{w('errorLook')}</Button>
      </form>
      <div aria-live="polite">
        {isLost && <p className={styles.wait}>{w('errorLost')}</p>}
        {answer && (
          <Suspense fallback={null}>
            <ErrorAnswer answer={answer} />
          </Suspense>
        )}
      </div>
    </>
  )
}
