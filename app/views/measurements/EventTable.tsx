import { useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import type { Derived } from '../../../src/core/derived.ts'
import { eventAt, wordsShown } from '../../../src/core/events.ts'
import { usePrinting } from '../../case/printing.ts'
import { useKeys } from '../../keys/keys.tsx'
import { useLocale, useWords } from '../../text/speech.tsx'
import { cx } from '../../ui/cx.ts'
import { Head } from '../../ui/Head.tsx'
import { useRows } from '../../ui/use-rows.ts'
import { Cover, coverWord } from './Cover.tsx'
import styles from './measurements.module.css'
import { matching, type Filter } from './model.ts'
import { typeIn } from './type-words.ts'
import { visible } from '../../text/hostile.ts'
import { words } from './words.ts'

const ROW = 32
/** Some dozen sheets; nobody reads the rest on paper. */
const MOST_PRINTED = 500
const FILTERS: readonly (readonly [Filter, 'filterAll' | 'covered' | 'part' | 'none' | 'filterOdd'])[] = [
  ['all', 'filterAll'],
  ['whole', 'covered'],
  ['part', 'part'],
  ['none', 'none'],
  ['odd', 'filterOdd'],
]

/** Every event as a row, for finding and for screen readers; only the rows in sight are drawn. */
export function EventTable({
  derived,
  selected,
  select,
}: {
  readonly derived: Derived
  readonly selected: number | null
  readonly select: (event: number) => void
}) {
  const w = useWords(words)
  const [filter, setFilter] = useState<Filter>('all')
  const [find, setFind] = useState('')
  const input: RefObject<HTMLInputElement | null> = useRef<HTMLInputElement>(null)
  useKeys({ f: () => input.current?.focus() })
  const shown = useMemo(() => matching(derived.events, filter, find), [derived.events, filter, find])
  return (
    <section className={styles.part}>
      <Head title={w('table')} aside={w('found', { count: shown.length, of: derived.events.count })} />
      <p className={styles.tools}>
        <label>
          {w('find')} <input ref={input} type="search" value={find} onChange={(event) => setFind(event.target.value)} />
        </label>
        <label>
          {w('filter')}{' '}
          <select
            value={filter}
            onChange={(event) => setFilter(FILTERS.find(([id]) => id === event.target.value)?.[0] ?? 'all')}
          >
            {FILTERS.map(([id, name]) => (
              <option key={id} value={id}>
                {w(name)}
              </option>
            ))}
          </select>
        </label>
      </p>
      <Rows derived={derived} shown={shown} selected={selected} select={select} />
    </section>
  )
}

function Rows({
  derived,
  shown,
  selected,
  select,
}: {
  readonly derived: Derived
  readonly shown: readonly number[]
  readonly selected: number | null
  readonly select: (event: number) => void
}) {
  const w = useWords(words)
  const locale = useLocale()
  const rows = useRows(shown.length, ROW)
  const { scroller, onScroll, height, top, reveal } = rows
  // Paper has no window to look through: it has the events from the first on, and says how many more there are.
  const isPrinting = usePrinting()
  const first = isPrinting ? 0 : rows.first
  const last = isPrinting ? Math.min(shown.length, MOST_PRINTED) : rows.last
  const at = selected === null ? -1 : shown.indexOf(selected)
  useEffect(() => {
    if (at >= 0) reveal(at)
  }, [at, reveal])
  return (
    <>
      {isPrinting && last < shown.length && (
        <p className={styles.why}>{w('printedPart', { count: last, of: shown.length })}</p>
      )}
      <div
        className={styles.rows}
        ref={scroller}
        onScroll={onScroll}
        role="region"
        aria-label={w('table')}
        tabIndex={0}
      >
        <div role="table" aria-label={w('table')} aria-rowcount={shown.length + 1}>
          <div role="rowgroup" className={styles.rowHead}>
            <div role="row" aria-rowindex={1} className={styles.row}>
              {(['number', 'register', 'type', 'says', 'coverage'] as const).map((name) => (
                <span key={name} role="columnheader">
                  {w(name)}
                </span>
              ))}
            </div>
          </div>
          <div role="rowgroup" style={{ height, position: 'relative' }}>
            <div style={{ position: 'absolute', left: 0, right: 0, top }}>
              {shown.slice(first, last).map((number, i) => {
                const event = eventAt(derived.events, number)
                return (
                  event && (
                    <div
                      key={number}
                      role="row"
                      aria-rowindex={first + i + 2}
                      aria-current={number === selected ? 'true' : undefined}
                      className={cx(styles.row, number === selected && styles.rowSelected)}
                    >
                      <span role="cell">
                        <button type="button" className={styles.rowButton} onClick={() => select(number)}>
                          {number}
                        </button>
                      </span>
                      <span role="cell">{event.register}</span>
                      <span role="cell" title={event.type}>
                        {typeIn(locale, event.type)}
                      </span>
                      <span role="cell" className={styles.cellWords} title={visible(wordsShown(event.words))}>
                        {visible(wordsShown(event.words))}
                      </span>
                      <span role="cell" className={styles.covered}>
                        <Cover covered={event.covered} /> {w(coverWord(event.covered))}
                      </span>
                    </div>
                  )
                )
              })}
            </div>
          </div>
        </div>
      </div>
    </>
  )
}
