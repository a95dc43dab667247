import { useMemo } from 'react'
import { useCase } from '../../case/context.tsx'
import { readerOf, spacesOf } from '../../bytes/spaces.ts'
import { useText, useWords } from '../../text/speech.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './collateral.module.css'
import { deskWords } from './desk-words.ts'
import { differences, editionsOf, type Editions as Group } from './editions.ts'

/** Most fields in one table; the rest is counted. */
const SHOWN = 10

/** Two editions of one list or statement, side by side: which one counts, and in which fields they part. */
export function Editions() {
  const w = useWords(deskWords)
  const { appraisal } = useCase()
  const groups = useMemo(() => editionsOf(appraisal?.collateral ?? []), [appraisal])
  if (groups.length === 0) return null
  return (
    <section className={styles.section}>
      <h3>{w('editions')}</h3>
      <p className={styles.drop}>{w('editionsWhy')}</p>
      {groups.map((group) => (
        <Table key={`${group.kind} ${group.key}`} group={group} />
      ))}
    </section>
  )
}

function Table({ group: { kind, key, rows } }: { readonly group: Group }) {
  const w = useWords(deskWords)
  const text = useText()
  const { inspection, case: one } = useCase()
  const columns = useMemo(
    () =>
      rows.flatMap((row) => {
        const artifact = inspection.artifacts.find(({ index }) => index === row.artifact)
        return artifact ? [{ row, artifact, read: readerOf(spacesOf(inspection, artifact.file)) }] : []
      }),
    [rows, inspection],
  )
  const fields = useMemo(
    () => differences(columns.map(({ artifact, read }) => ({ tree: artifact.tree, read }))),
    [columns],
  )
  const [first] = columns
  const title = first ? (text(first.artifact.title) ?? first.artifact.title) : kind
  return (
    <div className={styles.scroll} role="region" tabIndex={0} aria-label={`${title} ${key}`}>
      <table className={styles.book}>
        <caption className={styles.caption}>
          {title}
          {key !== '' && (
            <>
              {' · '}
              <Untrusted text={key} isPlain />
            </>
          )}
        </caption>
        <thead>
          <tr>
            <th scope="col">{w('field')}</th>
            {columns.map(({ row, artifact }) => (
              <th scope="col" key={row.sha256}>
                {w(row.use === 'used' ? 'inUse' : 'notInUse')}{' '}
                <small>
                  <Untrusted text={one.files[artifact.file]?.name ?? artifact.name} isPlain />
                </small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.slice(0, SHOWN).map(({ path, values }) => (
            <tr key={path}>
              <th scope="row" data-head={w('field')}>
                <code>{path}</code>
              </th>
              {columns.map(({ row }, index) => (
                <td key={row.sha256} data-head={w(row.use === 'used' ? 'inUse' : 'notInUse')}>
                  {values[index] === '' ? w('absent') : <Untrusted text={values[index] ?? ''} isPlain />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {fields.length === 0 && <p className={styles.drop}>{w('sameFields')}</p>}
      {fields.length > SHOWN && <p className={styles.drop}>{w('moreFields', { count: fields.length - SHOWN })}</p>}
    </div>
  )
}
