import { useEffect, useState } from 'react'
import { useWords } from '../text/speech.tsx'
import { words } from '../text/words.ts'
import { Button } from '../ui/Button.tsx'
import styles from './case.module.css'

/** Says what is going on when it takes longer than a glance, and lets the reader stop it. */
export function Waiting({ text, onCancel }: { readonly text: string; readonly onCancel: () => void }) {
  const w = useWords(words)
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 300)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={styles.waiting} role="status">
      {isSlow && (
        <>
          <span>{text}</span> <Button onClick={onCancel}>{w('cancel')}</Button>
        </>
      )}
    </div>
  )
}
