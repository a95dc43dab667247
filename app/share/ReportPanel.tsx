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
const PRINTED_ELSEWHERE: readonly Section['id'][] = ['answers', 'not-proved', 'checks', 'collateral']

/** The appraisal on paper, and as files. */
export function ReportPanel() {
  const w = useWords(reportWords)
  const { report, caseFile, appraisal, markdown, checks } = useExports()
  if (!report) return <Head title={w('panelTitle')} lead={w('panelWait')} />
  const actions = [['case', caseFile], ['appraisal', appraisal], ['markdown', markdown], ['checks', checks], ['print', () => print()]] as const
  return (
    <>
      <Head title={w('panelTitle')} />
      <p className={styles.lead}>{w('panelLead')}</p>
      <ul className={styles.exports} aria-label={w('exports')}>
        {actions.map(([name, act]) => <li key={name}><Button onClick={act}>{w(`export.${name}`)}</Button><span>{w(`export.${name}Why`)}</span></li>)}
      </ul>
      <div className={styles.report}>
        <dl className={styles.facts}>
          {report.facts.map(([label, value]) => <div key={label}><dt>{label}</dt><dd><Untrusted text={value} isPlain /></dd></div>)}
        </dl>
        {report.sections.map((section) => <One key={section.id} section={section} />)}
      </div>
    </>
  )
}

function One({ section: { id, title, lead, head, rows, list, code } }: { readonly section: Section }) {
  return (
    <section className={cx(styles.section, PRINTED_ELSEWHERE.includes(id) && styles.elsewhere)} data-section={id}>
      <h3>{title}</h3>
      {lead !== undefined && <p>{lead}</p>}
      {head && rows && (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={title}>
          <table>
            <thead><tr>{head.map((cell, index) => <th key={index} scope="col">{cell}</th>)}</tr></thead>
            <tbody>{rows.map((cells, index) => <tr key={index}>{cells.map((cell, at) => <td key={at}><Untrusted text={cell} isPlain /></td>)}</tr>)}</tbody>
          </table>
        </div>
      )}
      {list && <ul className={styles.list}>{list.map((item, index) => <li key={index}><Untrusted text={item} isPlain /></li>)}</ul>}
      {code !== undefined && <pre className={styles.scroll} tabIndex={0} role="region" aria-label={title}>{code}</pre>}
    </section>
  )
}
