import type { Derived } from '../../../src/core/derived.ts'
import { useWords } from '../../text/speech.tsx'
import { Head } from '../../ui/Head.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './measurements.module.css'
import { words } from './words.ts'

const MOST = 40

/** What follows from files by arithmetic. */
export function Computed({
  files,
}: {
  readonly files: readonly { readonly name: string; readonly derived: Derived }[]
}) {
  const w = useWords(words)
  if (files.length === 0) return null
  return (
    <section className={styles.part}>
      <Head title={w('computed')} lead={w('computedText')} />
      {files.map(({ name, derived }, i) => (
        <table className={styles.registers} key={i}>
          <caption>
            <Untrusted text={name} isPlain />
          </caption>
          <thead>
            <tr>
              <th scope="col">{w('register')}</th>
              <th scope="col">{w('how')}</th>
              <th scope="col">{w('value')}</th>
            </tr>
          </thead>
          <tbody>
            {derived.registers.slice(0, MOST).map((register, at) => (
              <tr key={at}>
                <th scope="row">
                  {register.name} <small>{register.hash}</small>
                </th>
                <td data-label={w('how')}>{register.how ?? '—'}</td>
                <td data-label={w('value')} className={styles.hexWhole}>
                  {[...register.value].map((byte) => byte.toString(16).padStart(2, '0')).join('')}
                </td>
              </tr>
            ))}
          </tbody>
          {derived.registers.length > MOST && (
            <tfoot>
              <tr>
                <td colSpan={3}>{w('moreResults', { count: derived.registers.length - MOST })}</td>
              </tr>
            </tfoot>
          )}
        </table>
      ))}
    </section>
  )
}
