import '../../src/engine/worker.ts'

/** The engine in a worker, and a count of what it asks the network for: shown where the reader can see it. */
export interface WorkerRequest {
  readonly requested: string
}

const scope = globalThis as unknown as { postMessage(message: WorkerRequest): void }

new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) scope.postMessage({ requested: entry.name })
}).observe({ type: 'resource', buffered: true })
