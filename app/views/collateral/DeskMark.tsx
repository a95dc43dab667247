import type { ReactNode } from 'react'
import { Mark } from '../../ui/Mark.tsx'
import { cx } from '../../ui/cx.ts'
import styles from './desk.module.css'

/** Where an item stands. No outcome of a check, so no hue of one, but for what was rejected or is over. */
export type DeskState = 'needed' | 'here' | 'stale' | 'later' | 'rejected' | 'not-for-this' | 'superseded' | 'fetching'

const SHAPES: Readonly<Partial<Record<DeskState, ReactNode>>> = {
  here: (
    <>
      <circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <circle cx="8" cy="8" r="3.4" fill="currentColor" />
    </>
  ),
  stale: (
    <>
      <circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 3.6V8l3 2" fill="none" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
  fetching: <path d="M8 2v8M4.6 7L8 10.4 11.4 7M2 13.6h12" fill="none" stroke="currentColor" strokeWidth="1.6" />,
}
const ALIEN = (
  <>
    <circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" strokeWidth="1.6" />
    <path d="M4.5 8h7" stroke="currentColor" strokeWidth="1.6" />
  </>
)

/** Silhouette and word of an item's state. */
export function DeskMark({ state, word }: { readonly state: DeskState; readonly word: string }) {
  const shape = SHAPES[state === 'later' ? 'stale' : state] ?? ALIEN
  return (
    <span className={cx(styles.state, styles[state])}>
      {state === 'needed' || state === 'rejected' ? (
        <Mark state={state === 'needed' ? 'not-checked' : 'fails'} />
      ) : (
        <svg viewBox="0 0 16 16" aria-hidden="true" className={styles.mark}>
          {shape}
        </svg>
      )}
      {word}
    </span>
  )
}
