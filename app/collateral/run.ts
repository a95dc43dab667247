import { useSyncExternalStore } from 'react'
import type { QueryClient } from '@tanstack/react-query'
import type { AppraiseOptions, InputFile } from '../../src/engine/api.ts'
import type { Edition, WantedCollateral } from '../../src/engine/collateral-requests.ts'
import type { CollateralWish } from '../../src/core/verdict.ts'
import { caseKey } from '../case/case.ts'
import { caseFile, type CaseFile } from '../case/files.ts'
import type { Engine } from '../worker/client.ts'
import { askedHosts, clockApart } from './asked.ts'
import type { Failure, Transport } from './fetch-one.ts'
import { gather, type Cache, type Kept, type Step } from './gather.ts'
import { sleep } from './sleep.ts'

/** Fetching for one case, while the reader looks at other panels: what is under way, what came, and why something did not. */

/** How one wish stands. */
export type Standing =
  | { readonly state: 'asking'; readonly host: string }
  | {
      readonly state: 'waiting'
      readonly host: string
      readonly from: number
      readonly until: number
      readonly why: Failure
    }
  | { readonly state: 'got'; readonly host: string; readonly time: number; readonly isKept: boolean }
  | { readonly state: 'failed'; readonly host: string; readonly fate: Extract<Step['fate'], { kind: 'failed' }> }

export interface Run {
  readonly isRunning: boolean
  /** By `kind key` of the wish. */
  readonly standings: ReadonlyMap<string, Standing>
  /** Whose clock is far from ours. */
  readonly clock: ReturnType<typeof clockApart>
}

const IDLE: Run = { isRunning: false, standings: new Map(), clock: undefined }
const runs = new Map<number, Run>()
const stops = new Map<number, AbortController>()
const listeners = new Set<() => void>()

function put(number: number, change: (run: Run) => Run): void {
  runs.set(number, change(runs.get(number) ?? IDLE))
  for (const listen of listeners) listen()
}

/** The fetching of a case, live. */
export function useRun(number: number): Run {
  return useSyncExternalStore(
    (onChange) => {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    () => runs.get(number) ?? IDLE,
  )
}

export const wishId = ({ kind, key }: Pick<CollateralWish, 'kind' | 'key'>): string => `${kind} ${key}`

export interface RunOptions {
  readonly number: number
  readonly engine: Engine
  readonly files: readonly CaseFile[]
  readonly appraise: AppraiseOptions
  readonly transport: Transport
  /** Where it comes from: other hosts, or what this deployment keeps. */
  readonly origin: 'fetched' | 'bundled'
  /** What the reader saw and agreed to; what it leads to later is asked for only where it tells nobody anything else. */
  readonly agreed: readonly WantedCollateral[]
  readonly edition: Edition | undefined
  readonly isRefreshed: boolean
  readonly queries: QueryClient
  readonly onFile: (file: CaseFile) => void
}

/** Stops what is under way; what came stays. */
export function cancelRun(number: number): void {
  stops.get(number)?.abort()
}

/** Fetches what a case lacks. One run at a time for each case; never rejects. */
export async function startRun(options: RunOptions): Promise<void> {
  const { number, engine, files, transport, queries } = options
  if (runs.get(number)?.isRunning === true) return
  const stop = new AbortController()
  stops.set(number, stop)
  put(number, () => ({ ...IDLE, isRunning: true }))
  const stand = (wish: CollateralWish, standing: Standing) =>
    put(number, (run) => ({ ...run, standings: new Map(run.standings).set(wishId(wish), standing) }))
  /** Wishes by request: progress is told of requests. */
  const wishOf = new Map<string, CollateralWish>()
  const learnt = new Set(askedHosts(options.agreed).flatMap(toldTo))
  try {
    const rules = await engine.rules()
    const done = await gather(files, (all) => wishesOf(engine, all, options.appraise), {
      rules,
      transport,
      origin: options.origin,
      // What this deployment keeps is at hand anyway, and is told apart from what was fetched.
      ...(options.origin === 'fetched' ? { cache: queryCache(queries) } : {}),
      now: () => Date.now(),
      sleep,
      signal: stop.signal,
      isRefreshed: options.isRefreshed,
      ...(options.edition === undefined ? {} : { edition: options.edition }),
      consent: async (wanted) => {
        for (const { wish, requests } of wanted) for (const { id } of requests) wishOf.set(id, wish)
        return askedHosts(wanted)
          .flatMap(toldTo)
          .every((told) => learnt.has(told))
      },
      onStart: (request) => {
        const wish = wishOf.get(request.id)
        if (wish) stand(wish, { state: 'asking', host: request.host })
      },
      onWait: (request, until, why) => {
        const wish = wishOf.get(request.id)
        if (wish) stand(wish, { state: 'waiting', host: request.host, from: Date.now(), until, why })
      },
      onStep: (step) => {
        const { wish, request, fate, file, time, from } = step
        if (file) void caseFile(file).then(options.onFile)
        if (fate.kind === 'got') stand(wish, { state: 'got', host: request.host, time, isKept: from === 'cache' })
        else if (fate.why !== 'declined') stand(wish, { state: 'failed', host: request.host, fate })
      },
    })
    put(number, (run) => ({ ...run, clock: clockApart(done.steps) }))
  } catch {
    // The engine stopped: the case says so itself. What came is there.
  } finally {
    stops.delete(number)
    put(number, (run) => ({ ...run, isRunning: false }))
  }
}

/** Who learns what, as one text each: consent is for exactly that. */
function toldTo({ host, reveals }: ReturnType<typeof askedHosts>[number]): string[] {
  return reveals.map((one) => `${host} ${one.text} ${JSON.stringify(one.params)}`)
}

async function wishesOf(
  engine: Engine,
  files: readonly InputFile[],
  options: AppraiseOptions,
): Promise<readonly CollateralWish[]> {
  const own = await Promise.all(files.map(caseFile))
  return (await engine.appraise(caseKey(own), own, options)).wishes
}

/** Answers of this page's life: cancelled and begun again, nothing is asked twice. */
function queryCache(queries: QueryClient): Cache {
  return {
    read: async (id) => queries.getQueryData<Kept>(['fetched', id]),
    write: async (id, kept) => void queries.setQueryData(['fetched', id], kept),
  }
}
