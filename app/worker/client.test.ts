import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Reply, Request } from '../../src/engine/protocol.ts'
import { createEngine, type WorkerLike } from './client.ts'

type Behaviour = (request: Request, reply: (value: Reply) => void) => void

function fakeWorkers(behaviour: Behaviour) {
  const started: { terminated: boolean; asked: Request[] }[] = []
  const spawn = (): WorkerLike => {
    const state = { terminated: false, asked: [] as Request[] }
    started.push(state)
    let hear: ((event: { data: Reply }) => void) | undefined
    queueMicrotask(() => hear?.({ data: { job: -1, ok: true, take: 'ready' } }))
    return {
      postMessage(request) {
        state.asked.push(request)
        behaviour(request, (data) =>
          queueMicrotask(() => {
            if (!state.terminated) hear?.({ data })
          }),
        )
      },
      terminate() {
        state.terminated = true
      },
      addEventListener(kind: string, listen: never) {
        if (kind === 'message') hear = listen
      },
    }
  }
  return { started, spawn }
}

const files = [{ name: 'a', bytes: new Uint8Array([1]) }]
const options = { at: 0, atSource: 'given', policy: { schema: 'policy/1' } } as const

describe('the engine client', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('kills a job that takes too long, and the next one works in a fresh worker', async () => {
    const { started, spawn } = fakeWorkers((request, reply) => {
      if (request.call !== 'open') reply({ job: request.job, ok: true, take: 'done' })
    })
    const engine = createEngine(spawn, 10_000)
    const hanging = engine.inspect('k', files)
    const next = engine.appraise('k', files, options)
    const outcome = hanging.catch((thrown: unknown) => thrown)
    await vi.advanceTimersByTimeAsync(9_999)
    expect(started[0]?.terminated).toBe(false)
    await vi.advanceTimersByTimeAsync(2)
    expect(await outcome).toMatchObject({ reason: 'time-limit' })
    expect(started[0]?.terminated).toBe(true)
    expect(await next).toBe('done')
    expect(started).toHaveLength(2)
  })

  it('sends a case again when the worker has forgotten it', async () => {
    let isKnown = false
    const { started, spawn } = fakeWorkers((request, reply) => {
      if (request.call === 'open') isKnown = true
      reply(
        isKnown
          ? { job: request.job, ok: true, take: request.call }
          : { job: request.job, ok: false, why: 'unknown-case', message: '' },
      )
    })
    expect(await createEngine(spawn).appraise('k', files, options)).toBe('appraise')
    expect(started[0]?.asked.map((request) => request.call)).toEqual(['appraise', 'open', 'appraise'])
  })

  it('can be cancelled, and drops the late answer', async () => {
    const second = { artifacts: [], spaces: [{ file: 0, space: { id: '', bytes: new Uint8Array() } }] }
    let late: ((value: Reply) => void) | undefined
    let job = 0
    const { started, spawn } = fakeWorkers((request, reply) => {
      if (late) reply({ job: request.job, ok: true, take: second })
      else {
        late = reply
        job = request.job
      }
    })
    const engine = createEngine(spawn)
    const first = engine.inspect('k', files)
    const outcome = first.catch((thrown: unknown) => thrown)
    engine.cancel()
    expect(await outcome).toMatchObject({ reason: 'cancelled' })
    late?.({ job, ok: true, take: 'late' })
    // The worker leaves out what the page has.
    expect((await engine.inspect('k', files)).spaces[0]?.space.bytes).toBe(files[0]?.bytes)
    expect(started).toHaveLength(2)
  })

  it('passes on what failed as ours', async () => {
    const { spawn } = fakeWorkers((request, reply) =>
      reply({ job: request.job, ok: false, why: 'crashed', message: 'TypeError' }),
    )
    await expect(createEngine(spawn).catalogue()).rejects.toMatchObject({ reason: 'crashed', message: 'TypeError' })
  })
})
