import type { WantedCollateral } from '../../src/engine/collateral-requests.ts'
import type { Saying } from '../../src/core/saying.ts'
import type { Step } from './gather.ts'

/** Who would be asked, how often, and what they would learn: said before anything is sent. */
export interface AskedHost {
  readonly host: string
  readonly who: string
  readonly requests: number
  readonly reveals: readonly Saying[]
}

/** One row for each host, in the order of the wishes. A wish with several addresses counts once: the others are tried only when the first has nothing. */
export function askedHosts(wanted: readonly WantedCollateral[]): AskedHost[] {
  const rows = new Map<string, AskedHost>()
  for (const { requests } of wanted) {
    const [first] = requests.filter(({ needsKey }) => !needsKey)
    if (!first) continue
    const known = rows.get(first.host) ?? { host: first.host, who: first.who, requests: 0, reveals: [] }
    const isNew = !known.reveals.some((one) => JSON.stringify(one) === JSON.stringify(first.reveals))
    rows.set(first.host, {
      ...known,
      requests: known.requests + 1,
      reveals: isNew ? [...known.reveals, first.reveals] : known.reveals,
    })
  }
  return [...rows.values()].map((row) => ({ ...row, reveals: telling(row.reveals) }))
}

/** Where one address of a host names something, that the others name nothing is not worth saying. */
function telling(reveals: readonly Saying[]): readonly Saying[] {
  const naming = reveals.filter(({ params }) => Object.keys(params).length > 0)
  return naming.length > 0 ? naming : reveals
}

const DAY_MS = 86_400_000

/** A host whose clock and ours are more than a day apart, with the days between; undefined where all agree. */
export function clockApart(steps: readonly Step[]): { readonly host: string; readonly days: number } | undefined {
  for (const { fate, from, time, request } of steps) {
    if (from !== 'network' || fate.kind !== 'got' || fate.serverTime === undefined) continue
    const days = Math.round(Math.abs(fate.serverTime - time) / DAY_MS)
    if (days > 1) return { host: request.host, days }
  }
  return undefined
}
