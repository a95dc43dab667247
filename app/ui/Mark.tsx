import type { Outcome, State } from '../../src/core/verdict.ts'
import { useWords } from '../text/speech.tsx'
import { cx } from './cx.ts'
import styles from './mark.module.css'
import { uiWords } from './words.ts'

/** What a mark can say: the five states, and two ways in which a check can be stopped by us. */
export type MarkState = State | 'unsupported' | 'error'

/** The state that an outcome is shown as. */
export function markOf(outcome: Outcome): MarkState {
  switch (outcome) {
    case 'pass':
      return 'holds'
    case 'fail':
      return 'fails'
    case 'warn':
      return 'warns'
    case 'not-checked':
    case 'not-applicable':
    case 'unsupported':
    case 'error':
      return outcome
  }
}

/** The silhouette alone: it differs before the colour does. */
export function Mark({ state, className }: { readonly state: MarkState; readonly className?: string | undefined }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={cx(styles.mark, styles[state], className)}>
      {SHAPES[state]}
    </svg>
  )
}

const SHAPES: Readonly<Record<MarkState, React.ReactNode>> = {
  holds: (
    <>
      <circle cx="8" cy="8" r="7.5" fill="currentColor" />
      <path d="M4.6 8.3l2.3 2.4 4.5-5" fill="none" className={styles.cut} strokeWidth="1.9" />
    </>
  ),
  warns: (
    <>
      <path d="M8 .9L15.7 15H.3z" fill="currentColor" />
      <path d="M8 5.6v4.6M8 11.7v1.7" className={styles.cut} strokeWidth="1.8" />
    </>
  ),
  fails: (
    <>
      <path d="M4.9.6h6.2l4.3 4.3v6.2l-4.3 4.3H4.9L.6 11.1V4.9z" fill="currentColor" />
      <path d="M5 5l6 6M11 5l-6 6" className={styles.cut} strokeWidth="1.9" />
    </>
  ),
  'not-checked': (
    <circle cx="8" cy="8" r="6.7" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.9 2.36" />
  ),
  'not-applicable': <path d="M2.5 8h11" stroke="currentColor" strokeWidth="1.6" />,
  unsupported: <path d="M8 1.2L14.8 8 8 14.8 1.2 8z" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  error: (
    <path
      d="M1.8 9.5V1.8h7.4M14.2 6.5v7.7H6.8M9.6 4.6L7 8h2.4l-2.6 3.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
    />
  ),
}

/** Mark and word together: never colour alone, never a mark alone. */
export function Outcome({
  state,
  word,
  className,
}: {
  readonly state: MarkState
  /** Replaces the usual word. */ readonly word?: string | undefined
  readonly className?: string | undefined
}) {
  const w = useWords(uiWords)
  return (
    <span className={cx(styles.outcome, styles[state], className)}>
      <Mark state={state} />
      {word ?? w(state)}
    </span>
  )
}
