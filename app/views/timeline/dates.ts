import type { Ladder, TimelineEntry } from '../../../src/core/verdict.ts'

export const DAY = 86_400_000
const YEAR = 365.25 * DAY

/** An entry with its dates as instants. */
export interface Span {
  readonly id: string
  readonly entry: TimelineEntry
  readonly from: number | null
  readonly to: number | null
}

/** Reads the dates of all entries; a date that is none is left open. */
export function spansOf(entries: readonly TimelineEntry[]): readonly Span[] {
  const read = (text: string | null) => {
    const instant = text === null ? Number.NaN : Date.parse(text)
    return Number.isNaN(instant) ? null : instant
  }
  return entries.map((entry, index) => ({
    id: `${index} ${entry.id}`,
    entry,
    from: read(entry.from),
    to: read(entry.to),
  }))
}

export type When = 'in-date' | 'not-yet' | 'over' | 'dateless'

/** How an entry stands at an instant. Both ends count as inside. */
export function whenOf(span: Span, at: number): When {
  if (span.from === null && span.to === null) return 'dateless'
  if (span.from !== null && at < span.from) return 'not-yet'
  return span.to !== null && at > span.to ? 'over' : 'in-date'
}

/** Ends of the axis. */
export interface Axis {
  readonly from: number
  readonly to: number
}

/** The axis around an instant: everything that begins or ends within a few years of it, never less than a year; or everything there is. */
export function axisOf(spans: readonly Span[], at: number, isWhole: boolean): Axis {
  const dates = spans.flatMap((span) => [span.from, span.to]).filter((date) => date !== null)
  const near = isWhole ? dates : dates.filter((date) => Math.abs(date - at) <= 2.5 * YEAR)
  const low = Math.min(at, ...near)
  const high = Math.max(at, ...near)
  const pad = Math.max((high - low) * 0.06, (YEAR - (high - low)) / 2, 20 * DAY)
  return { from: Math.floor((low - pad) / DAY) * DAY, to: Math.ceil((high + pad) / DAY) * DAY }
}

/** A mark on the axis. */
export interface Tick {
  readonly at: number
  readonly label: string
  readonly isYear: boolean
}

/** Years and what divides them, so that there are a handful of each. */
export function ticksOf(axis: Axis): readonly Tick[] {
  const years = (axis.to - axis.from) / YEAR
  const months = years <= 1.5 ? 1 : years <= 5 ? 3 : 12
  const step = years <= 12 ? 1 : Math.ceil(years / 8)
  const ticks: Tick[] = []
  const first = new Date(axis.from).getUTCFullYear()
  for (let year = first; year <= new Date(axis.to).getUTCFullYear(); year++) {
    for (let month = 0; month < 12; month += months) {
      const at = Date.UTC(year, month, 1)
      if (at < axis.from || at > axis.to) continue
      if (month === 0 && year % step === 0) ticks.push({ at, label: String(year), isYear: true })
      else if (months < 12)
        ticks.push({ at, label: years <= 1.5 ? `${year}-${String(month + 1).padStart(2, '0')}` : '', isYear: false })
    }
  }
  return ticks
}

/** The next date at which something begins or ends, before or after an instant. */
export function nextDate(spans: readonly Span[], at: number, direction: 1 | -1): number | undefined {
  // An item counts as in date on its last second, so what ends is over one second later.
  const dates = spans
    .flatMap((span) => [span.from, span.to === null ? null : span.to + 1000])
    .filter((date) => date !== null)
  const ahead = dates.filter((date) => (direction === 1 ? date > at : date < at))
  return ahead.length === 0 ? undefined : direction === 1 ? Math.min(...ahead) : Math.max(...ahead)
}

/** Where a key moves the line to; undefined when the key is not one of a slider's. */
export function moved(key: string, at: number, axis: Axis): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: DAY,
    ArrowUp: DAY,
    ArrowLeft: -DAY,
    ArrowDown: -DAY,
    PageUp: 30 * DAY,
    PageDown: -30 * DAY,
  }
  if (key === 'Home') return axis.from
  if (key === 'End') return axis.to
  const step = steps[key]
  return step === undefined ? undefined : Math.min(axis.to, Math.max(axis.from, at + step))
}

/** Snaps a dragged instant to what a pixel can mean: a day, or an hour on a short axis. */
export function snapped(instant: number, axis: Axis, width: number): number {
  const unit = (axis.to - axis.from) / Math.max(1, width) > DAY / 24 ? DAY : DAY / 24
  return Math.min(axis.to, Math.max(axis.from, Math.round(instant / unit) * unit))
}

/** Whether a level's date is that of the level which applies, in the ladder that the levels belong to (the first). */
export function isLevelHere(span: Span, ladders: readonly Ladder[]): boolean {
  const [ladder] = ladders
  const row = ladder?.match === null || ladder === undefined ? undefined : ladder.rows[ladder.match]
  return row !== undefined && span.from !== null && Date.parse(row.date) === span.from
}
