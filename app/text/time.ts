import type { Locale } from '../../src/core/saying.ts'

/** An instant as the reader sees it: UTC first, always. */
export function utc(ms: number): { readonly date: string; readonly time: string; readonly iso: string } {
  const instant = new Date(ms)
  if (Number.isNaN(instant.getTime())) return { date: '–', time: '–', iso: '–' }
  const iso = instant.toISOString().replace(/\.\d{3}Z$/, 'Z')
  const [date = '', time = ''] = iso.replace('Z', '').split('T')
  return { date, time, iso }
}

/** The same instant on the reader's own clock. */
export function localTime(ms: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(ms)
}

const ZH_UNITS: Readonly<Record<string, string>> = {
  year: '年',
  month: '个月',
  day: '天',
  hour: '小时',
  minute: '分钟',
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** Distance between two instants in words: `3 months ago`, `in 5 days`. */
export function relative(ms: number, from: number, locale: Locale): string {
  const format = new Intl.RelativeTimeFormat(locale === 'zh' ? 'zh-CN' : 'en', { numeric: 'auto' })
  const distance = ms - from
  for (const [unit, size] of UNITS)
    if (Math.abs(distance) >= size) return format.format(Math.trunc(distance / size), unit)
  return format.format(Math.trunc(distance / 1000), 'second')
}

/** How long something still holds as of an instant, or how long ago it ended: `15 days left`, `ended 2 months earlier`. The instant is the appraisal’s, which need not be today. */
export function remaining(until: number, at: number, locale: Locale): string {
  const distance = Math.abs(until - at)
  const [unit, size] = UNITS.find((one) => distance >= one[1]) ?? ['minute', 60_000]
  const count = Math.trunc(distance / size)
  if (locale === 'zh') return `${until >= at ? '还剩' : '已过期'} ${count} ${ZH_UNITS[unit] ?? ''}`
  const length = `${count} ${unit}${count === 1 ? '' : 's'}`
  return until >= at ? `${length} left` : `ended ${length} earlier`
}

/** Milliseconds of an ISO text; null when it is none. */
export function instantOf(iso: string | null): number | null {
  if (iso === null) return null
  const ms = Date.parse(iso)
  return Number.isNaN(ms) ? null : ms
}

/** Milliseconds of a date, with or without a time of day, as people type it (UTC); null when it is none, or no day of the calendar. */
export function typedInstant(text: string): number | null {
  const [, day, minute = '00:00', second = '00'] =
    /^\s*(\d{4}-\d{2}-\d{2})(?:[ T]+(\d{2}:\d{2})(?::(\d{2}))?(?:\.0+)?Z?)?\s*$/.exec(text) ?? []
  const ms = day === undefined ? null : instantOf(`${day}T${minute}:${second}Z`)
  // 30 February would be read as a day of March.
  return ms !== null && new Date(ms).toISOString().startsWith(day ?? '') ? ms : null
}
