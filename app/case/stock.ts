import { useEffect, useSyncExternalStore } from 'react'
import type { Engine } from '../worker/client.ts'

/** A visitor who does nothing for this long has what they came for; the line is free. */
const QUIET_MS = 4000

/** The page's own parts that are loaded when first used. The chart and certificate libraries are not among them: they are large, and come with their panels. */
const parts: readonly (() => Promise<unknown>)[] = [
  () => import('./CaseRoom.tsx'),
  async () => {
    const { panels } = await import('../views/registry.ts')
    for (const panel of panels) await Promise.all([panel.load(), panel.loadAction?.()])
  },
  () => import('../front/AllExamples.tsx'),
  () => import('../front/ErrorAnswer.tsx'),
  () => import('../keys/KeyHelp.tsx'),
  () => import('../lessons/LessonHost.tsx'),
  () => import('../lessons/WorkshopPage.tsx'),
  () => import('../offline/keeper.ts'),
  () => import('../share/ShareDialog.tsx'),
  () => import('../share/Arrivals.tsx'),
  () => import('../share/LinkNotices.tsx'),
  () => import('../../src/engine/link.ts'),
  () => import('../../src/engine/link-dictionary.ts'),
  () => import('../../src/engine/case-file.ts'),
]

/** Once the first view stands, the rest of the page is loaded in the background, a part at a time: then a lost network takes nothing away. `step` changes with what the visitor does. */
export function useStock(engine: Engine, step: unknown): void {
  useEffect(() => {
    if (isDone) return undefined
    const timer = setTimeout(() => {
      if (!isDone && !isStopped)
        loadAll(engine).catch(() => {
          isDone = false
        })
    }, QUIET_MS)
    return () => clearTimeout(timer)
  }, [engine, step])
}

let isDone = false
let isStopped = false

/** No further part is loaded ahead: a newer build takes over, and the older one has to come to rest first. */
export function stopStocking(): void {
  isStopped = true
}

/** How much of the page is here: what it needs to go on without a network. */
export interface Stocked {
  readonly here: number
  /** How many there are; null until the engine has said how many are its own. */
  readonly of: number | null
  readonly isReady: boolean
}

let stocked: Stocked = { here: 0, of: null, isReady: false }
const listeners = new Set<() => void>()

function tell(next: Stocked): void {
  stocked = next
  for (const listen of listeners) listen()
}

/** The state of the page's own parts, live. */
export function useStocked(): Stocked {
  return useSyncExternalStore(
    (onChange) => {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    () => stocked,
  )
}

async function loadAll(engine: Engine): Promise<void> {
  // A reader who asked for little traffic gets what they open and no more.
  if ((navigator as { readonly connection?: { readonly saveData?: boolean } }).connection?.saveData === true) return
  isDone = true
  let here = 0
  let of: number | null = null
  const arrived = () => {
    here += 1
    tell({ here, of, isReady: false })
  }
  const [first, ...rest] = parts
  await first?.()
  arrived()
  // One at a time, so that a dropped file is not kept waiting.
  let left = await engine.stock(0)
  of = parts.length + 1 + left
  arrived()
  for (const load of rest) {
    if (isStopped) return
    await load()
    arrived()
  }
  for (let part = 1; left > 0; part++) {
    if (isStopped) return
    left = await engine.stock(part)
    arrived()
  }
  tell({ here, of, isReady: true })
}
