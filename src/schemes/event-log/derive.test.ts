import { describe, expect, it } from 'vitest'
import type { Derived } from '../../core/derived.ts'
import { eachEvent } from '../../core/events.ts'
import { sliceOf } from '../../core/place.ts'
import { toHex } from '../../bytes/layout.ts'
import { detectAll } from '../../engine/registry.ts'
import { dump } from '../../testing/dump.ts'
import {
  bootEvents,
  makeCelJson,
  makeCos,
  makeDstack,
  makeScale,
  makeTcg2,
  RECIPES,
  SYSTEM_EVENTS,
  type EventRecipe,
} from './attester.ts'
import { FORMATS } from './formats.ts'
import { scheme } from './scheme.ts'
import { readTcg } from './tcg.ts'
import { deriveTcg } from './tcg-entries.ts'
import { stopProblems } from './tcg-node.ts'

async function derived(bytes: Uint8Array): Promise<Derived> {
  const slice = sliceOf('', bytes)
  const format = scheme.formats.find(({ id }) => id === detectAll(slice)[0]?.format)
  if (!format?.derive) throw new Error('nothing reads this as a log')
  return format.derive(format.decode(slice, { hints: {} }).decoded)
}

const recipe = (id: string) => RECIPES[id]?.() ?? new Uint8Array()
const valueOf = ({ values }: Derived, name: string) => values.find((one) => one.name === name)?.value
const cc = (events: readonly EventRecipe[]) => derived(makeTcg2(['sha384'], events, { headerRegister: 1 }))
const tpm = (events: readonly EventRecipe[]) => derived(makeTcg2(['sha1', 'sha256'], events))

describe('registers', () => {
  it('of a PCR that holds nothing but the separator have the published value', async () => {
    const { registers } = await tpm([{ register: 2, type: 4, data: new Uint8Array(4) }])
    expect(registers.map(({ name, hash, value }) => `${name}:${hash} ${toHex(value)}`)).toEqual([
      'PCR2:sha1 b2a83b0ebf2f8374299a5b2bdfc31ea955ad7236',
      'PCR2:sha256 3d458cfe55cc03ea1f443f1562beec8df51c75e14a9fcf9a7234a13f198e7969',
    ])
  })
  it('are named as a trust domain names them, and padding is no event', async () => {
    const { registers, summary, events } = await derived(recipe('ccel'))
    expect(registers.map(({ name }) => name)).toEqual(['RTMR0', 'RTMR1', 'RTMR2'])
    expect(summary?.padding).toBe(64)
    expect(events.count).toBe(bootEvents(true).length + 1)
  })
  it('start from the locality that the first event names, and never from a second', async () => {
    const locality = (value: number): EventRecipe => ({
      register: 0,
      type: 3,
      data: new TextEncoder().encode(`StartupLocality\0${String.fromCharCode(value)}`),
    })
    const event: EventRecipe = { register: 0, type: 8, data: Uint8Array.of(1) }
    const [plain, three, both] = await Promise.all(
      [[event], [locality(3), event], [locality(3), locality(0), event]].map(tpm),
    )
    expect(three?.registers).not.toEqual(plain?.registers)
    expect(both?.registers).toEqual(three?.registers)
  })
  it('of IMA extend ones for a violation', async () => {
    const { registers, events } = await derived(recipe('ima-text'))
    expect(registers.map(({ name, hash }) => `${name}:${hash}`)).toEqual(['PCR10:sha1', 'PCR10:sha256'])
    expect([...eachEvent(events)].map(({ covered }) => covered)).toEqual(['whole', 'whole', 'none'])
  })
})

describe('Secure Boot', () => {
  it('is on or off where every guard holds', async () => {
    expect(valueOf(await cc(bootEvents(true)), 'SecureBoot')).toBe('true')
    expect(valueOf(await tpm(bootEvents(false, false)), 'SecureBoot')).toBe('false')
  })
  const off = bootEvents(false, false)
  const on = bootEvents(false)
  const cases: readonly (readonly [string, readonly EventRecipe[], string])[] = [
    [
      'a forged value with the digest kept',
      off.map((e, i) => (i === 0 ? { ...e, data: Uint8Array.from([...e.data.slice(0, -1), 1]), hashed: e.data } : e)),
      'log.sb.not-covered',
    ],
    ['a hidden type', off.map((e, i) => (i === 0 ? { ...e, type: 2 } : e)), 'log.sb.type'],
    ['a second set after boot', [...off, ...on.slice(0, 5)], 'log.sb.several'],
    ['no separator', off.filter(({ register, type }) => register !== 7 || type !== 4), 'log.sb.no-separator'],
    ['two separators in one PCR', [...off, { register: 7, type: 4, data: new Uint8Array(4) }], 'log.sb.separators'],
    [
      'a separator that says error',
      off.map((e) => (e.type === 4 ? { ...e, data: Uint8Array.of(1, 0, 0, 0) } : e)),
      'log.sb.separator-odd',
    ],
    ['on without an authority', on.filter(({ type }) => type !== 0x800000e0), 'log.sb.no-authority'],
    ['on without keys', on.filter((_, i) => i !== 1), 'log.sb.key-missing'],
  ]
  it.each(cases)('is undetermined with %s', async (_, events, why) => {
    const found = await tpm(events)
    expect(valueOf(found, 'SecureBoot')).toBeUndefined()
    expect(found.conclusions.find(({ name }) => name === 'SecureBoot')?.because.text).toBe(why)
  })
})

describe('named values', () => {
  it('are the command line without its file, and undetermined where there are two', async () => {
    expect(valueOf(await tpm(bootEvents(false)), 'cmdline')).toBe('root=/dev/vda1 ro')
    const line = bootEvents(false).filter(({ register }) => register === 8)
    expect(valueOf(await tpm([...bootEvents(false), ...line]), 'cmdline')).toBeUndefined()
  })
  it('of dstack are recomputed, and only the system’s own', async () => {
    const good = await derived(recipe('dstack'))
    expect(good.values.map(({ name }) => name)).toEqual(['app-id', 'compose-hash', 'instance-id', 'key-provider'])
    const forged = await derived(recipe('dstack-forged'))
    expect(valueOf(forged, 'compose-hash')).toBeUndefined()
    expect(forged.registers.find(({ name }) => name === 'RTMR3')).not.toEqual(
      good.registers.find(({ name }) => name === 'RTMR3'),
    )
    const late = await derived(makeDstack([...SYSTEM_EVENTS, { name: 'os-image-hash', payload: Uint8Array.of(1) }]))
    expect(valueOf(late, 'os-image-hash')).toBeUndefined()
  })
  it('of a launcher end at its separator', async () => {
    const { values } = await derived(recipe('cos'))
    expect(values.map(({ name }) => name)).toEqual(['image-reference', 'image-digest', 'argument-0'])
    const twice = await derived(
      makeCos([
        [1, 'a'],
        [1, 'b'],
        [8, ''],
      ]),
    )
    expect(twice.values).toEqual([])
  })
})

describe('forms', () => {
  it('in CBOR come to what the same events come to in JSON', async () => {
    const [json, cbor] = await Promise.all([derived(recipe('cel-json')), derived(recipe('cel-cbor'))])
    expect(cbor.registers).toEqual(json.registers)
    expect(cbor.events.covered).toEqual(json.events.covered)
  })
  it('in SCALE come to what the same events come to in JSON, and digests are recomputed there too', async () => {
    const quote = new Uint8Array(80)
    quote.set([4, 0, 2, 0, 0x81])
    const log = makeScale(quote, SYSTEM_EVENTS, new Uint8Array(64))
    const json = await derived(makeDstack(SYSTEM_EVENTS))
    const scale = await derived(log)
    const rtmr3 = ({ registers }: Derived) => registers.find(({ name }) => name === 'RTMR3')
    expect(rtmr3(scale)).toEqual(rtmr3(json))
    expect(scale.values).toEqual(
      json.values.map((one) => ({ ...one, event: one.event - 1, ranges: expect.anything() })),
    )
    // No sample of its own: the quote in it is none.
    const format = scheme.formats.find(({ id }) => id === FORMATS.dstackScale)
    const tree = format?.decode(sliceOf('', log), { hints: {} }).tree()
    await expect(tree && dump(tree)).toMatchFileSnapshot('./dumps/dstack-scale.dump.txt')
    const changed = SYSTEM_EVENTS.map((one) =>
      one.name === 'compose-hash' ? { ...one, payload: new Uint8Array(32), digest: '00'.repeat(48) } : one,
    )
    const forged = await derived(makeScale(quote, changed, new Uint8Array(64)))
    expect(valueOf(forged, 'compose-hash')).toBeUndefined()
    expect(rtmr3(forged)).not.toEqual(rtmr3(json))
    for (let end = log.length - 1; end > 90; end -= 7)
      expect((await derived(log.slice(0, end))).events.count).toBeLessThanOrEqual(14)
  })
})

describe('reading', () => {
  it('stops at lies and keeps the events before them', async () => {
    const log = makeTcg2(['sha384'], bootEvents(true), { headerRegister: 1 })
    const whole = await derived(log)
    const cut = await derived(log.slice(0, -3))
    expect(cut.events.count).toBe(whole.events.count - 1)
    expect(cut.summary?.padding).toBe(0)
  })
  it('says where a limit stopped it, and that it is not the whole log', () => {
    const log = readTcg(sliceOf('', makeTcg2(['sha384'], bootEvents(true), { headerRegister: 1 })), 5)
    expect(deriveTcg(log).summary).toMatchObject({ isPart: true, end: log.end })
    expect(stopProblems(log).map(({ because }) => because)).toEqual([
      { text: 'log.stopped.too-many', params: { at: `0x${log.end.toString(16)}`, event: 5 } },
    ])
  })
  it('keeps the records of a text that breaks off, but for the one in which it does', async () => {
    const log = makeCelJson(bootEvents(false))
    const whole = await derived(log)
    for (const cut of [1, 2, 40, 90]) {
      const { events, summary } = await derived(log.slice(0, -cut))
      expect(events.count, `${cut} bytes less`).toBe(whole.events.count - 1)
      expect(summary?.isPart).toBe(true)
    }
  })
  it('reads ten megabytes of zeros behind a log as padding, at once', async () => {
    const log = makeTcg2(['sha384'], bootEvents(true), { headerRegister: 1 })
    const big = new Uint8Array(log.length + 10 * 1024 * 1024)
    big.set(log)
    const started = performance.now()
    expect((await derived(big)).summary?.padding).toBe(10 * 1024 * 1024)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
