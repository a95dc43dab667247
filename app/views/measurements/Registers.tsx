import type { Register } from '../../../src/core/scheme.ts'
import { useLocale, useWords } from '../../text/speech.tsx'
import { Copy } from '../../ui/Copy.tsx'
import { Head } from '../../ui/Head.tsx'
import styles from './measurements.module.css'
import { shortHex } from './model.ts'
import { meaningOf } from './register-words.ts'
import { words } from './words.ts'

/** A TPM signs a digest over its PCRs; an enclave’s registers of the same names are signed one by one. */
export function isOfTpm(registers: readonly Register[]): boolean {
  return registers.some(({ name }) => name === 'PCR_DIGEST')
}

/** The registers of a piece of evidence: what each measures, and what would tell how it came to its value. */
export function Registers({ registers }: { readonly registers: readonly Register[] }) {
  const w = useWords(words)
  const locale = useLocale()
  const isTpm = isOfTpm(registers)
  // Numbered blocks of a device have no meaning of their own: columns without a word are left out.
  const hasMeanings = registers.some(({ name }) => meaningOf(locale, name, isTpm) !== undefined)
  return (
    <section className={styles.part}>
      <Head title={w('registers')} />
      <table className={styles.registers}>
        <thead>
          <tr>
            <th scope="col">{w('register')}</th>
            {hasMeanings && <th scope="col">{w('means')}</th>}
            {hasMeanings && <th scope="col">{w('tells')}</th>}
            <th scope="col">{w('value')}</th>
          </tr>
        </thead>
        <tbody>
          {registers.slice(0, 200).map(({ name, hash, value }, i) => {
            const meaning = meaningOf(locale, name, isTpm)
            return (
              <tr key={`${name} ${i}`}>
                <th scope="row">
                  {name}
                  {hash !== undefined && name.startsWith('PCR') && <small> {hash}</small>}
                </th>
                {hasMeanings && <td data-label={w('means')}>{meaning?.means ?? '—'}</td>}
                {hasMeanings && <td data-label={w('tells')}>{meaning?.story ?? '—'}</td>}
                <td data-label={w('value')} className={styles.hex}>
                  {shortHex(value.value)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

const COMMANDS: readonly (readonly ['askTdx' | 'askTpm' | 'askIma' | 'askUser' | 'askDstack', string])[] = [
  ['askTdx', 'sudo cp /sys/firmware/acpi/tables/data/CCEL ccel.bin'],
  ['askTpm', 'sudo cp /sys/kernel/security/tpm0/binary_bios_measurements tpm.log'],
  ['askIma', 'sudo cp /sys/kernel/security/ima/ascii_runtime_measurements ima.txt'],
  ['askUser', 'sudo cp /run/log/systemd/tpm2-measure.log systemd.log'],
  ['askDstack', "curl --unix-socket /var/run/dstack.sock 'http://localhost/GetQuote?report_data=00' > quote.json"],
]

/** What to ask for, with the command that gets it on such a machine. */
export function Ask({ isTdx }: { readonly isTdx: boolean }) {
  const w = useWords(words)
  return (
    <section className={styles.part}>
      <Head title={w('ask')} lead={w('askText')} />
      {COMMANDS.filter(([id]) => isTdx || (id !== 'askTdx' && id !== 'askDstack')).map(([id, command]) => (
        <div key={id} className={styles.command}>
          <p>{w(id)}</p>
          <pre>{command}</pre>
          <Copy text={command} />
        </div>
      ))}
    </section>
  )
}
