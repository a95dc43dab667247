import type { Ladder } from '../../../src/core/verdict.ts'
import { useSay, useWords } from '../../text/speech.tsx'
import { utc } from '../../text/time.ts'
import { cx } from '../../ui/cx.ts'
import { Outcome } from '../../ui/Mark.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import { fitOf, groupsOf, markOfStatus, standing, type PrintedColumn } from './ladder.ts'
import styles from './tcb-ladder.module.css'
import { ladderWords } from './words.ts'

/** A cell with nothing to say. */
const BLANK = '\u00a0'

/** Levels × components. The first shortfall of a level has a ring and the number; what is not compared is struck through. */
export function BigLadder({ ladder, isAlone }: { readonly ladder: Ladder; readonly isAlone: boolean }) {
  const w = useWords(ladderWords)
  const say = useSay()
  const groups = groupsOf(ladder)
  const columns = groups.flatMap((group) => group.columns)
  const hasNames = ladder.columns.some((column) => (column.note ?? '') !== '')
  const hasGroups = groups.length > 1
  const title =
    isAlone || ladder.evaluationNumber === null
      ? w('table', { title: say(ladder.title) })
      : w('tableOf', { title: say(ladder.title), number: ladder.evaluationNumber })
  return (
    <>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={title}>
        <table className={styles.ladder}>
          <caption className={styles.hidden}>{title}</caption>
          <thead>
            {hasGroups && (
              <tr className={styles.groups}>
                <td colSpan={2}>{BLANK}</td>
                {groups.map((group, index) =>
                  group.id === '' ? (
                    <td key={index} colSpan={group.columns.length}>
                      {BLANK}
                    </td>
                  ) : (
                    <th key={index} scope="colgroup" colSpan={group.columns.length}>
                      {group.id.toUpperCase()}
                    </th>
                  ),
                )}
                <td>{BLANK}</td>
              </tr>
            )}
            {hasNames && (
              <tr>
                <td colSpan={2}>{BLANK}</td>
                {columns.map((column) => (
                  <td key={column.from} className={styles.vertical}>
                    <ColumnName column={column} />
                  </td>
                ))}
                <td>{BLANK}</td>
              </tr>
            )}
            <tr className={styles.numbers}>
              <th scope="col">{w('level')}</th>
              <th scope="col">{w('dated')}</th>
              {columns.map((column) => (
                <th key={column.from} scope="col" className={styles.cell}>
                  {column.label}
                </th>
              ))}
              <th scope="col">
                <span className={styles.hidden}>{w('status')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            <tr className={styles.mine}>
              <th scope="row" colSpan={2}>
                {w('platform')}
              </th>
              {columns.map((column) => (
                <td
                  key={column.from}
                  className={cx(styles.cell, !column.isCompared && styles.notCompared, column.isZeroRun && styles.zero)}
                >
                  {column.isCompared ? ladder.platform[column.from] : <s>{ladder.platform[column.from]}</s>}
                </td>
              ))}
              <td>{BLANK}</td>
            </tr>
            {ladder.rows.map((row, index) => {
              const place = standing(ladder, index)
              return (
                <tr key={index} className={styles[place]}>
                  <th scope="row">
                    <b>{index + 1}</b> <Untrusted text={row.status} isPlain />
                  </th>
                  <td className={styles.date}>{utc(Date.parse(row.date)).date}</td>
                  {columns.map((column) => (
                    <Cell key={column.from} ladder={ladder} row={index} column={column} />
                  ))}
                  <td className={styles.end}>
                    {place === 'here' ? (
                      <Outcome state={markOfStatus(row.status)} word={w('here')} />
                    ) : place === 'above' ? (
                      <Outcome state="not-applicable" word={w('notReached')} />
                    ) : (
                      <span className={styles.lower}>{w('below')}</span>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <FirstShortfall ladder={ladder} />
      <p className={styles.legend}>
        <span>
          <i className={styles.firstShort}>4</i> {w('first')}
        </span>
        <span>
          <i className={styles.short}>4</i> {w('short')}
        </span>
        {columns.some((column) => !column.isCompared) && (
          <span>
            <s className={styles.notCompared}>5</s> {w('notCompared')}
          </span>
        )}
      </p>
    </>
  )
}

/** What a component is, as printed by the vendor and turned on its side; our own words in Chinese stand upright. */
function ColumnName({ column }: { readonly column: PrintedColumn }) {
  const w = useWords(ladderWords)
  if (column.note !== '')
    return (
      <span>
        <Untrusted text={column.note} isPlain />
      </span>
    )
  if (!column.isZeroRun && column.label.length > 3) return <span>{BLANK}</span>
  return <span className={styles.ours}>{w(column.isZeroRun ? 'zeros' : 'unnamed')}</span>
}

function Cell({
  ladder,
  row,
  column,
}: {
  readonly ladder: Ladder
  readonly row: number
  readonly column: PrintedColumn
}) {
  const w = useWords(ladderWords)
  const number = ladder.rows[row]?.needs[column.from] ?? -1
  const needs = number < 0 ? '?' : number
  const fit = fitOf(ladder, row, column.from)
  switch (fit) {
    case 'not-compared':
      return (
        <td className={cx(styles.cell, styles.notCompared)}>
          <s>{needs}</s>
        </td>
      )
    case 'met':
      return <td className={cx(styles.cell, column.isZeroRun && styles.zero)}>{needs}</td>
    case 'short':
    case 'first-short':
      return (
        <td className={styles.cell}>
          <span className={fit === 'short' ? styles.short : styles.firstShort}>
            {needs}
            <span className={styles.hidden}>{w('aside', { text: w(fit === 'short' ? 'short' : 'first') })}</span>
          </span>
        </td>
      )
  }
}

/** The shortfall that keeps the platform from the highest level, in words. */
function FirstShortfall({ ladder }: { readonly ladder: Ladder }) {
  const w = useWords(ladderWords)
  const row = ladder.match === 0 ? undefined : ladder.rows[0]
  const at = row?.shortAt
  if (!row || at === null || at === undefined) return null
  const column = ladder.columns[at]
  const name =
    column?.note !== undefined && column.note !== ''
      ? w('componentNote', { label: column.label, note: column.note })
      : w('component', { label: column?.label ?? '' })
  return (
    <p className={styles.firstIs}>
      {w('firstIs', { name, mine: ladder.platform[at] ?? 0, needs: row.needs[at] ?? 0 })}
    </p>
  )
}
