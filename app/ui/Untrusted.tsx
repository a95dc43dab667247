import { useState } from 'react'
import { isMixedScript, SHOWN_CHARACTERS, visible } from '../text/hostile.ts'
import { grouped } from '../text/numbers.ts'
import { useWords } from '../text/speech.tsx'
import { cx } from './cx.ts'
import styles from './untrusted.module.css'
import { uiWords } from './words.ts'

/** No more of one text is printed. */
const PRINTED_CHARACTERS = 4096

/** Text that somebody else wrote (evidence, certificates, file names, links): never markup, nothing hidden, nothing reordered. */
export function Untrusted({
  text,
  isPlain = false,
  isWholeOnPaper = false,
}: {
  readonly text: string
  /** Without the badge and the cap: inside a sentence or a table cell. */ readonly isPlain?: boolean
  /** Printed to its end, where no button can be pressed. */ readonly isWholeOnPaper?: boolean
}) {
  const w = useWords(uiWords)
  const [isWhole, setWhole] = useState(false)
  const isLong = !isWhole && text.length > SHOWN_CHARACTERS
  const shown = visible(isLong ? text.slice(0, SHOWN_CHARACTERS) : text)
  return (
    <bdi dir="auto" className={styles.text}>
      {shown}
      {isLong && isWholeOnPaper && (
        <span className={styles.paper}>
          {visible(text.slice(SHOWN_CHARACTERS, PRINTED_CHARACTERS))}
          {text.length > PRINTED_CHARACTERS ? '…' : ''}
        </span>
      )}
      {isLong && <span className={cx(isWholeOnPaper && styles.screen)}>…</span>}
      {!isPlain && isLong && (
        <button type="button" className={styles.more} onClick={() => setWhole(true)}>
          {w('showAll', { count: grouped(text.length) })}
        </button>
      )}
      {!isPlain && isMixedScript(text) && (
        <span className={styles.badge} title={w('mixedWhy')}>
          {w('mixed')}
        </span>
      )}
    </bdi>
  )
}
