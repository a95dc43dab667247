import { useSyncExternalStore } from 'react'
import type { Engine } from './client.ts'

/** Requests since the page was loaded, counted as they happen. */
export interface RequestCount {
  /** Parts of this page itself (its code), from where it came from. */
  readonly own: number
  /** Collateral that this page's own server fetched because the reader said so. */
  readonly relayed: number
  /** Everything else. */
  readonly other: number
  readonly lastOther: string | null
}

let count: RequestCount = { own: 0, relayed: 0, other: 0, lastOther: null }
const listeners = new Set<() => void>()
const own = new URL('.', location.href.replace(/[?#].*$/s, '')).href

function add(url: string): void {
  if (url.startsWith('blob:') || url.startsWith('data:')) return
  const isOwn = url.startsWith(own) && !url.includes('?')
  count = url.startsWith(`${own}relay/`)
    ? { ...count, relayed: count.relayed + (url === `${own}relay/get` ? 1 : 0) }
    : isOwn
      ? { ...count, own: count.own + 1 }
      : { ...count, other: count.other + 1, lastOther: url }
  for (const listen of listeners) listen()
}

/** Starts counting: what the page and the worker ask for after the page itself has loaded. */
export function countRequests(engine: Engine): void {
  engine.onRequest(add)
  new PerformanceObserver((list) => {
    const loaded = performance.getEntriesByType('navigation')[0]
    const end =
      loaded instanceof PerformanceNavigationTiming && loaded.loadEventStart > 0
        ? loaded.loadEventStart
        : Number.POSITIVE_INFINITY
    for (const entry of list.getEntries()) if (entry.startTime > end || !entry.name.startsWith(own)) add(entry.name)
  }).observe({ type: 'resource', buffered: true })
}

/** The count, live. */
export function useRequests(): RequestCount {
  return useSyncExternalStore(
    (onChange) => {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    () => count,
  )
}
