import type { ReactNode } from 'react'
import styles from './head.module.css'

/** The head of a panel: a heavy rule, a title, and what it comes to at the right. */
export function Head({
  title,
  aside,
  lead,
}: {
  readonly title: string
  readonly aside?: ReactNode
  readonly lead?: ReactNode
}) {
  return (
    <>
      <div className={styles.head}>
        <h2>{title}</h2>
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </div>
      {lead !== undefined && <p className={styles.lead}>{lead}</p>}
    </>
  )
}
