import { describe, expect, it } from 'vitest'
import { countCovered } from '../../../src/core/events.ts'
import { sliceOf } from '../../../src/core/place.ts'
import { bootEvents, makeTcg2 } from '../../../src/schemes/event-log/attester.ts'
import { tcgFormats } from '../../../src/schemes/event-log/tcg-format.ts'
import type { LogReplayView } from '../../../src/engine/api.ts'
import { drawn, lanesOf, matching, partings, shortHex } from './model.ts'
import { logsOf } from './register-words.ts'

async function derivedOf(isSecure: boolean) {
  const format = tcgFormats[2]
  const { decoded } = format.decode(
    sliceOf('', makeTcg2(['sha384'], bootEvents(true, isSecure), { headerRegister: 1 })),
    { hints: {} },
  )
  const found = await format.derive?.(decoded)
  if (!found) throw new Error('no log')
  return found
}

describe('lanes', () => {
  it('mark what lies behind the signed value, and say which registers have no events', async () => {
    const derived = await derivedOf(true)
    const replay: LogReplayView = {
      log: 0,
      against: 1,
      isSigned: true,
      registers: [
        { name: 'RTMR0', logName: 'RTMR0', hash: 'sha384', value: new Uint8Array(48), kind: 'prefix', used: 2 },
        { name: 'RTMR3', logName: 'RTMR3', hash: 'sha384', value: new Uint8Array(48), kind: 'initial', used: 0 },
      ],
    }
    const lanes = lanesOf(derived, replay, 'sha384')
    expect(lanes.map(({ register }) => register)).toEqual(['RTMR0', 'RTMR1', 'RTMR2', 'RTMR3'])
    expect(lanes[0]?.links.filter(({ isBehind }) => !isBehind)).toHaveLength(2)
    expect(lanes[3]?.links).toEqual([])
  })
  it('draw their ends and what is looked at, however long they are', () => {
    expect(drawn(10, -1, 120)).toEqual([[0, 10]])
    expect(drawn(2000, 1000, 120)).toEqual([
      [0, 30],
      [970, 1030],
      [1970, 2000],
    ])
    expect(drawn(2000, 20, 120)).toEqual([
      [0, 50],
      [1970, 2000],
    ])
  })
})

describe('events', () => {
  it('are counted by what covers them, and found by words and numbers', async () => {
    const { events } = await derivedOf(true)
    expect(countCovered(events)).toMatchObject({ whole: 10, part: 1, none: 2 })
    expect(matching(events, 'part', '')).toHaveLength(1)
    expect(matching(events, 'all', 'secureboot')).toHaveLength(1)
    expect(matching(events, 'none', 'secureboot')).toEqual([])
  })
  it('of two logs part where the first differs', async () => {
    const [on, off] = await Promise.all([derivedOf(true), derivedOf(false)])
    expect(partings(on, on)).toEqual([])
    expect(partings(on, off)).toEqual([{ register: 'RTMR0', first: 1, second: 1 }])
  })
})

it('values are shortened in the middle, zeros counted', () => {
  expect(shortHex(new Uint8Array(48))).toBe('00 × 48')
  expect(shortHex(new Uint8Array(32).fill(0xab))).toBe('abababababababab…ababab')
})

it('asks for a log only where a register follows from one', () => {
  expect(logsOf(['MRTD', 'RTMR0'], false)).toEqual({ isTdx: true, isAny: true })
  expect(logsOf(['PCR_DIGEST', 'PCR0'], true)).toEqual({ isTdx: false, isAny: true })
  for (const names of [['MEASURE'], ['TA_IMG', 'TA_MEM'], ['MEASUREMENT12'], ['PCR0', 'PCR1']])
    expect(logsOf(names, false).isAny, names.join()).toBe(false)
})
