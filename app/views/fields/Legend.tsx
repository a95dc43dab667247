import gutter from '../../bytes/gutter.module.css'
import { bytesWords } from '../../bytes/words.ts'
import { useWords } from '../../text/speech.tsx'
import { cx } from '../../ui/cx.ts'
import styles from './legend.module.css'

const KINDS = ['attestation-key', 'endorsement', 'hash', 'signature', 'collateral', 'none'] as const

/** What the marks in the gutter and the shades mean. */
export function Legend({ isAppraised }: { readonly isAppraised: boolean }) {
  const w = useWords(bytesWords)
  return (
    <div className={styles.legend}>
      {isAppraised &&
        KINDS.map((kind) => (
          <span key={kind}>
            <i className={styles.mark} aria-hidden="true">
              <i className={cx(gutter.bar, gutter[kind])} />
            </i>
            {w(kind)}
          </span>
        ))}
      <span className={styles.shades}>
        <span>
          <i className={cx(styles.swatch, styles.around)} aria-hidden="true" />
          {w('around')}
        </span>
        <span>
          <i className={cx(styles.swatch, styles.head)} aria-hidden="true" />
          {w('head')}
        </span>
        <span>
          <i className={cx(styles.swatch, styles.value)} aria-hidden="true" />
          {w('selected')}
        </span>
      </span>
    </div>
  )
}
