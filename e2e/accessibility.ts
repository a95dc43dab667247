import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

interface Asked {
  /** Only what stands in it. */
  readonly within?: string
  /** Contrast is all that a theme changes: the dark one is asked for nothing else. */
  readonly theme?: 'light' | 'dark'
  readonly without?: readonly string[]
  readonly tags?: readonly string[]
}

/**
 * What axe finds on the page, a line each: where, which rule, which elements.
 * The page has no frames of its own, so that axe runs in it at once and gives back the violations only: without that it carries every element that passed out of the page and back in, which was most of the time.
 */
export async function violationsOn(page: Page, where: string, asked: Asked = {}): Promise<string[]> {
  let axe = new AxeBuilder({ page }).setLegacyMode(true)
  axe = axe.options({ resultTypes: ['violations'], ...(asked.theme === 'dark' ? { runOnly: ['color-contrast'] } : {}) })
  if (asked.within !== undefined) axe = axe.include(asked.within)
  if (asked.without) axe = axe.disableRules([...asked.without])
  if (asked.tags) axe = axe.withTags([...asked.tags])
  const { violations } = await axe.analyze()
  return violations.map(
    ({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  )
}
