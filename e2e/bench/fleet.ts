import { appraiseMany, type FleetCase } from '../../app/worker/fleet.ts'
import { NO_POLICY } from '../../src/core/policy.ts'

/** What became of a fleet that went through workers of the page. */
export interface FleetReport {
  readonly rows: number
  readonly perSecond: number
  readonly headlines: Readonly<Record<string, number>>
  /** Names of the cases that gave no row. */
  readonly stopped: readonly string[]
}

/**
 * Quotes one behind another, each with its length (4 bytes, big-endian) before it, and the collateral that all share.
 * `killAt`: after so many rows what the workers are at is killed.
 */
export async function runFleet(
  at: number,
  workers: number,
  most: number,
  killAt: number | undefined,
): Promise<FleetReport> {
  const [quotes, collateral] = await Promise.all(
    ['fleet/quotes.bin', 'fleet/collateral.json'].map(
      async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer()),
    ),
  )
  const rows: { readonly id: string; readonly said: string }[] = []
  const seen = new Set<string>()
  const spawn = () => new Worker(new URL('../../src/engine/worker.ts', import.meta.url), { type: 'module' })
  const started = performance.now()
  const fleet = appraiseMany(
    casesOf(quotes ?? new Uint8Array(), collateral ?? new Uint8Array(), at, most),
    spawn,
    (result) => {
      seen.add(result.id)
      rows.push({ id: result.id, said: 'row' in result ? `${result.row.ifRootTrusted} ${result.row.tcbStatus}` : '' })
      // Whoever told this row has nothing to lose just now; another one has.
      if (rows.length === killAt) for (let lane = 0; lane < workers; lane++) fleet.cancel(lane)
    },
    { workers },
  )
  await fleet.done
  const seconds = (performance.now() - started) / 1000
  const headlines: Record<string, number> = {}
  for (const { said } of rows) if (said !== '') headlines[said] = (headlines[said] ?? 0) + 1
  return {
    rows: seen.size,
    perSecond: rows.length / seconds,
    headlines,
    stopped: rows.filter(({ said }) => said === '').map(({ id }) => id),
  }
}

function* casesOf(quotes: Uint8Array, collateral: Uint8Array, at: number, most: number): Generator<FleetCase> {
  const lengths = new DataView(quotes.buffer, quotes.byteOffset, quotes.length)
  for (let from = 0, number = 0; from < quotes.length && number < most; number++) {
    const end = from + 4 + lengths.getUint32(from)
    yield {
      id: `quote ${number}`,
      files: [
        { name: 'quote.bin', bytes: quotes.slice(from + 4, end) },
        { name: 'collateral.json', bytes: collateral },
      ],
      options: { at, atSource: 'given', policy: NO_POLICY },
    }
    from = end
  }
}
