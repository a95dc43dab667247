import { useEffect, useState } from 'react'
import { useWords } from '../text/speech.tsx'
import styles from './button.module.css'
import { uiWords } from './words.ts'

/** Copies a text and says so. */
export function Copy({ text, label }: { readonly text: string | (() => string); readonly label?: string }) {
  const w = useWords(uiWords)
  const [isDone, setDone] = useState(false)
  useEffect(() => {
    if (!isDone) return
    const timer = setTimeout(() => setDone(false), 1600)
    return () => clearTimeout(timer)
  }, [isDone])
  const copy = async () => {
    await copyText(typeof text === 'string' ? text : text())
    setDone(true)
  }
  return (
    <button type="button" className={styles.quiet} onClick={() => void copy()}>
      {isDone ? w('copied') : (label ?? w('copy'))}
    </button>
  )
}

/** Puts text on the clipboard, also where the modern way is not allowed (plain http). */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    document.execCommand('copy')
    area.remove()
  }
}
