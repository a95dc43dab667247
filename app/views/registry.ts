import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { Panel } from './panel.ts'

const modules = import.meta.glob<{ readonly panel: Panel }>('./*/index.ts', { eager: true })

/** All panels, found by their folders. */
export const panels: readonly Panel[] = Object.values(modules)
  .map((module) => module.panel)
  .sort((a, b) => a.order - b.order)

const components = new Map<string, LazyExoticComponent<ComponentType>>()

function lazily(id: string, load: () => Promise<ComponentType>): LazyExoticComponent<ComponentType> {
  const known = components.get(id)
  if (known) return known
  const fresh = lazy(async () => ({ default: await load() }))
  components.set(id, fresh)
  return fresh
}

/** The panel's component; loads when first rendered. */
export function componentOf(panel: Panel): LazyExoticComponent<ComponentType> {
  return lazily(panel.id, () => panel.load())
}

/** The panel's control for the banner, when it has one. */
export function actionOf(panel: Panel): LazyExoticComponent<ComponentType> | undefined {
  const load = panel.loadAction
  return load && lazily(`${panel.id}:action`, load)
}
