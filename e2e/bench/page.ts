import { NO_POLICY } from '../../src/core/policy.ts'
import type { InputFile } from '../../src/engine/api.ts'
import { appraiseCase } from '../../src/engine/appraise.ts'
import { openCase } from '../../src/engine/case.ts'
import { makePeers, type Peer } from './peers.ts'

/** Runs inside one browser page: every candidate on the same evidence, taking turns, against the bare WebCrypto verifications that the task cannot avoid. */

export interface BenchInput {
  readonly name: string
  readonly kind: 'intel' | 'snp' | 'nitro'
  readonly at: number
  /** One entry per distinct piece of evidence; the files of each, base64. */
  readonly variants: readonly (readonly { readonly name: string; readonly base64: string }[])[]
  /** What the peers take. */
  readonly peer?: Readonly<Record<string, string>>
}

export interface BenchRow { readonly input: string; readonly candidate: string; readonly median: number; readonly p95: number; readonly min: number; readonly verifications: number; readonly note: string }

const ROUNDS = 60
const WARM_UP = 8

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
  return Uint8Array.from(source instanceof ArrayBuffer ? new Uint8Array(source) : new Uint8Array(source.buffer, source.byteOffset, source.byteLength))
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

async function ours(files: readonly InputFile[], at: number): Promise<string> {
  const view = await appraiseCase(await openCase(files), { at, atSource: 'given', policy: NO_POLICY })
  return view.ifRootTrusted === null ? view.headline : `${view.headline} (else ${view.ifRootTrusted})`
}

async function floorOf(files: readonly InputFile[], at: number): Promise<Verify[]> {
  recorded = []
  await ours(files, at)
  const calls = recorded
  recorded = undefined
  return calls
}

interface Candidate { readonly name: string; readonly run: (round: number) => Promise<string>; readonly times: number[]; note: string; verifications: number }

async function measure(input: BenchInput): Promise<BenchRow[]> {
  const variants = input.variants.map((files) => files.map((file): InputFile => ({ name: file.name, bytes: decode(file.base64) })))
  const first = variants[0]
  if (!first) return []
  const floors = await Promise.all(variants.map(() => []) as Verify[][])
  for (const [index, files] of variants.entries()) floors[index] = await floorOf(files, input.at)
  const pick = <T>(list: readonly T[], round: number): T => list[round % list.length] as T
  const candidates: Candidate[] = [
    { name: 'floor', run: async (round) => { const calls = pick(floors, round); for (const call of calls) await bareVerify(...call); count += calls.length; return `${calls.length} verifications` }, times: [], note: '', verifications: 0 },
    { name: 'this engine', run: (round) => ours(pick(variants, round), input.at), times: [], note: '', verifications: 0 },
  ]
  for (const peer of await makePeers(input)) candidates.push({ name: peer.name, run: peer.run, times: [], note: '', verifications: 0 })
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (let turn = 0; turn < candidates.length; turn++) {
      // A new order each round: none always runs behind the same neighbour.
      const candidate = candidates[(turn + Math.abs(round)) % candidates.length] as Candidate
      const before = count
      const started = performance.now()
      try { candidate.note = await candidate.run(Math.abs(round)) } catch (thrown) { candidate.note = `refused: ${String(thrown).slice(0, 90)}` }
      const ms = performance.now() - started
      candidate.verifications = count - before
      if (round >= 0) candidate.times.push(ms)
    }
  }
  return candidates.map((candidate) => {
    const sorted = [...candidate.times].sort((a, b) => a - b)
    const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0
    return { input: input.name, candidate: candidate.name, median: at(0.5), p95: at(0.95), min: at(0), verifications: candidate.verifications, note: candidate.note }
  })
}

declare global {
  interface Window { bench: { readonly run: (input: BenchInput) => Promise<BenchRow[]>; readonly makeInputs: () => Promise<BenchInput[]> } }
}

/** Attester-made evidence: several distinct pieces, so that nothing can be remembered between rounds. */
async function makeInputs(): Promise<BenchInput[]> {
  const { attesterInputs } = await import('./attester-inputs.ts')
  return attesterInputs()
}

window.bench = { run: measure, makeInputs }
export type { Peer }
