import { describe, expect, it } from 'vitest'
import type { Register } from '../core/scheme.ts'
import {
  bootEvents,
  makeCelCbor,
  makeCelJson,
  makeDstack,
  makeImaText,
  makeTcg2,
  RECIPES,
  SYSTEM_EVENTS,
} from '../schemes/event-log/attester.ts'
import { signedBy, standIn } from '../testing/stand-in.ts'
import { openCase } from './case.ts'
import { inspect } from './inspect.ts'
import { logReplays } from './log-replays.ts'

const signing = (measurements: readonly Register[]) => standIn({ measurements })
const opened = async (...files: Uint8Array[]) =>
  (await openCase(files.map((bytes, i) => ({ name: `log${i}`, bytes })))).artifacts

const recipe = (id: string) => RECIPES[id]?.() ?? new Uint8Array()

describe('software.log-replays', () => {
  it('holds for its own evidence, and lends covered words', async () => {
    const items = await opened(recipe('ccel'))
    const { checks, lent, withheld } = logReplays(signing(signedBy(items)), items, 0)
    expect(checks.map(({ outcome, weight }) => `${outcome} ${weight}`)).toEqual(['pass notes'])
    expect(lent.map(({ name }) => name)).toEqual(['SecureBoot', 'cmdline', 'boot-program-1'])
    expect(withheld).toEqual([])
    expect(checks[0]?.covers?.length).toBeGreaterThan(0)
  })
  it('a log of another machine is not for this, breaks nothing and lends nothing', async () => {
    const items = await opened(recipe('ccel'))
    const other = signedBy(items).map((register) => ({
      ...register,
      value: { ...register.value, value: new Uint8Array(48).fill(7) },
    }))
    const { checks, lent, withheld } = logReplays(signing(other), items, 0)
    expect(checks.map(({ outcome, because }) => `${outcome} ${because.text}`)).toEqual([
      'not-checked log-replays.not-for-this',
    ])
    expect(lent).toEqual([])
    expect(withheld).toContain('SecureBoot')
  })
  it('a payload changed with its digest kept does not replay', async () => {
    const own = signedBy(await opened(recipe('dstack')))
    const forged = await opened(recipe('dstack-forged'))
    const { checks, lent } = logReplays(signing(own), forged, 0)
    expect(checks[0]?.because.text).toBe('log-replays.partly')
    expect(lent).toEqual([])
  })
  it('a firmware log whose last events are too many differs, and says how many', async () => {
    const short = signedBy(await opened(makeTcg2(['sha384'], bootEvents(true).slice(0, -1), { headerRegister: 1 })))
    const items = await opened(recipe('ccel'))
    const { checks } = logReplays(signing(short), items, 0)
    expect(checks[0]?.found).toContain('RTMR1 differs: equal before the last 1 events')
    expect(checks[0]?.outcome).toBe('not-checked')
  })
  it('a list of IMA may run ahead of the quote; what is behind counts for nothing', async () => {
    const early = signedBy(await opened(makeImaText([{ path: 'a' }])))
    const items = await opened(makeImaText([{ path: 'a' }, { path: 'b' }]))
    const { checks } = logReplays(signing(early), items, 0)
    expect(checks[0]?.outcome).toBe('pass')
    expect(checks[0]?.covers).toHaveLength(1)
  })
  it('a register with a value and no event says that another log is missing', async () => {
    const items = await opened(recipe('vtpm'))
    const more: Register = {
      name: 'PCR10',
      hash: 'sha256',
      identity: false,
      value: { path: '', ranges: [], value: new Uint8Array(32).fill(1) },
    }
    const { checks } = logReplays(signing([...signedBy(items), more]), items, 0)
    expect(checks[0]?.because.text).toBe('log-replays.others-unlogged')
    expect(checks[0]?.found).toContain('PCR10:sha256 has a value without events')
  })
  it.each([
    ['whose text breaks off', makeCelJson(bootEvents(false)).slice(0, -40)],
    ['whose CBOR breaks off', makeCelCbor(bootEvents(false)).slice(0, -40)],
  ])('a log %s is not said to replay, even where what was read comes to the registers', async (_, log) => {
    const items = await opened(log)
    expect(items[0]?.derived?.events.count).toBeGreaterThan(5)
    expect(items[0]?.derived?.summary?.end).toBeLessThan(log.length)
    const own = signedBy(items)
    const { checks, lent } = logReplays(signing(own), items, 0)
    expect(checks.map(({ outcome, because }) => `${outcome} ${because.text}`)).toEqual([
      'not-checked log-replays.unread',
    ])
    expect(lent).toEqual([])
    // Nor that it differs: what was not read may go on to them.
    const others = own.map((one) => ({
      ...one,
      value: { ...one.value, value: one.value.value.map((byte) => byte ^ 1) },
    }))
    expect(logReplays(signing(others), items, 0).checks[0]?.because.text).toBe('log-replays.unread')
    const problems = (await inspect([{ name: 'log', bytes: log }])).artifacts[0]?.problems ?? []
    expect(problems.map(({ because }) => because.text)).toHaveLength(1)
  })
  it('one flipped bit of a covered word never lends it', async () => {
    const log = makeDstack(SYSTEM_EVENTS)
    const own = signedBy(await opened(log))
    const good = logReplays(signing(own), await opened(log), 0).lent.map(({ name, value }) => `${name} ${value}`)
    expect(good.length).toBeGreaterThan(0)
    for (let at = 0; at < log.length; at += 3) {
      const changed = log.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      const { lent } = logReplays(signing(own), await opened(changed), 0)
      for (const { name, value } of lent) expect(good, `bit at ${at}`).toContain(`${name} ${value}`)
    }
  })
})
