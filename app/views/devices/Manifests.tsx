import { useState } from 'react'
import type { ManifestComparison, ManifestRow } from '../../../src/core/verdict.ts'
import { useWords } from '../../text/speech.tsx'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { Head } from '../../ui/Head.tsx'
import { Outcome } from '../../ui/Mark.tsx'
import { Say } from '../../ui/Say.tsx'
import { Scroll } from '../../ui/Scroll.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './devices.module.css'
import { devicesWords } from './words.ts'

/** Measurements that a manifest names stand in cells 0 to 63. */
const CELLS = 64
/** Longest part of a digest in a row; its bytes are in the tree. */
const SHOWN = 16

/** Every measurement of one device, and which manifest states what of it. */
export function Manifests({ comparisons }: { readonly comparisons: readonly ManifestComparison[] }) {
  const w = useWords(devicesWords)
  const [isAll, showAll] = useState(false)
  const rows = comparisons
    .flatMap((comparison) => comparison.rows.map((row) => ({ comparison, row })))
    .toSorted((a, b) => a.row.index - b.row.index)
  const odd = rows.filter(({ row }) => row.outcome !== 'equal')
  const listed = isAll || odd.length === 0 ? rows : odd
  const count = (comparison: ManifestComparison, outcome: ManifestRow['outcome']) =>
    comparison.rows.filter((row) => row.outcome === outcome).length
  const parts = comparisons.map((comparison) => {
    const out = count(comparison, 'left-out')
    return w(out > 0 ? 'partOut' : 'part', {
      of: comparison.of,
      equal: count(comparison, 'equal'),
      count: comparison.rows.length - out,
      out,
    })
  })
  return (
    <section className={styles.manifests}>
      <Head title={w('index')} aside={parts.join(' · ')} />
      {comparisons
        .filter(({ isRelied }) => !isRelied)
        .map((comparison) => (
          <p key={comparison.of} className={styles.warn}>
            <Outcome state="not-checked" /> {comparison.of}: <Say saying={comparison.because} />
          </p>
        ))}
      <ol className={styles.cells}>
        {Array.from({ length: CELLS }, (_, index) => {
          const found = rows.find(({ row }) => row.index === index)
          const at = found ? comparisons.indexOf(found.comparison) : -1
          const result = found ? w(WORD[found.row.outcome]) : w('legendNone')
          return (
            <li
              key={index}
              title={w('cell', { index, result })}
              className={cx(
                at === 0 && styles.first,
                at > 0 && styles.second,
                at < 0 && styles.nobody,
                found?.row.outcome === 'differs' && styles.bad,
                found?.row.outcome === 'left-out' && styles.out,
              )}
            >
              <span>{index}</span>
            </li>
          )
        })}
      </ol>
      <p className={styles.legend}>
        {comparisons.map(({ of }, at) => (
          <span key={of}>
            <i className={at === 0 ? styles.first : styles.second} />
            {w('legendA', { of })}
          </span>
        ))}
        <span>
          <i className={styles.nobody} />
          {w('legendNone')}
        </span>
        {odd.some(({ row }) => row.outcome === 'differs') && (
          <span>
            <i className={styles.bad} />
            {w('legendBad')}
          </span>
        )}
      </p>
      <Scroll label={w('index')}>
        <table className={styles.book}>
          <thead>
            <tr>
              {(['number', 'name', 'of', 'inReport', 'stated', 'result'] as const).map((head) => (
                <th key={head} scope="col">
                  {w(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {listed.map(({ comparison, row }) => (
              <Row key={`${comparison.of} ${row.index}`} of={comparison.of} row={row} />
            ))}
          </tbody>
        </table>
      </Scroll>
      {odd.length > 0 && odd.length < rows.length && (
        <Button onClick={() => showAll(!isAll)}>{isAll ? w('few') : w('all', { count: rows.length })}</Button>
      )}
    </section>
  )
}

const WORD = { equal: 'equal', differs: 'differs', 'left-out': 'leftOut' } as const
const MARK = { equal: 'holds', differs: 'fails', 'left-out': 'not-applicable' } as const
const cut = (hex: string) => (hex.length > SHOWN ? `${hex.slice(0, SHOWN)}…` : hex)

function Row({ of, row }: { readonly of: string; readonly row: ManifestRow }) {
  const w = useWords(devicesWords)
  const { index, name, outcome, found, stated } = row
  return (
    <tr className={outcome === 'differs' ? styles.bad : undefined}>
      <td data-head={w('number')}>{index}</td>
      <td data-head={w('name')}>
        <code>
          <Untrusted text={name} isPlain />
        </code>
      </td>
      <td data-head={w('of')}>{of}</td>
      <td data-head={w('inReport')}>
        <code title={found}>{found === '' ? '–' : cut(found)}</code>
      </td>
      <td data-head={w('stated')}>
        {stated.length > 1 ? (
          w('allowed', { count: stated.length })
        ) : (
          <code title={stated[0]}>{cut(stated[0] ?? '–')}</code>
        )}
      </td>
      <td data-head={w('result')}>
        <Outcome
          state={MARK[outcome]}
          word={outcome === 'equal' && stated.length > 1 ? w('equalOf', { count: stated.length }) : w(WORD[outcome])}
        />
      </td>
    </tr>
  )
}
