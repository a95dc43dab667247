import { beforeAll, describe, expect, it } from 'vitest'
import type { InputFile } from '../../src/engine/api.ts'
import { appraise } from '../../src/engine/appraise.ts'
import { NO_POLICY } from '../../src/core/policy.ts'
import { standIn, type StandIn, type StandInAnswer } from '../../src/testing/collateral-stand-in.ts'
import type { OwnRule } from '../../src/engine/collateral-requests.ts'
import { collateralRules } from '../../src/engine/collateral-rules.ts'
import { HopFailure, LARGEST_ANSWER, type Hop, type HopAnswer } from './fetch-one.ts'
import { gather, type Cache, type GatherOptions, type Kept } from './gather.ts'

/** Fetching without a network: the stand-in answers, in good order or not. */

let vendors: StandIn
let rules: readonly OwnRule[]
beforeAll(async () => {
  rules = await collateralRules()
  vendors = await standIn()
})

const NOW = Date.parse('2026-06-15T12:00:00Z')
const view = (files: readonly InputFile[], at: string) =>
  appraise(files, { at: Date.parse(at), atSource: 'given', policy: NO_POLICY })

type Lie = (hop: Hop, honest: StandInAnswer, call: number) => StandInAnswer | Promise<StandInAnswer> | undefined

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve()
  for (let at = 0; at < bytes.length; at += 4096) yield bytes.subarray(at, at + 4096)
}

function surroundings(lie?: Lie) {
  const calls: string[] = []
  const waits: number[] = []
  let now = NOW
  const transport = async (hop: Hop): Promise<HopAnswer> => {
    calls.push(`${hop.method} ${hop.url}`)
    const honest = vendors.answer(hop.url)
    const { status, headers, body } = (await lie?.(hop, honest, calls.length)) ?? honest
    return { status, headers: Object.entries(headers), body: pieces(body) }
  }
  const options: GatherOptions = {
    rules,
    transport,
    now: () => now,
    sleep: async (ms, signal) => {
      waits.push(ms)
      now += ms
      await Promise.resolve()
      if (signal.aborted) throw new Error('cancelled')
    },
    signal: new AbortController().signal,
  }
  return { options, calls, waits }
}

async function fetched(id: string, lie?: Lie, more: Partial<GatherOptions> = {}) {
  const one = vendors.cases.find((known) => known.id === id)
  if (!one) throw new Error(id)
  const around = surroundings(lie)
  const done = await gather(one.bare, async (files) => (await view(files, one.at)).wishes, {
    ...around.options,
    ...more,
  })
  return { ...around, ...done, view: await view(done.files, one.at), one }
}

const spoken = ({ headline, ifRootTrusted, answers }: Awaited<ReturnType<typeof view>>) => ({
  headline,
  ifRootTrusted,
  answers: Object.values(answers).map(({ question, state, because }) => [question, state, because.text]),
})

describe('bare evidence comes to the verdict of the full case', () => {
  it.each([
    ['tdx', 'S5', 4],
    ['sgx', 'S5', 4],
    ['snp-vcek', 'S5w', 2],
    ['snp-vlek', 'S5w', 1],
  ])('%s: %s after %i requests', async (id, headline, requests) => {
    const done = await fetched(id)
    const alone = await view(done.one.bare, done.one.at)
    expect(alone.ifRootTrusted).not.toBe(headline)
    expect(spoken(done.view)).toEqual(spoken(await view(done.one.full, done.one.at)))
    expect(done.view.ifRootTrusted).toBe(headline)
    expect(done.calls).toHaveLength(requests)
    expect(new Set(done.calls).size).toBe(requests)
    expect(done.steps.every(({ fate }) => fate.kind === 'got')).toBe(true)
    expect(done.view.collateral.every(({ origin }) => origin !== 'dropped')).toBe(true)
  })

  it('takes the issuer chain from the header of the answer', async () => {
    const bare = await fetched('tdx', (_hop, honest) => ({
      ...honest,
      headers: { 'content-type': honest.headers['content-type'] ?? '' },
    }))
    expect(bare.view.ifRootTrusted).toBe('S4')
  })
})

/** What an attacker between the reader and the vendor may answer, and what the reader is told. */
describe('bad input', () => {
  const page = new TextEncoder().encode('<!DOCTYPE html><title>Sign in</title>')
  const empty: StandInAnswer = { status: 200, headers: {}, body: new Uint8Array() }
  const redirect = (location: string): StandInAnswer => ({ status: 302, headers: { location }, body: new Uint8Array() })
  const isTcb = (hop: Hop) => hop.url.includes('/tcb?')
  const why = async (lie: Lie) => {
    const done = await fetched('tdx', lie)
    // The mirror withholds; it cannot do worse.
    expect(done.view.ifRootTrusted).toBe('S4')
    return done.steps
      .map(({ fate, request }) => (isTcb({ url: request.url } as Hop) && fate.kind === 'failed' ? fate.why : ''))
      .join('')
  }

  it.each<[string, string, Lie]>([
    ['HTML instead of data', 'not-data', (hop) => (isTcb(hop) ? { status: 200, headers: {}, body: page } : undefined)],
    [
      'HTML by its type',
      'not-data',
      (hop, honest) =>
        isTcb(hop) ? { ...honest, headers: { 'content-type': 'text/html; charset=utf-8' } } : undefined,
    ],
    ['nothing', 'empty', (hop) => (isTcb(hop) ? empty : undefined)],
    ['404', 'not-found', (hop) => (isTcb(hop) ? { ...empty, status: 404 } : undefined)],
    ['500', 'status', (hop) => (isTcb(hop) ? { ...empty, status: 500 } : undefined)],
    [
      'a redirect to an inner address',
      'redirect',
      (hop) => (isTcb(hop) ? redirect('http://169.254.169.254/latest/meta-data/') : undefined),
    ],
    [
      'a redirect to another port',
      'redirect',
      (hop) =>
        isTcb(hop)
          ? redirect('https://api.trustedservices.intel.com:8443/tdx/certification/v4/tcb?fmspc=d0e0f0000000')
          : undefined,
    ],
    [
      'a redirect to another site',
      'redirect',
      (hop) => (isTcb(hop) ? redirect('https://evil.example/tcb') : undefined),
    ],
    ['a redirect to a path outside the list', 'redirect', (hop) => (isTcb(hop) ? redirect('/admin') : undefined)],
    ['a redirect without end', 'redirect', (hop) => (isTcb(hop) ? redirect(hop.url) : undefined)],
    ['a redirect to nowhere', 'redirect', (hop) => (isTcb(hop) ? { ...empty, status: 301 } : undefined)],
    [
      'more than a mebibyte',
      'too-large',
      (hop, honest) => (isTcb(hop) ? { ...honest, body: new Uint8Array(LARGEST_ANSWER + 1) } : undefined),
    ],
    [
      'no connection',
      'unreachable',
      (hop) => {
        if (isTcb(hop)) throw new Error('ECONNREFUSED')
        return undefined
      },
    ],
    [
      'a name that leads inside',
      'inner-address',
      (hop) => {
        if (isTcb(hop)) throw new HopFailure('inner-address', '127.0.0.1')
        return undefined
      },
    ],
    [
      'a proxy that fails',
      'proxy',
      (hop) => {
        if (isTcb(hop)) throw new HopFailure('proxy', '502')
        return undefined
      },
    ],
  ])('%s: %s', async (_what, wanted, lie) => expect(await why(lie)).toBe(wanted))

  it('a redirect inside the list is followed', async () => {
    const done = await fetched('tdx', (hop) =>
      isTcb(hop) && !hop.url.includes('update=') ? redirect(`${hop.url}&update=standard`) : undefined,
    )
    expect(done.view.ifRootTrusted).toBe('S5')
    expect(done.calls).toHaveLength(5)
  })

  it('an answer without end is cut off', async () => {
    let read = 0
    const { options } = surroundings()
    const one = vendors.cases[0]
    if (!one) throw new Error('no case')
    async function* forever(): AsyncGenerator<Uint8Array> {
      for (;;) {
        read += 65_536
        await Promise.resolve()
        yield new Uint8Array(65_536).fill(0x20)
      }
    }
    const done = await gather(one.bare, async (files) => (await view(files, one.at)).wishes, {
      ...options,
      transport: async () => ({ status: 200, headers: [], body: forever() }),
    })
    expect(done.steps.map(({ fate }) => fate.kind === 'failed' && fate.why)).toEqual([
      'too-large',
      'too-large',
      'too-large',
      'too-large',
    ])
    expect(read).toBeLessThanOrEqual(4 * (LARGEST_ANSWER + 131_072))
  })

  it.each<[string, (honest: StandInAnswer) => StandInAnswer]>([
    ['forged', (honest) => ({ ...honest, body: altered(honest.body) })],
    [
      'for another platform',
      (honest) => ({
        ...honest,
        body: new TextEncoder().encode(
          new TextDecoder()
            .decode(honest.body)
            .replaceAll('D0E0F0000000', 'A0B0C0000000')
            .replaceAll('d0e0f0000000', 'a0b0c0000000'),
        ),
      }),
    ],
  ])('an answer that is %s is not believed, and is not asked for again', async (_what, bend) => {
    const done = await fetched('tdx', (hop, honest) => (isTcb(hop) ? bend(honest) : undefined))
    expect(done.view.ifRootTrusted).toBe('S4')
    expect(done.calls.filter((call) => call.includes('/tcb?'))).toHaveLength(1)
    expect(done.left.map(({ wish }) => wish.kind)).toEqual(['tcb-info'])
    expect(done.view.collateral.find(({ kind }) => kind === 'tcb-info')?.use).toMatch(/rejected|not-for-this/)
  })

  it('old answers leave the case open', async () => {
    const one = vendors.cases.find(({ id }) => id === 'tdx')
    if (!one) throw new Error('no case')
    const late = '2031-06-15T12:00:00Z'
    const { options, calls } = surroundings()
    const done = await gather(one.bare, async (files) => (await view(files, late)).wishes, options)
    expect((await view(done.files, late)).ifRootTrusted).toBe('S4')
    expect(calls).toHaveLength(4)
  })

  it('a wish outside the list is no request', async () => {
    const { options, calls } = surroundings()
    const done = await gather(
      [],
      async () => [
        {
          kind: 'x',
          key: '',
          title: { text: 'x', params: {} },
          urls: ['https://api.trustedservices.intel.com/../x', 'http://127.0.0.1/'],
          curl: '',
        },
      ],
      options,
    )
    expect([calls, done.steps, done.left[0]?.refused.length]).toEqual([[], [], 2])
  })
})

const altered = (bytes: Uint8Array) => {
  const copy = bytes.slice()
  const at = new TextDecoder('latin1').decode(copy).indexOf('UpToDate')
  copy[at] = 0x75
  return copy
}

describe('waiting', () => {
  const busy = (after: string): StandInAnswer => ({
    status: 429,
    headers: { 'retry-after': after },
    body: new Uint8Array(),
  })

  it('keeps to Retry-After and comes through', async () => {
    let refused = 0
    const done = await fetched('snp-vcek', (hop) =>
      hop.url.includes('?blSPL') && refused++ < 2 ? busy('23') : undefined,
    )
    expect(done.waits).toEqual([23_000, 23_000])
    expect(done.view.ifRootTrusted).toBe('S5w')
  })
  it('takes a date', async () => {
    let refused = 0
    const done = await fetched('snp-vcek', (hop) =>
      hop.url.includes('/crl') && refused++ < 1 ? busy(new Date(NOW + 40_000).toUTCString()) : undefined,
    )
    expect(done.waits).toEqual([40_000])
  })
  it('grows without one, and ends', async () => {
    const done = await fetched('snp-vcek', (hop) =>
      hop.url.includes('?blSPL') ? { ...busy(''), headers: {} } : undefined,
    )
    expect(done.waits).toEqual([1000, 2000, 4000])
    expect(done.steps.find(({ wish }) => wish.kind === 'vcek')?.fate).toMatchObject({ why: 'busy', status: 429 })
  })
  it('does not wait for an hour', async () => {
    const done = await fetched('snp-vcek', (hop) => (hop.url.includes('?blSPL') ? busy('3600') : undefined))
    expect(done.waits).toEqual([])
    expect(done.steps.find(({ wish }) => wish.kind === 'vcek')?.fate).toMatchObject({ retryAt: NOW + 3_600_000 })
  })
  it('stops when the reader cancels', async () => {
    const stop = new AbortController()
    const done = await fetched(
      'tdx',
      (hop) => {
        if (hop.url.includes('/tcb?')) stop.abort()
        return undefined
      },
      { signal: stop.signal },
    )
    expect(done.steps.some(({ fate }) => fate.kind === 'failed' && fate.why === 'cancelled')).toBe(true)
    expect(done.view.ifRootTrusted).toBe('S4')
  })
  it('asks each host twice at a time at most', async () => {
    const running = new Map<string, number>()
    let most = 0
    await fetched('tdx', async (hop, honest) => {
      const { host } = new URL(hop.url)
      running.set(host, (running.get(host) ?? 0) + 1)
      most = Math.max(most, running.get(host) ?? 0)
      await new Promise((done) => setTimeout(done, 5))
      running.set(host, (running.get(host) ?? 1) - 1)
      return honest
    })
    expect(most).toBe(2)
  })
})

describe('what is kept', () => {
  const memory = () => {
    const kept = new Map<string, Kept>()
    const cache: Cache = {
      read: async (id) => kept.get(id),
      write: async (id, one) => void kept.set(id, one),
    }
    return { kept, cache }
  }

  it('is enough without a network', async () => {
    const { cache } = memory()
    await fetched('tdx', undefined, { cache })
    const again = await fetched('tdx', undefined, { cache, isOffline: true })
    expect(again.calls).toEqual([])
    expect(again.view.ifRootTrusted).toBe('S5')
  })
  it('lets a cancelled start go on where it ended', async () => {
    const { cache, kept } = memory()
    const stop = new AbortController()
    await fetched(
      'tdx',
      (hop) => {
        if (hop.url.includes('/pckcrl')) stop.abort()
        return undefined
      },
      { cache, signal: stop.signal },
    )
    const before = kept.size
    const again = await fetched('tdx', undefined, { cache })
    expect(before).toBeGreaterThan(0)
    expect(again.calls).toHaveLength(4 - before)
    expect(again.view.ifRootTrusted).toBe('S5')
  })
  it('is asked for anew when it is poisoned', async () => {
    const { cache, kept } = memory()
    await fetched('tdx', undefined, { cache })
    for (const [id, one] of kept)
      if (id.includes('/tcb?')) kept.set(id, { ...one, record: altered(one.record), etag: undefined })
    const again = await fetched('tdx', undefined, { cache })
    expect(again.calls).toEqual([
      'GET https://api.trustedservices.intel.com/tdx/certification/v4/tcb?fmspc=d0e0f0000000',
    ])
    expect(again.view.ifRootTrusted).toBe('S5')
  })
  it('is compared by its tag when refreshed', async () => {
    const { cache } = memory()
    await fetched('tdx', undefined, { cache })
    const tags: (string | undefined)[] = []
    const again = await fetched(
      'tdx',
      (hop, honest) => {
        tags.push(hop.headers['if-none-match'])
        return hop.headers['if-none-match'] === undefined
          ? honest
          : { status: 304, headers: {}, body: new Uint8Array() }
      },
      { cache, isRefreshed: true },
    )
    expect(again.calls).toHaveLength(4)
    expect(tags.filter((tag) => tag === '"demonstration-root"')).toHaveLength(1)
    expect(again.view.ifRootTrusted).toBe('S5')
  })
})

it('nothing is sent without consent', async () => {
  const seen: number[] = []
  const done = await fetched('tdx', undefined, {
    consent: async (wanted) => {
      seen.push(wanted.length)
      return false
    },
  })
  expect([done.calls, seen]).toEqual([[], [4]])
  expect(done.steps.every(({ fate }) => fate.kind === 'failed' && fate.why === 'declined')).toBe(true)
})
