import type { InputFile } from '../../src/engine/api.ts'
import { fromBase64 } from './bytes.ts'
import { forget, forgetOwn, verdictOf } from './engine.ts'
import { runFleet } from './fleet.ts'
import { growthRows, type GrowthRow } from './growth.ts'
import { makePeers, type PeerKind } from './peers.ts'

/** Runs inside one browser page: every candidate on the same evidence, taking turns, against the bare WebCrypto verifications that the task cannot avoid. */

/** One piece of evidence: its files in base64, and the same in the form that the peers of its kind take. */
export interface Variant {
  readonly files: readonly { readonly name: string; readonly base64: string }[]
  readonly peer: Readonly<Record<string, string>>
  readonly at: number
}

export interface BenchInput {
  readonly name: string
  readonly kind: 'intel' | 'snp' | 'nitro'
  /** Each round takes the next one. */
  readonly variants: readonly Variant[]
}

export interface Quartiles {
  readonly p25: number
  readonly median: number
  readonly p75: number
}

export interface BenchRow {
  readonly candidate: string
  readonly median: number
  readonly p95: number
  readonly min: number
  /** Ratios round by round: to the floor (of the evidence alone, where endorsements are kept), and to this engine. */
  readonly floor: Quartiles
  readonly ours: Quartiles
  readonly verifications: number
  readonly note: string
}

const ROUNDS = 48
const WARM_UP = 12

type Verify = Parameters<SubtleCrypto['verify']>
const bareVerify = crypto.subtle.verify.bind(crypto.subtle)
let recorded: Verify[] | undefined
let count = 0
crypto.subtle.verify = (...given: Verify) => {
  count += 1
  // Views are copied: what is measured later must not depend on buffers that changed.
  recorded?.push([given[0], given[1], copy(given[2]), copy(given[3])])
  return bareVerify(...given)
}

function copy(source: BufferSource): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    source instanceof ArrayBuffer
      ? new Uint8Array(source)
      : new Uint8Array(source.buffer, source.byteOffset, source.byteLength),
  )
}

async function recordedDuring(run: () => Promise<unknown>): Promise<Verify[]> {
  recorded = []
  await run()
  const calls = recorded
  recorded = undefined
  return distinct(calls)
}

/** What nobody can do without: each signature once, however often it was asked about. */
function distinct(calls: readonly Verify[]): Verify[] {
  const seen = new Map(
    calls.map((call) => [`${JSON.stringify(call[0])} ${[copy(call[2]).join(), copy(call[3]).join()].join(' ')}`, call]),
  )
  return [...seen.values()]
}

interface Floors {
  readonly whole: readonly Verify[]
  readonly evidence: readonly Verify[]
}
interface Candidate {
  readonly name: string
  /** Outside the clock. */ readonly prepare?: (round: number) => Promise<unknown>
  readonly run: (round: number) => Promise<string>
  readonly times: number[]
  note: string
  verifications: number
}

async function measure(input: BenchInput, kind: PeerKind): Promise<BenchRow[]> {
  const variants = input.variants.map(({ files, at }) => ({
    at,
    files: files.map((file): InputFile => ({ name: file.name, bytes: fromBase64(file.base64) })),
  }))
  const floors: Floors[] = []
  for (const { files, at } of variants) {
    forget()
    floors.push({
      whole: await recordedDuring(() => verdictOf(files, at)),
      // In this order: the second finds the endorsements remembered.
      evidence: await recordedDuring(async () => {
        forgetOwn()
        await verdictOf(files, at)
      }),
    })
  }
  const pick = <T>(list: readonly T[], round: number): T => list[round % list.length] as T
  const ours = (round: number) => {
    const { files, at } = pick(variants, round)
    return verdictOf(files, at)
  }
  const bare = async (calls: readonly Verify[]) => {
    for (const call of calls) await bareVerify(...call)
    count += calls.length
    return ''
  }
  const candidate = (name: string, run: Candidate['run'], prepare?: Candidate['prepare']): Candidate => ({
    name,
    run,
    times: [],
    note: '',
    verifications: 0,
    ...(prepare ? { prepare } : {}),
  })
  const candidates: Candidate[] = [
    candidate('floor', (round) => bare(pick(floors, round).whole)),
    candidate('this engine', ours, async () => {
      forget()
    }),
    candidate('floor, evidence alone', (round) => bare(pick(floors, round).evidence)),
    // Another piece of evidence of the same fleet came before.
    candidate('this engine, endorsements kept', ours, async (round) => {
      await ours(round + 1)
      forgetOwn()
    }),
    ...(await makePeers(input, kind)).map((peer) => candidate(peer.name, (round) => peer.run(round % variants.length))),
  ]
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (let turn = 0; turn < candidates.length; turn++) {
      // A new order each round: none always runs behind the same neighbour.
      const one = pick(candidates, turn + Math.abs(round))
      await one.prepare?.(Math.abs(round))
      const before = count
      const started = performance.now()
      try {
        one.note = await one.run(Math.abs(round))
      } catch (thrown) {
        one.note = `refused: ${String(thrown).slice(0, 90)}`
      }
      const ms = performance.now() - started
      one.verifications = count - before
      if (round >= 0) one.times.push(ms)
    }
  }
  const [floor, own, alone, kept] = candidates
  return candidates.map(({ name, times, verifications, note }) => ({
    candidate: name,
    ...spread(times),
    floor: roundByRound(times, name === kept?.name || name === alone?.name ? alone?.times : floor?.times),
    ours: roundByRound(times, own?.times),
    verifications,
    note,
  }))
}

function spread(times: readonly number[]): { readonly median: number; readonly p95: number; readonly min: number } {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0
  return { median: at(0.5), p95: at(0.95), min: at(0) }
}

/** What a loaded machine does to one round it does to both. */
function roundByRound(times: readonly number[], base: readonly number[] = []): Quartiles {
  const sorted = times.map((ms, i) => ms / (base[i] ?? Number.NaN)).sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.floor(part * sorted.length)] ?? Number.NaN
  return { p25: at(0.25), median: at(0.5), p75: at(0.75) }
}

/** Attester-made evidence: several distinct pieces, so that nothing can be remembered between rounds, and one that repeats. */
async function makeInputs(): Promise<BenchInput[]> {
  const { attesterInputs } = await import('./attester-inputs.ts')
  return attesterInputs()
}

declare global {
  interface Window {
    bench: {
      readonly run: (input: BenchInput, kind: PeerKind) => Promise<BenchRow[]>
      readonly makeInputs: () => Promise<BenchInput[]>
      readonly growth: () => Promise<GrowthRow[]>
      readonly fleet: typeof runFleet
    }
  }
}

window.bench = { run: measure, makeInputs, growth: growthRows, fleet: runFleet }
