import { describe, expect, it } from 'vitest'
import { subject } from '../../testing/sample-case.ts'
import { axisOf, DAY, isLevelHere, moved, nextDate, snapped, spansOf, ticksOf, whenOf } from './dates.ts'

const at = Date.parse('2025-07-04T10:10:31Z')
const spans = spansOf(subject.timeline)
const crl = spans.find((span) => span.entry.id === 'pck-crl')
if (!crl) throw new Error('no CRL')

describe('dates', () => {
  it('count both ends as inside', () => {
    expect(
      [crl.from ?? 0, crl.to ?? 0, (crl.from ?? 0) - 1, (crl.to ?? 0) + 1].map((instant) => whenOf(crl, instant)),
    ).toEqual(['in-date', 'in-date', 'not-yet', 'over'])
  })
  it('leave open what is no date', () => {
    const odd = spansOf([
      { id: 'x', title: { text: 'x', params: {} }, kind: 'evidence', from: 'yesterday', to: null },
    ])[0]
    expect(odd && whenOf(odd, at)).toBe('dateless')
  })
  it('span an axis near the instant, or all', () => {
    const near = axisOf(spans, at, false)
    expect([new Date(near.from).getUTCFullYear(), new Date(near.to).getUTCFullYear()]).toEqual([2024, 2026])
    const all = axisOf(spans, at, true)
    expect(new Date(all.from).getUTCFullYear()).toBeLessThanOrEqual(2018)
    expect(new Date(all.to).getUTCFullYear()).toBeGreaterThanOrEqual(2049)
    const alone = axisOf([], at, false)
    expect(alone.to - alone.from).toBeGreaterThanOrEqual(365 * DAY)
  })
  it('have a handful of ticks at any length', () => {
    for (const years of [0.1, 1, 3, 6, 20, 80, 900]) {
      const ticks = ticksOf({ from: at, to: at + years * 365.25 * DAY })
      expect(ticks.length).toBeLessThanOrEqual(24)
    }
    expect(
      ticksOf(axisOf(spans, at, false))
        .filter((tick) => tick.isYear)
        .map((tick) => tick.label),
    ).toContain('2025')
  })
  it('go from one change to the next', () => {
    expect(nextDate(spans, at, 1)).toBe((crl.to ?? 0) + 1000)
    expect(nextDate(spans, at, -1)).toBe(crl.from)
    expect(nextDate([], at, 1)).toBeUndefined()
  })
  it('move by day and month and stay on the axis', () => {
    const axis = { from: at - DAY, to: at + DAY }
    expect([
      moved('ArrowRight', at, axis),
      moved('PageDown', at, axis),
      moved('End', at, axis),
      moved('x', at, axis),
    ]).toEqual([at + DAY, at - DAY, at + DAY, undefined])
  })
  it('snap to days when a pixel is longer than an hour', () => {
    expect(snapped(at, axisOf(spans, at, false), 900)).toBe(Date.parse('2025-07-04T00:00:00Z'))
    expect(snapped(at, { from: at - DAY, to: at + DAY }, 900)).toBe(Date.parse('2025-07-04T10:00:00Z'))
  })
  it('know the level that applies', () => {
    expect(
      spans
        .filter((span) => span.entry.kind === 'level' && isLevelHere(span, subject.ladders))
        .map((span) => span.entry.id),
    ).toEqual(['level-2'])
  })
})
