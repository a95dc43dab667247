import { scriptUrl } from './script-url.ts'

/** In the single file the engine’s text stands in the page itself: it is started from there, and the page’s policy binds it. */
export function spawn(): Worker {
  const text = document.getElementById('engine')?.textContent ?? ''
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
  const worker = new Worker(scriptUrl(url), { name: 'engine' })
  worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true })
  return worker
}
