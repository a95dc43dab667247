import type { AppraiseOptions, InputFile } from '../../src/engine/api.ts'
import type { FleetRow } from '../../src/engine/fleet-row.ts'
import { createEngine, Stopped, type StopReason, type WorkerLike } from './client.ts'
import { inLanes } from './in-lanes.ts'

/** One of many cases; `id` names it in its row. */
export interface FleetCase {
  readonly id: string
  readonly files: readonly InputFile[]
  readonly options: AppraiseOptions
}

/** What became of one: a row of a list, or why there is none. */
export type FleetResult =
  | { readonly id: string; readonly row: FleetRow }
  | { readonly id: string; readonly stopped: StopReason; readonly message: string }

/** A run over many cases that is under way. */
export interface Fleet {
  readonly done: Promise<void>
  /** Kills what one worker is at; the case is named, and the worker's next one goes on in a fresh one. */
  readonly cancel: (lane: number) => void
}

/** Two workers: browsers run on two cores at least, and the page needs some of them too. */
const WORKERS = 2

/**
 * Appraises many cases in several workers, and tells each row as it comes, in no order. Only rows are kept by nobody but the caller: a case that is looked at is appraised again.
 * A case that takes too long, or kills its worker, costs its own row and says so; no row that was told is lost.
 */
export function appraiseMany(
  cases: AsyncIterable<FleetCase> | Iterable<FleetCase>,
  spawn: () => WorkerLike,
  tell: (result: FleetResult) => void,
  { workers = WORKERS, timeLimit }: { readonly workers?: number; readonly timeLimit?: number } = {},
): Fleet {
  const engines = Array.from({ length: workers }, () => createEngine(spawn, timeLimit))
  const lanes = engines.map((engine) => async ({ id, files, options }: FleetCase): Promise<FleetResult> => {
    try {
      return { id, row: await engine.row(files, options) }
    } catch (thrown) {
      return thrown instanceof Stopped
        ? { id, stopped: thrown.reason, message: thrown.message }
        : { id, stopped: 'crashed', message: String(thrown) }
    }
  })
  const done = inLanes(cases, lanes, (_, result) => tell(result)).finally(() => {
    for (const engine of engines) engine.close()
  })
  return { done, cancel: (lane) => engines[lane]?.cancel() }
}
