import { usePrinting } from '../case/printing.ts'
import { useWords } from '../text/speech.tsx'
import { Button } from '../ui/Button.tsx'
import { cx } from '../ui/cx.ts'
import { Head } from '../ui/Head.tsx'
import { Untrusted } from '../ui/Untrusted.tsx'
import type { Section } from './report.ts'
import { reportWords } from './report-words.ts'
import styles from './report.module.css'
import { useExports } from './use-exports.ts'

/** Sections that other panels print as well. */
const PRINTED_ELSEWHERE: readonly Section['id'][] = ['answers', 'not-proved', 'checks']
/** The verdict prints the checks of one piece of evidence; where there are several, those of all are printed here. */
const isElsewhere = (id: Section['id'], isSeveral: boolean) =>
  PRINTED_ELSEWHERE.includes(id) && !(isSeveral && id === 'checks')

/** The appraisal on paper, and as files. */
export function ReportPanel() {
  const w = useWords(reportWords)
  const { report, caseFile, appraisal, markdown, checks } = useExports()
  if (!report) return <Head title={w('panelTitle')} lead={w('panelWait')} />
  const actions = [
    ['case', caseFile],
    ['appraisal', appraisal],
    ['markdown', markdown],
    ['checks', checks],
    ['print', () => print()],
  ] as const
  return (
    <>
      <Head title={w('panelTitle')} />
      <p className={styles.lead}>{w('panelLead')}</p>
      <ul className={styles.exports} aria-label={w('exports')}>
        {actions.map(([name, act]) => (
          <li key={name}>
            <Button onClick={act}>{w(`export.${name}`)}</Button>
            <span>{w(`export.${name}Why`)}</span>
          </li>
        ))}
      </ul>
      {report.strip !== undefined && (
        <p>
          <b>{report.strip}</b>
        </p>
      )}
      <div className={styles.report}>
        <dl className={styles.facts}>
          {report.facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <Untrusted text={value} isPlain />
              </dd>
            </div>
          ))}
        </dl>
        {report.sections.map((section) => (
          <One key={section.id} section={section} isSeveral={report.sections.some((one) => one.id === 'subjects')} />
        ))}
      </div>
    </>
  )
}

/** More columns than a screen has room for: each row is a record, and what is long stands below what is said. */
const MOST_COLUMNS = 5
/** Long, and shown in full by other panels: folded here until somebody wants it. */
const FOLDED: readonly Section['id'][] = ['checks', 'collateral']

function One({
  section,
  isSeveral,
}: {
  readonly section: Section
  /** The case holds several pieces of evidence. */ readonly isSeveral: boolean
}) {
  const { id, title, lead, head, rows, list, code } = section
  // Paper cannot be unfolded.
  const isPrinting = usePrinting()
  if (FOLDED.includes(id) && head && rows) {
    return (
      <section className={cx(styles.section, isElsewhere(id, isSeveral) && styles.elsewhere)} data-section={id}>
        <details className={styles.folded} open={isPrinting || undefined}>
          <summary>
            <h3>{title}</h3>
            {lead !== undefined && <span>{lead}</span>}
          </summary>
          <Rows title={title} head={head} rows={rows} />
        </details>
      </section>
    )
  }
  return (
    <section className={cx(styles.section, isElsewhere(id, isSeveral) && styles.elsewhere)} data-section={id}>
      <h3>{title}</h3>
      {lead !== undefined && <p>{lead}</p>}
      {head && rows && <Rows title={title} head={head} rows={rows} />}
      {list && (
        <ul className={styles.list}>
          {list.map((item, index) => (
            <li key={index}>
              <Untrusted text={item} isPlain />
            </li>
          ))}
        </ul>
      )}
      {code !== undefined && (
        <pre className={styles.scroll} tabIndex={0} role="region" aria-label={title}>
          {code}
        </pre>
      )}
    </section>
  )
}

function Rows({
  title,
  head,
  rows,
}: {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}) {
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={title}>
      <table className={cx(head.length > MOST_COLUMNS && styles.records)}>
        <thead>
          <tr>
            {head.map((cell, index) => (
              <th key={index} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, index) => (
            <tr key={index}>
              {cells.map((cell, at) => (
                <td
                  key={at}
                  data-head={head[at]}
                  data-empty={cell === '' || undefined}
                  data-number={/^\d+$/.test(cell) || undefined}
                >
                  <Untrusted text={cell} isPlain />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
