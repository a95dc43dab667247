// oxlint-disable-next-line import/default -- the bundler makes this module from the query
import workerUrl from './engine.worker.ts?worker&url'
import { scriptUrl } from './script-url.ts'

/**
 * Starts the engine worker so that the page's own policy binds it.
 * A worker from a normal URL is not bound by a policy in a meta element; one from a blob inherits it.
 */
export function spawn(): Worker {
  const shim = new Blob([`import ${JSON.stringify(new URL(workerUrl, location.href).href)}`], {
    type: 'text/javascript',
  })
  const url = URL.createObjectURL(shim)
  const worker = new Worker(scriptUrl(url), { type: 'module', name: 'engine' })
  worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true })
  return worker
}
