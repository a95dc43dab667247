import {
  memo,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from 'react'
import { useWords } from '../text/speech.tsx'
import { cx } from '../ui/cx.ts'
import { remPixels } from '../ui/use-media.ts'
import { useRows } from '../ui/use-rows.ts'
import { protectionAt, type Segment } from './coverage.ts'
import gutter from './gutter.module.css'
import styles from './hex.module.css'
import { bytesWords } from './words.ts'

/** Half-open run of bytes in the space that is shown. */
export interface Run {
  readonly start: number
  readonly end: number
}

export interface HexViewProps {
  readonly bytes: Uint8Array
  /** Name of what is shown, for a screen reader. */
  readonly name: string
  readonly value?: Run | undefined
  readonly head?: Run | undefined
  readonly around?: Run | undefined
  readonly hovered?: Run | undefined
  /** Bytes to mark as changed, when this is an edited copy. */
  readonly changed?: ReadonlySet<number> | undefined
  /** Undefined while nothing was appraised: then nothing is said about protection. */
  readonly segments?: readonly Segment[] | undefined
  readonly caret: number | null
  /** The caret was moved: to a byte, extending the selection or not. */
  readonly onCaret: (at: number, isExtending: boolean) => void
  readonly onHover?: (at: number | null) => void
  readonly onEnter?: () => void
  /** Keys that are not about moving; true when used. */
  readonly onOtherKey?: (event: KeyboardEvent) => boolean
  readonly tallest?: number
}

const ROW_REM = 1.25
/** Gutter and scroll bar beside the characters, in pixels. */
const SIDES = 32
const RULER = '0'.repeat(64)

/** Bytes as hex and ASCII. Any size; one caret; three shades; protected and unprotected bytes look different. */
export function HexView({
  bytes,
  name,
  value,
  head,
  around,
  hovered,
  changed,
  segments,
  caret,
  onCaret,
  onHover,
  onEnter,
  onOtherKey,
  tallest = 37.5,
}: HexViewProps) {
  const w = useWords(bytesWords)
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const ruler = useRef<HTMLSpanElement>(null)
  const [columns, setColumns] = useState<8 | 16>(16)
  const digits = Math.max(3, (bytes.length - 1).toString(16).length)
  // Offset, sixteen bytes, a space, sixteen letters.
  const widest = digits + 1 + 48 + 1 + 16
  const count = Math.max(1, Math.ceil(bytes.length / columns))
  const { scroller, onScroll, height, first, last, top, page, reveal } = useRows(count, ROW_REM * remPixels())

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      const character = (ruler.current?.offsetWidth ?? 0) / RULER.length
      setColumns(element.clientWidth + 2 >= SIDES + widest * character ? 16 : 8)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [widest])
  const start = value?.start
  useEffect(() => {
    if (start !== undefined) reveal(Math.floor(start / columns), 'middle')
  }, [start, columns, reveal, bytes])
  useEffect(() => {
    if (caret !== null) reveal(Math.floor(caret / columns))
  }, [caret, columns, reveal])

  const byteAt = useCallback(
    (event: PointerEvent): number | null => {
      const cell = (event.target as Element).closest<HTMLElement>('[data-at]')
      if (!cell) return null
      const { left, width } = cell.getBoundingClientRect()
      const within = Math.min(columns - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * columns)))
      const at = Number(cell.dataset['at']) + within
      return at < bytes.length ? at : null
    },
    [columns, bytes],
  )

  const onKeyDown = (event: KeyboardEvent) => {
    const at = caret ?? value?.start ?? 0
    const rowStart = at - (at % columns)
    const isFar = event.ctrlKey || event.metaKey
    const target = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at - columns,
      ArrowDown: at + columns,
      PageUp: at - page * columns,
      PageDown: at + page * columns,
      Home: isFar ? 0 : rowStart,
      End: isFar ? bytes.length - 1 : rowStart + columns - 1,
    }[event.key]
    if (event.key === 'Enter' && onEnter) onEnter()
    else if (target !== undefined && (!isFar || event.key === 'Home' || event.key === 'End'))
      onCaret(Math.max(0, Math.min(bytes.length - 1, target)), event.shiftKey)
    else if (!onOtherKey?.(event)) return
    event.preventDefault()
  }

  const rows: React.ReactNode[] = []
  for (let row = first; row < last; row += 1) {
    const at = row * columns
    const clip = (run: Run | undefined) => (run && run.end > at && run.start < at + columns ? run : undefined)
    rows.push(
      <HexRow
        key={row}
        at={at}
        row={row}
        bytes={bytes}
        columns={columns}
        digits={digits}
        value={clip(value)}
        head={clip(head)}
        around={clip(around)}
        hovered={clip(hovered)}
        changed={changed}
        segments={segments}
        caret={caret !== null && caret >= at && caret < at + columns ? caret : null}
      />,
    )
  }
  return (
    <div className={styles.hex} ref={box} style={{ width: `calc(${widest}ch + ${SIDES}px)` }}>
      <span ref={ruler} className={styles.ruler} aria-hidden="true">
        {RULER}
      </span>
      <div className={styles.columns} aria-hidden="true">
        <span />
        <span style={{ width: `${digits + 1}ch` }} />
        <span>{Array.from({ length: columns }, (_, index) => index.toString(16).padStart(2, '0')).join(' ')}</span>
        <span>{w('ascii')}</span>
      </div>
      <div
        ref={scroller}
        className={styles.scroller}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        tabIndex={0}
        role="grid"
        aria-label={w('hexLabel', { name })}
        aria-rowcount={count}
        aria-colcount={3}
        aria-describedby={`${id}-caret`}
        aria-multiselectable="true"
        data-testid="hex"
        onPointerDown={(event) => {
          const at = byteAt(event)
          if (at !== null) onCaret(at, event.shiftKey)
        }}
        onPointerMove={(event) => {
          const at = byteAt(event)
          if (event.buttons === 1 && at !== null && at !== caret) onCaret(at, true)
          else onHover?.(at)
        }}
        onPointerLeave={() => onHover?.(null)}
        style={{ height: `min(${count * ROW_REM}rem, ${tallest}rem)` }}
      >
        <div style={{ height }} className={styles.inner} role="presentation">
          <div style={{ transform: `translateY(${top}px)` }} role="presentation">
            {rows}
          </div>
        </div>
      </div>
      <p id={`${id}-caret`} className={styles.spoken} aria-live="polite">
        {caret === null
          ? ''
          : w('caret', { offset: `0x${caret.toString(16)}`, byte: (bytes[caret] ?? 0).toString(16).padStart(2, '0') })}
      </p>
    </div>
  )
}

interface RowProps extends Pick<
  HexViewProps,
  'bytes' | 'value' | 'head' | 'around' | 'hovered' | 'changed' | 'segments' | 'caret'
> {
  readonly at: number
  readonly row: number
  readonly columns: number
  readonly digits: number
}

const sameRun = (a: Run | undefined, b: Run | undefined) =>
  a === b || (a !== undefined && b !== undefined && a.start === b.start && a.end === b.end)

/** Rows that look the same stay as they are: moving the caret draws two rows, not a screenful. */
function looksSame(a: RowProps, b: RowProps): boolean {
  return (
    a.bytes === b.bytes &&
    a.at === b.at &&
    a.columns === b.columns &&
    a.digits === b.digits &&
    a.caret === b.caret &&
    a.segments === b.segments &&
    a.changed === b.changed &&
    sameRun(a.value, b.value) &&
    sameRun(a.head, b.head) &&
    sameRun(a.around, b.around) &&
    sameRun(a.hovered, b.hovered)
  )
}

const HexRow = memo(function HexRow({
  at,
  row,
  bytes: all,
  columns,
  digits,
  value,
  head,
  around,
  hovered,
  changed,
  segments,
  caret,
}: RowProps) {
  const bytes = all.subarray(at, at + columns)
  const runs: { readonly look: string; readonly from: number; to: number }[] = []
  for (let index = 0; index < bytes.length; index += 1) {
    const look = lookOf(at + index)
    const last = runs.at(-1)
    if (last && last.look === look) last.to = index + 1
    else runs.push({ look, from: index, to: index + 1 })
  }
  const first = segments && protectionAt(segments, at)
  const lastKind = segments && protectionAt(segments, at + bytes.length - 1)
  return (
    <div className={styles.row} role="row" aria-rowindex={row + 1}>
      <span className={styles.gutter} role="presentation">
        {first !== undefined &&
          lastKind !== undefined &&
          (first === lastKind ? (
            <i className={cx(gutter.bar, gutter[first])} />
          ) : (
            <>
              <i className={cx(gutter.bar, gutter[first], gutter.upper)} />
              <i className={cx(gutter.bar, gutter[lastKind], gutter.lower)} />
            </>
          ))}
      </span>
      <span className={styles.offset} role="rowheader">
        {at.toString(16).padStart(digits, '0')}{' '}
      </span>
      <span className={styles.cells} role="gridcell" data-at={at} style={{ width: `${columns * 3}ch` }}>
        {runs.map((run) => (
          <span key={run.from} className={run.look}>
            {hexText(bytes, run.from, run.to)}
          </span>
        ))}
      </span>
      <span className={styles.text} role="gridcell" data-at={at} style={{ width: `${columns}ch` }}>
        {runs.map((run) => (
          <span key={run.from} className={run.look}>
            {asciiText(bytes, run.from, run.to)}
          </span>
        ))}
      </span>
    </div>
  )

  function lookOf(offset: number): string {
    const isIn = (run: Run | undefined) => run !== undefined && offset >= run.start && offset < run.end
    return cx(
      styles.byte,
      isIn(value) ? styles.value : isIn(head) ? styles.head : isIn(around) ? styles.around : undefined,
      isIn(hovered) && styles.hovered,
      segments !== undefined && protectionAt(segments, offset) === 'none' && styles.open,
      changed?.has(offset) === true && styles.changed,
      offset === caret && styles.caret,
    )
  }
}, looksSame)

function hexText(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let index = from; index < to; index += 1) text += `${(bytes[index] ?? 0).toString(16).padStart(2, '0')} `
  return text
}

function asciiText(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let index = from; index < to; index += 1) {
    const byte = bytes[index] ?? 0
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'
  }
  return text
}
