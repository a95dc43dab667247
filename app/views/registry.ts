import { lazy, type ComponentType } from 'react'
import type { Panel } from './panel.ts'

const modules = import.meta.glob<{ readonly panel: Panel }>('./*/index.ts', { eager: true })

/** All panels, found by their folders. */
export const panels: readonly Panel[] = Object.values(modules)
  .map((module) => module.panel)
  .sort((a, b) => a.order - b.order)

const components = new Map<string, ComponentType>()

function lazily(id: string, load: () => Promise<ComponentType>): ComponentType {
  const known = components.get(id)
  if (known) return known
  const fresh = lazy(async () => ({ default: await load() }))
  components.set(id, fresh)
  return fresh
}

/** The panel's component; loads when first rendered. */
export function componentOf(panel: Panel): ComponentType {
  return lazily(panel.id, () => panel.load())
}

/** The panel's control for the banner, when it has one. */
export function actionOf(panel: Panel): ComponentType | undefined {
  const load = panel.loadAction
  return load && lazily(`${panel.id}:action`, load)
}

/** Loads a panel ahead. What is here before it is first drawn needs no stand-in, and React keeps a stand-in for 300 ms. */
async function loadAhead(panel: Panel): Promise<void> {
  const component = await panel.load()
  if (!components.has(panel.id)) components.set(panel.id, component)
}

/** Loads the panel that a case begins with, while the engine reads. */
export async function loadFirst(): Promise<void> {
  if (panels[0]) await loadAhead(panels[0])
}

/** Loads what goes to paper: a browser that prints waits for nothing. */
export async function loadPrinted(): Promise<void> {
  for (const panel of panels) if (panel.isPrinted === true) await loadAhead(panel)
}
