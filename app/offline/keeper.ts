import { stopStocking } from '../case/stock.ts'
import { KEEPER, scriptUrl } from '../worker/script-url.ts'
import { tell } from './kept.ts'

/** Without it (plain http from elsewhere, a file, some private windows) there is nothing to offer. */
function container(): ServiceWorkerContainer | undefined {
  return (navigator as { readonly serviceWorker?: ServiceWorkerContainer }).serviceWorker
}

/** Names that the worker gives; others on the same host belong to somebody else. */
async function ownCaches(): Promise<readonly string[]> {
  return (await caches.keys()).filter((name) => name.startsWith('page '))
}

/** The reader has said so: nothing may open, and so make anew, what is being removed. */
let isRemoved = false

async function measure(registration: ServiceWorkerRegistration): Promise<void> {
  let bytes = 0
  for (const name of await ownCaches()) {
    if (isRemoved) return
    const cache = await caches.open(name)
    const all = await cache.matchAll()
    for (const response of all) bytes += (await response.arrayBuffer()).byteLength
    // Opening makes what a newer worker removed a moment ago: an empty one that nobody is filling goes again.
    const isQuiet = registration.installing === null && registration.waiting === null
    if (all.length === 0 && isQuiet) await caches.delete(name)
  }
  if (!isRemoved) tell({ bytes })
}

function watch(registration: ServiceWorkerRegistration): void {
  const look = () => {
    const isOld = container()?.controller !== null
    if (registration.waiting && isOld) tell({ hasNewer: true })
    if (registration.active) {
      tell({ state: 'yes' })
      void measure(registration)
    }
  }
  const follow = (worker: ServiceWorker | null) =>
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'redundant' && !registration.active) tell({ state: 'failed' })
      look()
    })
  follow(registration.installing)
  registration.addEventListener('updatefound', () => follow(registration.installing))
  look()
}

let isStarted = false

/** Looks whether the page is already kept, and whether there is a newer one. Registers nothing. */
export async function startKeeper(): Promise<void> {
  if (isStarted) return
  isStarted = true
  const workers = container()
  if (!workers || !isSecureContext || location.protocol === 'file:') {
    tell({ state: 'unsupported' })
    return
  }
  workers.addEventListener('message', (event: MessageEvent<unknown>) => {
    const { data } = event
    if (typeof data === 'object' && data !== null && 'url' in data && typeof data.url === 'string')
      tell({ refused: data.url })
  })
  workers.controller?.postMessage('refused')
  const registration = await workers.getRegistration(KEEPER)
  if (!registration) return
  watch(registration)
  // Without a network the kept page goes on.
  await registration.update().catch(() => undefined)
}

/** Keeps the page: the reader has said so. */
export async function keepPage(): Promise<void> {
  isRemoved = false
  tell({ state: 'keeping' })
  try {
    const registration = await container()?.register(scriptUrl(KEEPER), { updateViaCache: 'none' })
    if (registration) watch(registration)
  } catch {
    tell({ state: 'failed' })
  }
}

/** Goes over to the newer build: only now, and with a fresh page. */
export async function switchToNewer(): Promise<void> {
  // A browser lets the older worker go only while nothing is asked of it, so nothing more is loaded ahead.
  stopStocking()
  const workers = container()
  const registration = await workers?.getRegistration(KEEPER)
  workers?.addEventListener('controllerchange', () => location.reload(), { once: true })
  registration?.waiting?.postMessage('switch')
}

/** Removes everything that was kept. */
export async function removePage(): Promise<void> {
  isRemoved = true
  await (await container()?.getRegistration(KEEPER))?.unregister()
  for (const name of await ownCaches()) await caches.delete(name)
  tell({ state: 'no', bytes: 0, hasNewer: false, refused: null })
}
