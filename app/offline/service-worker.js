// The page kept for use without a network. The build writes LIST: every file that it made, with its SHA-256; nothing else is ever kept.
// What the reader opens never comes here. A kept file that is not as built is refused and asked for from the network.

/** @type {{ readonly version: string, readonly isOff: boolean, readonly files: Readonly<Record<string, string>> }} */
const LIST = __OFFLINE_LIST__
const PREFIX = 'page '
const scope = self.registration.scope
const addressOf = (file) => new URL(file, scope).href
const hashes = new Map(Object.entries(LIST.files).map(([file, hash]) => [addressOf(file), hash]))
/** What was refused since this worker started, for pages that listen later. */
const refused = new Set()
/** Files that another app shared with this page: handed over once, never written down. */
let shared = []

async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Fetches a file of the list; only what the build made comes back. */
async function fetched(url) {
  const response = await fetch(new Request(url, { cache: 'no-cache', credentials: 'same-origin', redirect: 'error' }))
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  const bytes = await response.arrayBuffer()
  if ((await hashOf(bytes)) !== hashes.get(url)) throw new Error(`${url} is not as built`)
  const headers = new Headers(response.headers)
  // The bytes stand here as they are; how they travelled does not matter any more.
  for (const name of ['content-encoding', 'content-length']) headers.delete(name)
  return new Response(bytes, { status: 200, headers })
}

/** A file that an earlier build kept and that is the same in this one: it need not travel again. */
async function unchanged(url) {
  const kept = await caches.match(url)
  return kept && (await hashOf(await kept.clone().arrayBuffer())) === hashes.get(url) ? kept : undefined
}

/** Files that are asked for at once. */
const AT_ONCE = 6

async function install() {
  const cache = await caches.open(PREFIX + LIST.version)
  const left = [...hashes.keys()]
  const take = async () => {
    for (let url = left.pop(); url !== undefined; url = left.pop())
      if (!(await cache.match(url))) await cache.put(url, (await unchanged(url)) ?? (await fetched(url)))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, take))
}

async function forget(isKept) {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && !isKept(name)) await caches.delete(name)
}

async function tell(message) {
  for (const client of await self.clients.matchAll({ includeUncontrolled: true })) client.postMessage(message)
}

async function answer(request, url) {
  // Never by opening: that would make anew what a later build has just removed.
  const kept = await caches.match(url, { cacheName: PREFIX + LIST.version })
  if (kept) {
    const bytes = await kept.arrayBuffer()
    // From memory: a body that is still read from the cache keeps this worker at work for as long as nobody reads it to its end.
    if ((await hashOf(bytes)) === hashes.get(url)) return new Response(bytes, { status: 200, headers: kept.headers })
    await (await caches.open(PREFIX + LIST.version)).delete(url)
    refused.add(url)
    await tell({ offline: 'refused', url })
  }
  // Asked for as the page asked; a newer build on the server is given out, but not kept under this one's name.
  return fetch(request)
}

async function share(request) {
  const form = await request.formData()
  shared = form.getAll('files').filter((one) => one instanceof File)
  const text = form.get('text')
  if (typeof text === 'string' && text !== '') shared.push(new File([text], 'shared.txt'))
  return Response.redirect(`${scope}#shared=${shared.length}`, 303)
}

self.addEventListener('install', (event) => {
  event.waitUntil(LIST.isOff ? self.skipWaiting() : install())
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    LIST.isOff
      ? forget(() => false).then(() => self.registration.unregister())
      : forget((name) => name === PREFIX + LIST.version).then(() => self.clients.claim()),
  )
})

self.addEventListener('message', (event) => {
  if (event.data === 'switch') void self.skipWaiting()
  if (event.data === 'refused') for (const url of refused) event.source?.postMessage({ offline: 'refused', url })
  if (event.data === 'shared') {
    event.ports[0]?.postMessage(shared)
    shared = []
  }
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = request.url.replace(/[?#].*$/s, '')
  if (LIST.isOff || !url.startsWith(scope)) return
  if (request.method === 'POST' && url === addressOf('share')) event.respondWith(share(request))
  if (request.method !== 'GET' || request.url.includes('?')) return
  if (request.mode === 'navigate' && url === scope) event.respondWith(answer(request, addressOf('index.html')))
  else if (hashes.has(url)) event.respondWith(answer(request, url))
})
