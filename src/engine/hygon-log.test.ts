import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import { bootEvents, makeTcg2 } from '../schemes/event-log/attester.ts'
import { makeHskCek, makeReportV2 } from '../schemes/hygon-csv/attester.ts'
import type { AppraisalView } from './api.ts'
import { appraise } from './appraise.ts'
import { openCase } from './case.ts'

/** A CSV3 guest's log in SM3 beside its report: what replays is said, and a changed log breaks nothing that was signed. */

const le32 = (bytes: Uint8Array, at: number) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true)
const log = makeTcg2(['sm3'], bootEvents(true), { headerRegister: 1 })

async function judged(files: readonly Uint8Array[]) {
  const named = files.map((bytes, i) => ({ name: `file ${i}`, bytes }))
  return appraise(named, { at: Date.parse('2026-06-01T00:00:00Z'), atSource: 'given', policy: NO_POLICY })
}

/** A report whose registers hold what the log says: the first that a log extends is RTMR1, for RTMR0 is the launch digest. */
async function report() {
  const { artifacts } = await openCase([{ name: 'log', bytes: log }])
  const registers = artifacts.flatMap(({ derived }) => derived?.registers ?? [])
  const of = (name: string) => registers.find((one) => one.name === name)?.value ?? new Uint8Array(32)
  return makeReportV2({ rtmrs: ['RTMR0', 'RTMR1', 'RTMR2'].map(of) })
}

const kinds = ({ replays }: AppraisalView) =>
  replays.flatMap(({ registers }) => registers.map(({ name, kind }) => `${name} ${kind}`))

describe('m16: the log beside a report of version 2', () => {
  it('as it was written, replays to the signed registers', async () => {
    const view = await judged([await report(), makeHskCek(), log])
    expect(kinds(view)).toEqual(['RTMR1 replays', 'RTMR2 replays', 'RTMR3 replays', 'RTMR4 initial'])
    expect(view.ifRootTrusted).toBe('S5')
  })

  it('with one digest changed, no longer replays: that is said, and the report still stands', async () => {
    const good = await judged([await report(), makeHskCek(), log])
    // The first digest behind the header event: that of the first event.
    const changed = log.slice()
    const at = 32 + le32(log, 28) + 14
    changed[at] = (changed[at] ?? 0) ^ 1
    const view = await judged([await report(), makeHskCek(), changed])
    expect(kinds(view).filter((one, i) => one !== kinds(good)[i])).toEqual(['RTMR1 differs'])
    const failing = (one: AppraisalView) => one.checks.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id)
    expect(failing(good)).toEqual([])
    expect(failing(view)).toEqual([])
    expect(view.ifRootTrusted).toBe('S5')
  })
})
