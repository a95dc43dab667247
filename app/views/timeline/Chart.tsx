import { memo, useMemo, type CSSProperties, type PointerEvent } from 'react'
import { Bar, ComposedChart, ReferenceLine, XAxis, YAxis } from 'recharts'
import type { Ladder } from '../../../src/core/verdict.ts'
import { useSay, useWords } from '../../text/speech.tsx'
import { utc } from '../../text/time.ts'
import { cx } from '../../ui/cx.ts'
import { useRoom } from '../../ui/use-room.ts'
import { DAY, isLevelHere, moved, snapped, ticksOf, whenOf, type Axis, type Span } from './dates.ts'
import styles from './timeline.module.css'
import { timelineWords } from './words.ts'

interface Props {
  readonly spans: readonly Span[]
  readonly axis: Axis
  /** Where the line is. */
  readonly at: number
  /** As of when everything was judged last. */
  readonly settled: number
  /** Where the line was at first. */
  readonly start: number
  readonly evidenceTime: number | null
  readonly ladders: readonly Ladder[]
  readonly onMove: (instant: number) => void
}

/** Below this there is no room beside the bars: their names stand above them, their dates below, and the chart never scrolls. */
const NARROW = 560
const NARROWEST = 280
const ROW = 36
/** What fits across a printed page. */
const PAPER = 670
const NARROW_ROW = 58
const TOP = 26
const BOTTOM = 30
const RIGHT = 12

/** The chart, and over it the line that the reader moves. */
export function Chart({ spans, axis, at, settled, start, evidenceTime, ladders, onMove }: Props) {
  const w = useWords(timelineWords)
  const [box, room] = useRoom<HTMLDivElement>(900)
  const width = Math.max(NARROWEST, room)
  const isNarrow = width < NARROW
  const left = isNarrow ? 4 : width > 800 ? 240 : 168
  const plot = width - left - RIGHT
  const hasLevels = spans.some((span) => span.entry.kind === 'level')
  const rows = spans.filter((span) => span.entry.kind !== 'level').length + (hasLevels ? 2 : 0)
  const height = TOP + rows * (isNarrow ? NARROW_ROW : ROW) + BOTTOM
  const xOf = (instant: number) => left + ((instant - axis.from) / (axis.to - axis.from)) * plot
  const x = Math.min(left + plot, Math.max(left, xOf(at)))

  const drag = (event: PointerEvent<HTMLElement>) => {
    const area = event.currentTarget.getBoundingClientRect()
    onMove(snapped(axis.from + ((event.clientX - area.left) / area.width) * (axis.to - axis.from), axis, plot))
  }
  const { date, time } = utc(at)
  const style: CSSProperties & Record<'--paper-zoom', string> = {
    width,
    height,
    '--paper-zoom': String(Math.min(1, PAPER / width)),
  }
  return (
    <div ref={box} className={styles.chart} tabIndex={-1}>
      <div className={styles.plane} style={style}>
        <Plot
          spans={spans}
          axis={axis}
          settled={settled}
          start={start}
          evidenceTime={evidenceTime}
          ladders={ladders}
          width={width}
          height={height}
          left={left}
          isNarrow={isNarrow}
        />
        <div
          className={styles.area}
          style={{ left, width: plot, height }}
          aria-hidden="true"
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId)
            drag(event)
          }}
          onPointerMove={(event) => {
            if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(event)
          }}
        />
        <div
          className={cx(styles.line, x > width - (isNarrow ? 150 : 0.25 * plot + RIGHT) && styles.leftward)}
          style={{ left: x, height: height - 8 }}
          role="slider"
          tabIndex={0}
          aria-label={w('slider')}
          aria-orientation="horizontal"
          aria-valuemin={Math.floor(axis.from / DAY)}
          aria-valuemax={Math.ceil(axis.to / DAY)}
          aria-valuenow={Math.round(at / DAY)}
          aria-valuetext={w('sliderText', { date, time })}
          onKeyDown={(event) => {
            const to = moved(event.key, at, axis)
            if (to === undefined) return
            event.preventDefault()
            onMove(to)
          }}
        >
          <span>{w('asOf', { date })}</span>
          <svg viewBox="0 0 12 16" aria-hidden="true">
            <path d="M0 0h12v10l-6 6-6-6z" />
          </svg>
        </div>
      </div>
    </div>
  )
}

interface Row {
  readonly id: string
  readonly label: string
  readonly range: readonly [number, number]
  readonly span: Span | null
}
interface PlotProps {
  readonly spans: readonly Span[]
  readonly axis: Axis
  readonly settled: number
  readonly start: number
  readonly evidenceTime: number | null
  readonly ladders: readonly Ladder[]
  readonly width: number
  readonly height: number
  readonly left: number
  readonly isNarrow: boolean
}

const Plot = memo(function Plot({
  spans,
  axis,
  settled,
  start,
  evidenceTime,
  ladders,
  width,
  height,
  left,
  isNarrow,
}: PlotProps) {
  const w = useWords(timelineWords)
  const say = useSay()
  const levels = spans.filter(
    (span) => span.entry.kind === 'level' && span.from !== null && span.from >= axis.from && span.from <= axis.to,
  )
  const hasLevels = spans.some((span) => span.entry.kind === 'level')
  const firstLevel = spans.findIndex((span) => span.entry.kind === 'level')
  const ticks = useMemo(() => ticksOf(axis), [axis])
  const rows: Row[] = spans
    .filter((span) => span.entry.kind !== 'level')
    .map((span) => ({
      id: span.id,
      label: say(span.entry.title),
      range: [Math.max(axis.from, span.from ?? axis.from), Math.min(axis.to, span.to ?? axis.to)],
      span,
    }))
  const all: Row[] = hasLevels
    ? [
        ...rows,
        { id: 'levels', label: w('levels'), range: [axis.from, axis.from], span: null },
        { id: 'space', label: '', range: [axis.from, axis.from], span: null },
      ]
    : rows
  const labels = new Map(all.map((row) => [row.id, row.label]))
  const isYear = new Map(ticks.map((tick) => [tick.at, tick]))
  const xOf = (instant: number) => left + ((instant - axis.from) / (axis.to - axis.from)) * (width - left - RIGHT)
  const isOn = (instant: number) => instant >= axis.from && instant <= axis.to
  return (
    <ComposedChart
      width={width}
      height={height}
      layout="vertical"
      data={all}
      margin={{ top: TOP, right: RIGHT, bottom: BOTTOM, left: 0 }}
      barSize={isNarrow ? NARROW_ROW : ROW}
      accessibilityLayer={false}
      title={w('chart')}
      className={cx(styles.plot)}
    >
      {ticks.map((tick) => (
        <ReferenceLine
          key={tick.at}
          x={tick.at}
          className={cx(tick.isYear ? styles.year : styles.month)}
          ifOverflow="hidden"
        />
      ))}
      {isOn(start) && <ReferenceLine x={start} className={cx(styles.started)} />}
      {evidenceTime !== null && isOn(evidenceTime) && (
        <ReferenceLine
          x={evidenceTime}
          className={cx(styles.evidence)}
          label={{ value: w('evidence'), position: 'insideBottomLeft', className: cx(styles.small) }}
        />
      )}
      <XAxis
        type="number"
        dataKey="from"
        domain={[axis.from, axis.to]}
        ticks={ticks.map((tick) => tick.at)}
        orientation="top"
        axisLine={false}
        tickLine={false}
        allowDataOverflow
        interval={0}
        tick={({
          x,
          y,
          payload,
        }: {
          readonly x: number | string
          readonly y: number | string
          readonly payload: { readonly value: number }
        }) => (
          <text x={Number(x) + 4} y={Number(y) - 4} className={styles.tick}>
            {isYear.get(payload.value)?.label}
          </text>
        )}
      />
      <YAxis
        type="category"
        dataKey="id"
        width={left}
        axisLine={false}
        tickLine={false}
        interval={0}
        tick={({ y, payload }: { readonly y: number | string; readonly payload: { readonly value: string } }) =>
          isNarrow ? (
            <RowLabel text={labels.get(payload.value) ?? ''} width={width - 8} y={Number(y) - 16} isOneLine />
          ) : (
            <RowLabel text={labels.get(payload.value) ?? ''} width={left - 20} y={Number(y)} />
          )
        }
      />
      <Bar
        dataKey="range"
        isAnimationActive={false}
        shape={(shape: unknown) => {
          const {
            x,
            y,
            width: length,
            height: tall,
            payload,
          } = shape as {
            readonly x: number
            readonly y: number
            readonly width: number
            readonly height: number
            readonly payload: Row
          }
          if (payload.id === 'levels')
            return (
              <Levels
                levels={levels}
                first={firstLevel}
                ladders={ladders}
                xOf={xOf}
                y={y + tall / 2 + (isNarrow ? 6 : 0)}
              />
            )
          return payload.span ? (
            <SpanBar
              span={payload.span}
              axis={axis}
              at={settled}
              left={left}
              from={x}
              to={x + length}
              y={y + tall / 2 + (isNarrow ? 2 : 0)}
              below={isNarrow ? width : null}
            />
          ) : (
            <g />
          )
        }}
      />
    </ComposedChart>
  )
})

function SpanBar({
  span,
  axis,
  at,
  left,
  from,
  to,
  y,
  below,
}: {
  /** The chart's width, where dates stand below the bars. */ readonly below: number | null
  readonly left: number
  readonly span: Span
  readonly axis: Axis
  readonly at: number
  readonly from: number
  readonly to: number
  readonly y: number
}) {
  const isOver = whenOf(span, at) !== 'in-date'
  const startsBefore = span.from === null || span.from < axis.from
  const endsAfter = span.to === null || span.to > axis.to
  const isNowhere = (span.to !== null && span.to < axis.from) || (span.from !== null && span.from > axis.to)
  const dates = `${span.from === null ? '' : utc(span.from).date} – ${span.to === null ? '' : utc(span.to).date}`
  if (isNowhere) {
    const isEarlier = span.to !== null && span.to < axis.from
    return (
      <text
        x={isEarlier ? from : to}
        y={y + (below === null ? 4 : 19)}
        textAnchor={isEarlier ? 'start' : 'end'}
        className={styles.small}
      >
        {isEarlier ? `← ${dates}` : `${dates} →`}
      </text>
    )
  }
  const caps = (
    <>
      <path
        className={styles.bar}
        d={`M${from + (startsBefore ? 6 : 0)} ${y}H${Math.max(from + 2, to - (endsAfter ? 6 : 0))}`}
      />
      <path className={styles.cap} d={startsBefore ? `M${from + 7} ${y - 5}l-7 5 7 5` : `M${from} ${y - 6}v12`} />
      <path className={styles.cap} d={endsAfter ? `M${to - 7} ${y - 5}l7 5-7 5` : `M${to} ${y - 6}v12`} />
    </>
  )
  if (below !== null) {
    const middle = Math.min(below - 70, Math.max(70, (from + to) / 2))
    return (
      <g className={cx(styles.span, isOver && styles.over)}>
        {caps}
        <text x={middle} y={y + 19} textAnchor="middle" className={styles.small}>
          {dates}
        </text>
      </g>
    )
  }
  const isShort = to - from < 170
  // Near the labels there is no room before a bar: the date stands above its start.
  const before =
    from - left > (isShort ? 150 : 80)
      ? ({ x: from - 7, y: y + 4, textAnchor: 'end' } as const)
      : ({ x: from, y: y - 8, textAnchor: 'start' } as const)
  return (
    <g className={cx(styles.span, isOver && styles.over)}>
      {caps}
      {isShort && !startsBefore && (
        <text {...before} className={styles.small}>
          {dates}
        </text>
      )}
      {!isShort && !startsBefore && span.from !== null && (
        <text {...before} className={styles.small}>
          {utc(span.from).date}
        </text>
      )}
      {!isShort && endsAfter && span.to !== null && (
        <text x={to} y={y - 8} textAnchor="end" className={styles.small}>
          → {utc(span.to).date}
        </text>
      )}
      {!isShort && !endsAfter && span.to !== null && (
        <text x={to} y={y - 8} textAnchor="end" className={styles.small}>
          {utc(span.to).date}
        </text>
      )}
    </g>
  )
}

function Levels({
  levels,
  first,
  ladders,
  xOf,
  y,
}: {
  readonly levels: readonly Span[]
  /** Place of the first level among all entries. */ readonly first: number
  readonly ladders: readonly Ladder[]
  readonly xOf: (instant: number) => number
  readonly y: number
}) {
  const say = useSay()
  const sorted = levels
    .map((span) => ({ span, number: Number(span.id.split(' ')[0] ?? 0) - first + 1, x: xOf(span.from ?? 0) }))
    .sort((a, b) => a.x - b.x)
  // Dates that would touch take turns on two lines.
  const lines = sorted.reduce<readonly number[]>(
    (done, { x }, index) => [
      ...done,
      index > 0 && x - (sorted[index - 1]?.x ?? 0) < 84 ? ((done.at(-1) ?? 0) + 1) % 2 : 0,
    ],
    [],
  )
  return (
    <g>
      {sorted.map(({ span, number, x }, index) => (
        <g key={span.id} className={isLevelHere(span, ladders) ? styles.levelHere : styles.level}>
          <rect x={x - 8} y={y - 8} width={16} height={16} />
          <text x={x} y={y + 4} textAnchor="middle" className={styles.number}>
            {number}
          </text>
          <text x={x} y={y + 23 + (lines[index] ?? 0) * 14} textAnchor="middle" className={styles.small}>
            {utc(span.from ?? 0).date}
          </text>
          <title>{say(span.entry.title)}</title>
        </g>
      ))}
    </g>
  )
}

/** SVG text does not wrap: a long label takes two smaller lines, and what still does not fit ends in an ellipsis; the table has it whole. */
function RowLabel({
  text,
  width,
  y,
  isOneLine = false,
}: {
  readonly text: string
  readonly width: number
  readonly y: number
  readonly isOneLine?: boolean
}) {
  const [whole, rest] = lineOf(text, width, 7)
  if (isOneLine)
    return (
      <text x={0} y={y + 4} textAnchor="start" className={styles.above}>
        {rest === '' ? whole : `${lineOf(text, width - 12, 7)[0]}…`}
      </text>
    )
  if (rest === '')
    return (
      <text x={0} y={y + 4} className={styles.rowLabel}>
        {whole}
      </text>
    )
  const [first, more] = lineOf(text, width, 6.2)
  const [second, left] = lineOf(more, width - 8, 6.2)
  return (
    <text x={0} y={y - 2} className={styles.smallLabel}>
      {first}
      <tspan x={0} dy={12}>
        {left === '' ? second : `${second}…`}
      </tspan>
    </text>
  )
}

/** What fits on one line, broken between words where there are any, and the rest. */
function lineOf(text: string, width: number, perLetter: number): readonly [string, string] {
  let used = 0
  let at = 0
  let space = -1
  for (const character of text) {
    used += (character.codePointAt(0) ?? 0) > 0x2e80 ? perLetter * 1.93 : perLetter
    if (used > width) {
      const end = space > 0 ? space : at
      return [text.slice(0, end).trimEnd(), text.slice(end).trimStart()]
    }
    if (character === ' ') space = at
    at += character.length
  }
  return [text, '']
}
