import type { CollateralRule } from '../core/collateral-rule.ts'
import type { OwnRule } from './collateral-requests.ts'

const modules = import.meta.glob<{ readonly collateralUrls: readonly CollateralRule[] }>(
  '../schemes/*/collateral-urls.ts',
)

let gathered: Promise<readonly OwnRule[]> | undefined

/** The rules of all schemes, in folder order; loaded once. */
export function collateralRules(): Promise<readonly OwnRule[]> {
  const known = (gathered ??= Promise.all(
    Object.entries(modules)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(async ([path, load]) => {
        const scheme = /\/schemes\/([^/]+)\//.exec(path)?.[1] ?? ''
        return (await load()).collateralUrls.map((rule): OwnRule => ({ ...rule, scheme }))
      }),
  ).then((all) => all.flat()))
  // A failed chunk load must not poison later tries.
  known.catch(() => (gathered = undefined))
  return known
}
