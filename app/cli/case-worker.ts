import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'
import type { Policy } from '../../src/core/policy.ts'
import { caseLine, type LineArguments } from './case-line.ts'

/** One case may take so long; a worker that is still at it then is ended, and the line says so. */
const LIMIT_MS = 120_000

/** What a worker is started with. The mark tells it from any other worker that loads this file. */
interface Given {
  readonly isForCases: true
  readonly root: string
  readonly policy: Policy
  readonly args: LineArguments
}

interface Asked {
  readonly number: number
  readonly text: string
}

type Answer = { readonly json: string; readonly isFailed: boolean } | { readonly stopped: string }

export interface CaseWorker {
  /** Never throws: a worker that hangs or dies costs this line, and the next one goes on in a fresh worker. */
  readonly run: (line: Asked) => Promise<Answer>
  readonly end: () => void
}

/** A worker for lines of cases, from the same built file as this one; started with its first line. */
export function caseWorker(given: Omit<Given, 'isForCases'>, limit = LIMIT_MS): CaseWorker {
  let worker: Worker | undefined
  const start = () => {
    const workerData: Given = { ...given, isForCases: true }
    const fresh = new Worker(fileURLToPath(import.meta.url), { workerData })
    // One that dies between two lines is replaced at the next.
    fresh
      .on('error', () => undefined)
      .on('exit', () => {
        if (worker === fresh) worker = undefined
      })
    return fresh
  }
  return {
    run(line) {
      const own = (worker ??= start())
      return new Promise((resolve) => {
        const settle = (answer: Answer) => {
          clearTimeout(timer)
          own.off('message', settle).off('error', failed).off('exit', ended)
          if ('stopped' in answer) {
            worker = undefined
            void own.terminate()
          }
          resolve(answer)
        }
        const failed = (error: unknown) => settle({ stopped: String(error) })
        const ended = (code: number) => settle({ stopped: `its worker ended (${code})` })
        const timer = setTimeout(() => settle({ stopped: `no answer after ${limit / 1000} s` }), limit)
        own.on('message', settle).on('error', failed).on('exit', ended)
        own.postMessage(line)
      })
    },
    end() {
      void worker?.terminate()
    },
  }
}

function isGiven(data: unknown): data is Given {
  return typeof data === 'object' && data !== null && 'isForCases' in data
}

if (!isMainThread && parentPort && isGiven(workerData)) {
  const { root, policy, args } = workerData
  const port = parentPort
  port.on('message', ({ text, number }: Asked) => {
    void caseLine(text, number, root, policy, args).then((result) =>
      port.postMessage({ json: JSON.stringify(result), isFailed: result.headline === 'SE' } satisfies Answer),
    )
  })
}
