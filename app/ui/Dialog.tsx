import { useEffect, useRef, type ReactNode } from 'react'
import { useWords } from '../text/speech.tsx'
import { Button } from './Button.tsx'
import styles from './dialog.module.css'
import { uiWords } from './words.ts'

/** A modal sheet with a title; Escape closes it and focus goes back where it was. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const w = useWords(uiWords)
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return (
    // Escape is the dialog's own; a click beside the sheet is the same for a pointer.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={ref}
      className={styles.dialog}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === ref.current) onClose()
      }}
    >
      <div className={styles.sheet}>
        <header>
          <h2>{title}</h2>
          <Button look="quiet" onClick={onClose}>
            {w('close')}
          </Button>
        </header>
        {children}
      </div>
    </dialog>
  )
}
