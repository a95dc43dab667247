import { useWords } from '../text/speech.tsx'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Untrusted } from '../ui/Untrusted.tsx'
import styles from './notices.module.css'
import type { Note } from './receive.ts'
import { shareWords } from './words.ts'
import type { LinkFault } from '../../src/engine/link.ts'

/** Why a link was not opened: one sentence, and that nothing follows from it. */
export function LinkNotice({
  fault,
  onDismiss,
}: {
  readonly fault: LinkFault | 'not-loaded'
  readonly onDismiss: () => void
}) {
  const w = useWords(shareWords)
  return (
    <div data-fault={fault}>
      <Notice title={w(`fault.${fault}`)} text={w('faultNothing')}>
        <p className={styles.act}>
          <Button onClick={onDismiss}>{w('dismiss')}</Button>
        </p>
      </Notice>
    </div>
  )
}

/** What was dropped as a case and is none. */
export function Notes({ list, onDismiss }: { readonly list: readonly Note[]; readonly onDismiss: () => void }) {
  const w = useWords(shareWords)
  return (
    <Notice title={null}>
      <ul className={styles.list}>
        {list.map((note, index) => (
          <li key={index}>
            <Untrusted text={w(`note.${note.kind}`, { name: note.name })} isPlain />
          </li>
        ))}
      </ul>
      <p className={styles.act}>
        <Button onClick={onDismiss}>{w('dismiss')}</Button>
      </p>
    </Notice>
  )
}
