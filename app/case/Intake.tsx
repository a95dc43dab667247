import { useEffect, useRef, useState, type ReactNode } from 'react'
import { isTyping, useKeys } from '../keys/keys.tsx'
import { useWords } from '../text/speech.tsx'
import { words } from '../text/words.ts'
import { pastedFile, readFiles, transferred, type Intake } from './files.ts'
import styles from './intake.module.css'

const CHOOSER = 'choose-files'

function choose(): void {
  document.getElementById(CHOOSER)?.click()
}

/** The whole window takes drops and pastes; the file button and Ctrl O open the chooser. */
export function IntakeArea({
  onIntake,
  isCase,
  children,
}: {
  readonly onIntake: (intake: Intake) => void
  /** What is dropped joins the case that is open. */ readonly isCase: boolean
  readonly children: (choose: () => void) => ReactNode
}) {
  const w = useWords(words)
  const [isOver, setOver] = useState(false)
  const latest = useRef(onIntake)
  useEffect(() => {
    latest.current = onIntake
  })

  useEffect(() => {
    const take = (given: readonly (File | { readonly folder: string })[]) => {
      if (given.length > 0) void readFiles(given).then((intake) => latest.current(intake))
    }
    const hasFiles = (event: DragEvent) =>
      event.dataTransfer?.types.includes('Files') === true || event.dataTransfer?.types.includes('text/plain') === true
    const onDrag = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      setOver(false)
      if (!event.dataTransfer || isTyping(event.target)) return
      event.preventDefault()
      const given = transferred(event.dataTransfer)
      if (given.length > 0) take(given)
      else {
        const text = event.dataTransfer.getData('text/plain')
        if (text !== '') void pastedFile(text).then((intake) => latest.current(intake))
      }
    }
    const onPaste = (event: ClipboardEvent) => {
      if (!event.clipboardData || isTyping(event.target)) return
      const given = transferred(event.clipboardData)
      const text = event.clipboardData.getData('text/plain')
      if (given.length > 0) take(given)
      else if (text.trim() !== '') void pastedFile(text).then((intake) => latest.current(intake))
      else return
      event.preventDefault()
    }
    addEventListener('dragenter', onDrag)
    addEventListener('dragover', onDrag)
    addEventListener('dragleave', onLeave)
    addEventListener('drop', onDrop)
    addEventListener('paste', onPaste)
    return () => {
      removeEventListener('dragenter', onDrag)
      removeEventListener('dragover', onDrag)
      removeEventListener('dragleave', onLeave)
      removeEventListener('drop', onDrop)
      removeEventListener('paste', onPaste)
    }
  }, [])

  useKeys({ 'Ctrl+o': choose })
  return (
    <>
      <input
        id={CHOOSER}
        type="file"
        multiple
        className={styles.input}
        tabIndex={-1}
        aria-hidden="true"
        data-testid="files"
        onChange={(event) => {
          const given = [...(event.target.files ?? [])]
          event.target.value = ''
          if (given.length > 0) void readFiles(given).then(onIntake)
        }}
      />
      {children(choose)}
      {isOver && (
        <div className={styles.over}>
          <p>{w(isCase ? 'dropAdd' : 'dropHere')}</p>
        </div>
      )}
    </>
  )
}
