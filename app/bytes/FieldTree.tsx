import { memo, useEffect, useId, useMemo, useRef, type CSSProperties, type KeyboardEvent } from 'react'
import type { FieldNode } from '../../src/core/field.ts'
import { useText, useWords } from '../text/speech.tsx'
import { offset } from '../text/numbers.ts'
import { cx } from '../ui/cx.ts'
import { Untrusted } from '../ui/Untrusted.tsx'
import { remPixels, useMedia } from '../ui/use-media.ts'
import { useRows } from '../ui/use-rows.ts'
import { type Protection } from './coverage.ts'
import gutter from './gutter.module.css'
import styles from './tree.module.css'
import type { TreeRow } from './tree.ts'
import { shortValue, type ReadBytes } from './value.ts'
import { bytesWords } from './words.ts'

interface Props {
  readonly rows: readonly TreeRow[]
  readonly label: string
  readonly selected: FieldNode | undefined
  /** Path under the pointer, from here or from the bytes. */
  readonly hovered: string | undefined
  readonly read: ReadBytes
  /** What protects a field; undefined while nothing was appraised. */
  readonly protection?: ((node: FieldNode) => Protection | 'mixed') | undefined
  readonly onSelect: (node: FieldNode) => void
  readonly onHover?: ((node: FieldNode | undefined) => void) | undefined
  readonly onToggle: (node: FieldNode, open: boolean) => void
  readonly onMore: (row: TreeRow) => void
  readonly onZeros?: (key: string) => void
  /** Field that stands in sight at first, where nothing is selected. */
  readonly first?: string | undefined
  /** The tree is as high as its rows up to this many rem. */
  readonly tallest?: number
}

/** All fields as a treegrid: any number of them, moved through with the keys of a treegrid. */
export function FieldTree({
  rows,
  label,
  selected,
  hovered,
  read,
  protection,
  onSelect,
  onHover,
  onToggle,
  onMore,
  onZeros,
  first: shownFirst,
  tallest = 37.5,
}: Props) {
  const w = useWords(bytesWords)
  const id = useId()
  const isNarrow = useMedia('(max-width: 60rem)')
  const rowRem = isNarrow ? 3.75 : 1.5
  const { scroller, onScroll, height, first, last, top, page, reveal } = useRows(rows.length, rowRem * remPixels())
  const active = useMemo(
    () => rows.findIndex((row) => row.node === selected && !row.more && !row.zeros),
    [rows, selected],
  )
  useEffect(() => {
    if (active >= 0) reveal(active, 'middle')
  }, [active, reveal])
  // Once: later the reader is where the reader scrolled to.
  const isPlaced = useRef(false)
  useEffect(() => {
    if (isPlaced.current || shownFirst === undefined || active >= 0) return
    isPlaced.current = true
    const at = rows.findIndex((row) => row.node.path === shownFirst)
    if (at > 0) reveal(at, 'middle')
  }, [shownFirst, rows, active, reveal])

  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active]
    const move = (index: number) => {
      const target = rows[Math.max(0, Math.min(rows.length - 1, index))]
      if (!target) return
      if (target.more) onMore(target)
      else if (target.zeros) onZeros?.(target.zeros.key)
      else onSelect(target.node)
      reveal(index)
    }
    const action: (() => void) | undefined = {
      ArrowDown: () => move(active + 1),
      ArrowUp: () => move(active - 1),
      PageDown: () => move(active + page),
      PageUp: () => move(active - page),
      Home: () => move(0),
      End: () => move(rows.length - 1),
      ArrowRight: () => {
        if (row?.hasChildren && !row.isOpen) onToggle(row.node, true)
        else if (row?.hasChildren) move(active + 1)
      },
      ArrowLeft: () => {
        if (row?.isOpen) onToggle(row.node, false)
        else if (row && row.parent >= 0) move(row.parent)
      },
      Enter: () => {
        if (row?.hasChildren) onToggle(row.node, !row.isOpen)
      },
      ' ': () => {
        if (row?.hasChildren) onToggle(row.node, !row.isOpen)
      },
    }[event.key]
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    action()
  }

  return (
    <div className={styles.tree}>
      <div className={styles.heads} aria-hidden="true">
        <span />
        <span>{w('field')}</span>
        <span>{w('value')}</span>
        <span className={styles.meaning}>{w('meaning')}</span>
        <span className={styles.offset}>{w('offset')}</span>
      </div>
      <div
        ref={scroller}
        className={styles.scroller}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        onPointerLeave={() => onHover?.(undefined)}
        role="treegrid"
        aria-label={label}
        aria-rowcount={rows.length}
        aria-colcount={4}
        tabIndex={0}
        aria-activedescendant={active >= first && active < last ? `${id}-${active}` : undefined}
        style={{ height: `min(${Math.max(1, rows.length) * rowRem}rem, ${tallest}rem)` }}
      >
        <div style={{ height }} className={styles.inner} role="presentation">
          <div style={{ transform: `translateY(${top}px)` }} role="presentation">
            {rows.slice(first, last).map((row, index) => (
              <Row
                key={`${row.node.path}${row.more ? '+' : ''}:${first + index}`}
                id={`${id}-${first + index}`}
                row={row}
                index={first + index}
                rowRem={rowRem}
                isSelected={first + index === active}
                isHovered={row.node.path === hovered && !row.more}
                read={read}
                protection={protection?.(row.node)}
                onSelect={onSelect}
                onHover={onHover}
                onToggle={onToggle}
                onMore={onMore}
                onZeros={onZeros}
              />
            ))}
          </div>
        </div>
      </div>
    </div>
  )
}

/** Drawn again only when it looks different: rows are kept by the tree, and what is called stays the same. */
const Row = memo(function Row({
  id,
  row,
  index,
  rowRem,
  isSelected,
  isHovered,
  read,
  protection,
  onSelect,
  onHover,
  onToggle,
  onMore,
  onZeros,
}: Pick<Props, 'read' | 'onSelect' | 'onHover' | 'onToggle' | 'onMore'> & {
  readonly onZeros: Props['onZeros']
  readonly id: string
  readonly row: TreeRow
  readonly index: number
  readonly rowRem: number
  readonly isSelected: boolean
  readonly isHovered: boolean
  readonly protection: Protection | 'mixed' | undefined
}) {
  const w = useWords(bytesWords)
  const { node, level, more, zeros } = row
  const indent = `${Math.min(level - 1, 8) * 0.95}rem`
  const line = { height: `${rowRem}rem`, '--indent': indent } as CSSProperties
  if (more) {
    return (
      <div id={id} role="row" aria-rowindex={index + 1} aria-level={level} className={styles.row} style={line}>
        <span role="presentation" />
        <span role="gridcell" className={styles.more} style={{ paddingLeft: indent }}>
          <button type="button" tabIndex={-1} onClick={() => onMore(row)}>
            {w('more', { from: more.from + 1, to: more.to, count: more.count })}
          </button>
        </span>
      </div>
    )
  }
  if (zeros) {
    return (
      <div id={id} role="row" aria-rowindex={index + 1} aria-level={level} className={styles.row} style={line}>
        <span role="presentation" className={styles.gutter} title={protection && w(protection)}>
          {protection && <i className={cx(gutter.bar, gutter[protection])} />}
        </span>
        <span role="gridcell" className={styles.more} style={{ paddingLeft: indent }}>
          <button type="button" tabIndex={-1} onClick={() => onZeros?.(zeros.key)}>
            {w('zeros', { from: node.label, to: zeros.last.label })}
          </button>
        </span>
      </div>
    )
  }
  const range = node.ranges[0]
  return (
    // The keys of a treegrid are heard by the grid, which has the focus.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="row"
      aria-rowindex={index + 1}
      aria-level={level}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-selected={isSelected}
      aria-expanded={row.hasChildren ? row.isOpen : undefined}
      className={cx(
        styles.row,
        level === 1 && styles.outer,
        isSelected && styles.selected,
        isHovered && styles.hovered,
        node.kind === 'bit' && styles.bit,
        node.kind === 'gap' && styles.gap,
      )}
      style={line}
      onClick={() => onSelect(node)}
      onDoubleClick={() => {
        if (row.hasChildren) onToggle(node, !row.isOpen)
      }}
      onPointerEnter={() => onHover?.(node)}
    >
      <span role="presentation" className={styles.gutter} title={protection && w(protection)}>
        {protection && <i className={cx(gutter.bar, gutter[protection])} />}
      </span>
      <span role="rowheader" className={styles.name} style={{ paddingLeft: indent }}>
        <span
          className={styles.twist}
          role="presentation"
          onClick={(event) => {
            if (!row.hasChildren) return
            event.stopPropagation()
            onToggle(node, !row.isOpen)
          }}
        >
          {row.hasChildren && (
            <svg viewBox="0 0 9 9" aria-hidden="true" className={cx(row.isOpen && styles.down)}>
              <path d="M2.5 1l4 3.5-4 3.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
            </svg>
          )}
        </span>
        <span className={styles.label}>
          <FieldLabel node={node} />
        </span>
      </span>
      <span role="gridcell" className={styles.value}>
        <Untrusted text={shortValue(node, read)} isPlain />
      </span>
      <span role="gridcell" className={styles.meaning}>
        <Meaning node={node} />
      </span>
      <span role="gridcell" className={styles.offset}>
        {range ? (node.kind === 'bit' ? '' : offset(range.start)) : ''}
      </span>
    </div>
  )
})

/** Name of a field, as the specification prints it; bits say which they are. */
export function FieldLabel({ node }: { readonly node: FieldNode }) {
  const w = useWords(bytesWords)
  if (node.kind !== 'bit' || !node.bit) return <Untrusted text={node.label} isPlain />
  const { from, to } = node.bit
  return (
    <>
      <span className={styles.bitName}>{from === to ? w('bit', { from }) : w('bits', { from, to })}</span>{' '}
      <Untrusted text={node.label} isPlain />
    </>
  )
}

function Meaning({ node }: { readonly node: FieldNode }) {
  const text = useText()
  const w = useWords(bytesWords)
  const said = node.symbol ?? (node.doc === undefined ? undefined : firstClause(text(node.doc) ?? ''))
  return (
    <>
      {node.problems.length > 0 && (
        <span className={styles.problem} title={w('odd')}>
          !{' '}
        </span>
      )}
      {said !== undefined && (
        <span title={node.symbol === undefined && node.doc !== undefined ? text(node.doc) : undefined}>
          <Untrusted text={said} isPlain />
        </span>
      )}
    </>
  )
}

function firstClause(text: string): string {
  return /^[^.;:。；：]+/.exec(text)?.[0] ?? text
}
