import { lazy, Suspense, useState } from 'react'
import { useWords } from '../text/speech.tsx'
import { Button } from '../ui/Button.tsx'
import { shareWords } from './words.ts'

const ShareDialog = lazy(async () => ({ default: (await import('./ShareDialog.tsx')).ShareDialog }))

/** The button under the headline. */
export function Share() {
  const w = useWords(shareWords)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{w('share')}</Button>
      {isOpen && (
        <Suspense fallback={null}>
          <ShareDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
