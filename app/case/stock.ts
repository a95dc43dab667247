import { useEffect } from 'react'
import { panels } from '../views/registry.ts'
import type { Engine } from '../worker/client.ts'

/** A visitor who does nothing for this long has what they came for; the line is free. */
const QUIET_MS = 4000

/** The page's own parts that are loaded when first used. The chart and certificate libraries are not among them: they are large, and come with their panels. */
const parts: readonly (() => Promise<unknown>)[] = [
  ...panels.map((panel) => () => panel.load()),
  ...panels.flatMap((panel) => (panel.loadAction ? [panel.loadAction] : [])),
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
      if (!isDone)
        loadAll(engine).catch(() => {
          isDone = false
        })
    }, QUIET_MS)
    return () => clearTimeout(timer)
  }, [engine, step])
}

let isDone = false

async function loadAll(engine: Engine): Promise<void> {
  // A reader who asked for little traffic gets what they open and no more.
  if ((navigator as { readonly connection?: { readonly saveData?: boolean } }).connection?.saveData === true) return
  isDone = true
  for (const load of parts) await load()
  for (let part = 0; await engine.stock(part); part++) {
    /* one at a time, so that a dropped file is not kept waiting */
  }
}
