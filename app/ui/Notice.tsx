import type { ReactNode } from 'react'
import type { Locale } from '../../src/core/saying.ts'
import { htmlLang } from '../text/say.ts'
import styles from './notice.module.css'

/** Something that the reader must know before reading on. */
export function Notice({
  title,
  text,
  locale,
  children,
}: {
  readonly title: ReactNode
  readonly text?: ReactNode
  readonly locale?: Locale
  readonly children?: ReactNode
}) {
  return (
    <section className={styles.notice} role="status" lang={locale === undefined ? undefined : htmlLang(locale)}>
      <p className={styles.title}>{title}</p>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {children}
    </section>
  )
}
