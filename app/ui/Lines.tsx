import { Untrusted } from './Untrusted.tsx'
import styles from './untrusted.module.css'

/** Text that somebody else wrote, where the engine put several statements one under the other. */
export function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <>
      {lines.map((line, index) => (
        <span key={index} className={styles.line}>
          <Untrusted text={line} />
        </span>
      ))}
    </>
  )
}
