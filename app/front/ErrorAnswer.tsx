import type { LookedUp } from '../../src/engine/error-codes.ts'
import { useLocale, useWords } from '../text/speech.tsx'
import { Untrusted } from '../ui/Untrusted.tsx'
import styles from './error.module.css'
import { errorWords } from './error-words.ts'

/** What a message of another tool means, who says it, what to do. */
export function ErrorAnswer({ answer }: { readonly answer: LookedUp }) {
  const w = useWords(errorWords)
  const locale = useLocale()
  if (answer.found.length + answer.unknown.length === 0) return <p className={styles.none}>{w('nothing')}</p>
  return (
    <dl className={styles.codes}>
      {answer.found.map((code) => (
        <div key={`${code.scheme} ${code.names[0] ?? ''}`}>
          <dt>
            <code>{code.names[0]}</code>
            {code.numbers?.[0] !== undefined && <code>0x{code.numbers[0].toString(16)}</code>} <small>{code.by}</small>
          </dt>
          <dd>
            <p>{code.means[locale]}</p>
            <p>
              <b>{w('todo')}</b> {code.remedy[locale]}
            </p>
            <small>{w('source', { source: code.source })}</small>
          </dd>
        </div>
      ))}
      {answer.unknown.length > 0 && (
        <div>
          <dt>
            {answer.unknown.map((one) => (
              <code key={one}>
                <Untrusted text={one} />
              </code>
            ))}
          </dt>
          <dd>
            <p>{w('unknown')}</p>
          </dd>
        </div>
      )}
    </dl>
  )
}
