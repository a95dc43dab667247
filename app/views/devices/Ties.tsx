import type { CheckResult, Subject } from '../../../src/core/verdict.ts'
import { useWords } from '../../text/speech.tsx'
import { Head } from '../../ui/Head.tsx'
import { Outcome, type MarkState } from '../../ui/Mark.tsx'
import { Say } from '../../ui/Say.tsx'
import { Scroll } from '../../ui/Scroll.tsx'
import { useTitleOf } from './format-title.ts'
import styles from './devices.module.css'
import { groupsOf, standingOf, tiesOf, topologyOf, type DeviceGroup, type Tie, type Topology } from './groups.ts'
import { devicesWords } from './words.ts'

const MARKS: Readonly<Record<Tie['strength'], MarkState>> = {
  key: 'holds',
  evidence: 'holds',
  register: 'holds',
  nonce: 'warns',
}

/** What ties the pieces of evidence, how firmly, and what is missing. */
export function Ties({
  subjects,
  checks,
}: {
  readonly subjects: readonly Subject[]
  readonly checks: readonly CheckResult[]
}) {
  const w = useWords(devicesWords)
  const all = tiesOf(subjects, checks)
  const standing = standingOf(subjects, all)
  // Between pieces that signed bytes tie, one nonce says nothing new.
  const firm = all.filter(({ strength }) => strength !== 'nonce')
  const ties = all.filter(
    (tie) =>
      tie.strength !== 'nonce' || !firm.some(({ subjects: ends }) => tie.subjects.every((end) => ends.includes(end))),
  )
  const topology = topologyOf(subjects, checks)
  return (
    <section className={styles.ties}>
      <Head title={w('ties')} />
      <table className={styles.book}>
        <thead>
          <tr>
            <th scope="col">{w('strength')}</th>
            <th scope="col">{w('between')}</th>
            <th scope="col">{w('found')}</th>
          </tr>
        </thead>
        <tbody>
          {ties.map((tie) => (
            <tr key={tie.id}>
              <td data-head={w('strength')}>
                <Outcome state={MARKS[tie.strength]} word={w(tie.strength)} />
              </td>
              <td data-head={w('between')}>
                <Ends subjects={subjects} ends={tie.subjects} />
              </td>
              <td data-head={w('found')} className={styles.prose}>
                <Sentences checks={tie.checks} />
              </td>
            </tr>
          ))}
          {standing !== 'bound' && (
            <tr>
              <td data-head={w('strength')}>
                <Outcome state="not-checked" word={w('none')} />
              </td>
              <td data-head={w('between')}>
                <Ends subjects={subjects} ends={subjects.map(({ index }) => index)} />
              </td>
              <td data-head={w('found')} className={styles.prose}>
                {w(standing === 'nonce-only' ? 'nonceMissing' : 'missing')}
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {topology && <Matrix topology={topology} />}
    </section>
  )
}

/** Who is tied: makes with their counts. */
function Ends({ subjects, ends }: { readonly subjects: readonly Subject[]; readonly ends: readonly number[] }) {
  const groups = groupsOf(subjects.filter(({ index }) => ends.includes(index)))
  return (
    <span>
      {groups.map((group, at) => (
        <span key={group.id} className={styles.end}>
          {at > 0 && ' ↔ '}
          <End group={group} />
        </span>
      ))}
    </span>
  )
}

function End({ group }: { readonly group: DeviceGroup }) {
  const titleOf = useTitleOf()
  const count = group.subjects.length
  const name = group.make === '' ? titleOf(group.subjects[0]) : group.make
  return <>{`${count > 1 ? `${count} × ` : ''}${name}`}</>
}

/** Many devices that say the same are said once. */
function Sentences({ checks }: { readonly checks: readonly CheckResult[] }) {
  const seen = new Map<string, CheckResult>()
  for (const check of checks) {
    const key = `${check.because.text} ${JSON.stringify(check.because.params)}`
    if (!seen.has(key)) seen.set(key, check)
  }
  return (
    <div>
      {[...seen].slice(0, 4).map(([key, check]) => (
        <p key={key}>
          <Say saying={check.because} />
        </p>
      ))}
    </div>
  )
}

const short = (subject: Subject) => subject.versions?.['pdi']?.slice(-4) ?? String(subject.index)

function Matrix({ topology }: { readonly topology: Topology }) {
  const w = useWords(devicesWords)
  const { rows, columns, isMutual } = topology
  return (
    <>
      <h3 className={styles.small}>{w('topology')}</h3>
      <Scroll label={w('topology')}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <th scope="col">
                <span className={styles.hidden}>{w('topology')}</span>
              </th>
              {columns.map((column, number) => (
                <th key={column.index} scope="col">
                  {w('switch')} {number} <code>{short(column)}</code>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, number) => (
              <tr key={row.index}>
                <th scope="row">
                  {w('gpu')} {number} <code>{short(row)}</code>
                </th>
                {columns.map((column) => (
                  <td key={column.index}>
                    {isMutual(row, column) ? <span role="img" aria-label={w('names')} className={styles.dot} /> : '–'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className={styles.legend}>
        <span className={styles.dot} aria-hidden="true" /> {w('names')}
      </p>
    </>
  )
}
