import { expect, it } from 'vitest'
import type { AppraiseOptions } from '../../src/engine/api.ts'
import type { Reply, Request } from '../../src/engine/protocol.ts'
import type { WorkerLike } from './client.ts'
import { appraiseMany, type FleetResult } from './fleet.ts'
import { inLanes } from './in-lanes.ts'

const options: AppraiseOptions = { at: 0, atSource: 'given', policy: { schema: 'policy/1' } }

it('does every job once, each with its place, and takes none ahead of a free lane', async () => {
  let taken = 0
  let told = 0
  async function* jobs() {
    for (let i = 0; i < 100; i++) {
      expect(taken++ - told).toBeLessThanOrEqual(3)
      yield i
    }
  }
  const done: [number, number, number][] = []
  const lane = async (job: number) => job * 2
  await inLanes(jobs(), [lane, lane, lane], (job, result, place) => {
    told += 1
    done.push([job, result, place])
  })
  expect(done.toSorted((a, b) => a[0] - b[0])).toEqual(Array.from({ length: 100 }, (_, i) => [i, 2 * i, i]))
})

/** Answers each row at once; the case that is named `hangs` never, and the one that is named `dies` takes its worker along. */
function spawn(): WorkerLike {
  const hear: ((event: { data: Reply }) => void)[] = []
  const fail: ((event: unknown) => void)[] = []
  queueMicrotask(() => hear[0]?.({ data: { job: -1, ok: true, take: 'ready' } }))
  return {
    postMessage(request: Request) {
      const name = request.call === 'row' ? request.give.files[0]?.name : undefined
      if (name === 'hangs') return
      queueMicrotask(() => {
        if (name === 'dies') fail[0]?.({ message: 'gone' })
        else hear[0]?.({ data: { job: request.job, ok: true, take: { headline: 'S5' } } })
      })
    },
    terminate() {
      hear.length = 0
    },
    addEventListener(kind: string, listen: never) {
      if (kind === 'message') hear.push(listen)
      else fail.push(listen)
    },
  }
}

it('loses no row to a case that hangs or kills its worker, and names both', async () => {
  const names = Array.from({ length: 40 }, (_, i) => (i === 7 ? 'hangs' : i === 20 ? 'dies' : `case ${i}`))
  const rows: FleetResult[] = []
  const cases = names.map((name) => ({ id: name, files: [{ name, bytes: new Uint8Array() }], options }))
  await appraiseMany(cases, spawn, (row) => rows.push(row), { workers: 2, timeLimit: 50 }).done
  expect(rows.map(({ id }) => id).toSorted()).toEqual(names.toSorted())
  expect(rows.filter((row) => 'stopped' in row).toSorted((a, b) => (a.id < b.id ? -1 : 1))).toMatchObject([
    { id: 'dies', stopped: 'crashed' },
    { id: 'hangs', stopped: 'time-limit' },
  ])
})
