import type { WordsCovered } from '../../../src/core/derived.ts'
import styles from './measurements.module.css'

/** How far words are covered, in ink by silhouette: filled, half, hollow; dashed where nothing of it counts. */
export function Cover({ covered, isBehind = false }: { readonly covered: WordsCovered; readonly isBehind?: boolean }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className={styles.cover}>
      {isBehind ? (
        <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2 1.6" />
      ) : covered === 'whole' ? (
        <circle cx="6" cy="6" r="5" fill="currentColor" />
      ) : covered === 'part' ? (
        <>
          <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.4" />
          <path d="M6 1.2a4.8 4.8 0 0 0 0 9.6z" fill="currentColor" />
        </>
      ) : covered === 'none' ? (
        <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.4" />
      ) : (
        <path d="M2 6h8" stroke="currentColor" strokeWidth="1.4" />
      )}
    </svg>
  )
}

/** The word for it. */
export function coverWord(covered: WordsCovered): 'covered' | 'part' | 'none' | 'notExtended' {
  return covered === 'whole' ? 'covered' : covered === 'not-extended' ? 'notExtended' : covered
}
