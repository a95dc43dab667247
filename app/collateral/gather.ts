import type { InputFile } from '../../src/engine/api.ts'
import {
  wantedOf,
  type CollateralRequest,
  type Edition,
  type OwnRule,
  type WantedCollateral,
} from '../../src/engine/collateral-requests.ts'
import type { CollateralWish } from '../../src/core/verdict.ts'
import { fetchOne, type Failure, type Fate, type Surroundings } from './fetch-one.ts'

/**
 * From bare evidence to everything its appraisal asks for: what is wished is fetched and added, and the engine is asked again, until it wishes nothing new
 * (a report names a manifest, that names its chain, that names its list). Nothing is fetched that was not wished.
 */

/** An answer that was kept. It is never trusted: the engine reads it as it reads everything, and where it does not help, the host is asked. */
export interface Kept {
  readonly record: Uint8Array
  readonly etag: string | undefined
  /** When it was fetched, milliseconds since 1970. */
  readonly time: number
}

export interface Cache {
  read(id: string): Promise<Kept | undefined>
  write(id: string, kept: Kept): Promise<void>
}

/** One request and what became of it. */
export interface Step {
  readonly wish: CollateralWish
  readonly request: CollateralRequest
  readonly from: 'network' | 'cache'
  /** When it was fetched, milliseconds since 1970. */
  readonly time: number
  readonly fate: Exclude<Fate, { kind: 'same' }>
  /** The file that it became. */
  readonly file: InputFile | undefined
}

export interface GatherOptions extends Surroundings {
  /** What may be asked of whom. */
  readonly rules: readonly OwnRule[]
  /** Of the files that come: `fetched` unless told otherwise. */
  readonly origin?: 'fetched' | 'bundled'
  readonly edition?: Edition
  readonly cache?: Cache
  /** Ask the hosts even for what is kept. */
  readonly isRefreshed?: boolean
  /** Only what is kept: no request is sent. */
  readonly isOffline?: boolean
  /** Asked before requests are sent, with all that this round would send; false: none of them is. */
  readonly consent?: (wanted: readonly WantedCollateral[]) => Promise<boolean>
  readonly onStart?: (request: CollateralRequest) => void
  readonly onStep?: (step: Step) => void
}

export interface Gathered {
  /** What was given, and behind it what was fetched. */
  readonly files: readonly InputFile[]
  readonly steps: readonly Step[]
  /** What is still wished for at the end. */
  readonly left: readonly WantedCollateral[]
}

/** Deeper than any chain of wishes is. */
const MOST_ROUNDS = 8
const MOST_REQUESTS = 64
const PER_HOST = 2

/** Fetches what `wishes` asks for. `wishes` appraises files and says what would let more checks run. */
export async function gather(
  given: readonly InputFile[],
  wishes: (files: readonly InputFile[]) => Promise<readonly CollateralWish[]>,
  options: GatherOptions,
): Promise<Gathered> {
  const { rules } = options
  const steps: Step[] = []
  const asked = new Set<string>()
  const looked = new Set<string>()
  /** By request; a newer answer takes the place of the kept one. */
  const files = new Map<string, InputFile>()
  const all = () => [...given, ...files.values()]
  const take = (step: Step) => {
    steps.push(step)
    if (step.file) files.set(step.request.id, step.file)
    options.onStep?.(step)
  }

  let left: readonly WantedCollateral[] = []
  for (let round = 0; round < MOST_ROUNDS; round++) {
    left = await wantedOf(rules, await wishes(all()), options.edition)
    // What is kept first, so that whoever has everything asks nobody.
    const fromCache =
      options.isRefreshed === true ? [] : left.filter(({ requests }) => requests.some(({ id }) => !looked.has(id)))
    let found = 0
    for (const { wish, requests } of fromCache)
      for (const request of requests) {
        if (looked.has(request.id)) continue
        looked.add(request.id)
        const kept = await options.cache?.read(request.id)
        if (!kept) continue
        found++
        take(keptStep(wish, request, kept, options))
        break
      }
    if (found > 0) continue

    const open = left.filter(({ requests }) => requests.some(({ id }) => !asked.has(id)))
    const sendable = open.filter(({ requests }) => requests.some(({ needsKey }) => !needsKey))
    if (sendable.length === 0 || asked.size >= MOST_REQUESTS) break
    const isGiven = options.isOffline !== true && ((await options.consent?.(sendable)) ?? true)
    if (!isGiven) {
      for (const { wish, requests } of sendable)
        for (const request of requests.slice(0, 1))
          take(failedStep(wish, request, options, options.isOffline === true ? 'offline' : 'declined'))
      break
    }
    const gate = hostGate()
    await Promise.all(
      sendable.map(async ({ wish, requests }) => {
        // Several addresses of one wish are tried one after another: each would do.
        for (const request of requests) {
          if (asked.has(request.id) || asked.size >= MOST_REQUESTS) continue
          asked.add(request.id)
          looked.add(request.id)
          const step = await gate(request.host, () => send(wish, request, options))
          take(step)
          if (step.fate.kind === 'got' || step.fate.why === 'cancelled') break
        }
      }),
    )
    if (options.signal.aborted) break
  }
  return { files: all(), steps, left: await wantedOf(rules, await wishes(all()), options.edition) }
}

async function send(wish: CollateralWish, request: CollateralRequest, options: GatherOptions): Promise<Step> {
  const kept = await options.cache?.read(request.id)
  options.onStart?.(request)
  const fate = await fetchOne(options.rules, request, options, kept?.etag)
  const time = options.now()
  if (fate.kind === 'same' && kept) {
    await options.cache?.write(request.id, { ...kept, time })
    return { ...keptStep(wish, request, kept, options), from: 'network', time }
  }
  if (fate.kind !== 'got')
    return failedStep(wish, request, options, 'unreachable', fate.kind === 'failed' ? fate : undefined)
  await options.cache?.write(request.id, { record: fate.record, etag: fate.etag, time })
  return { wish, request, from: 'network', time, fate, file: fileOf(wish, request, fate.record, options) }
}

function keptStep(wish: CollateralWish, request: CollateralRequest, kept: Kept, options: GatherOptions): Step {
  const { record, etag, time } = kept
  return {
    wish,
    request,
    from: 'cache',
    time,
    fate: { kind: 'got', record, status: 200, etag, serverTime: undefined },
    file: fileOf(wish, request, record, options),
  }
}

function failedStep(
  wish: CollateralWish,
  request: CollateralRequest,
  { now }: GatherOptions,
  why: Failure,
  fate: Extract<Fate, { kind: 'failed' }> = { kind: 'failed', why, status: undefined, detail: '', retryAt: undefined },
): Step {
  return { wish, request, from: 'network', time: now(), fate, file: undefined }
}

/** A name that says what it is and from whom; its own for each address. */
function fileOf(
  wish: CollateralWish,
  request: CollateralRequest,
  bytes: Uint8Array,
  { origin = 'fetched' }: GatherOptions,
): InputFile {
  const key = wish.key.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, 32)
  const also = wish.urls.length > 1 ? `-${wish.urls.indexOf(request.url) + 1}` : ''
  return { name: `${wish.kind}${key === '' ? '' : `-${key}`}${also}.http`, bytes, origin }
}

/** At most two at a time for each host, in the order in which they came. */
function hostGate(): <T>(host: string, work: () => Promise<T>) => Promise<T> {
  const running = new Map<string, number>()
  const waiting = new Map<string, (() => void)[]>()
  return async (host, work) => {
    while ((running.get(host) ?? 0) >= PER_HOST)
      await new Promise<void>((free) => waiting.set(host, [...(waiting.get(host) ?? []), free]))
    running.set(host, (running.get(host) ?? 0) + 1)
    try {
      return await work()
    } finally {
      running.set(host, (running.get(host) ?? 1) - 1)
      const [next, ...others] = waiting.get(host) ?? []
      waiting.set(host, others)
      next?.()
    }
  }
}
