import { useSyncExternalStore } from 'react'
import { readAddress, writeAddress, type Address } from './address-text.ts'

/** Browsers refuse more than a few changes a second: steps that do not count for Back are written a little later. */
const WRITE_AFTER_MS = 250

const listeners = new Set<() => void>()
let known = { hash: location.hash, address: readAddress(location.hash) }
let pending: Address | undefined
let timer: ReturnType<typeof setTimeout> | undefined

/** The address as it is now. */
export function address(): Address {
  if (pending) return pending
  if (known.hash !== location.hash) known = { hash: location.hash, address: readAddress(location.hash) }
  return known.address
}

function tell(): void {
  for (const listen of listeners) listen()
}

function moved(): void {
  clearTimeout(timer)
  pending = undefined
  tell()
}
/** One move of the reader’s is told twice by browsers; what the page wrote in between is not to be lost by the second. */
let told = ''
addEventListener('popstate', () => {
  told = location.href
  moved()
})
addEventListener('hashchange', ({ newURL }) => {
  if (newURL === told) told = ''
  else moved()
})

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange)
  return () => listeners.delete(onChange)
}

/** One part of the address, and again when it changes. */
export function useAddress<K extends keyof Address>(part: K): Address[K] {
  return useSyncExternalStore(subscribe, () => address()[part])
}

// An empty fragment would keep a bare "#": the path alone is the front door.
const urlOf = (hash: string) => (hash === '' ? location.href.replace(/#.*$/s, '') : hash)

function flush(): void {
  clearTimeout(timer)
  if (!pending) return
  const hash = writeAddress(pending)
  pending = undefined
  if (hash !== location.hash) history.replaceState(null, '', urlOf(hash))
}

/** Changes the address. `push` makes a step that Back undoes; `replace` does not. */
export function go(change: Partial<Address>, how: 'push' | 'replace' = 'push'): void {
  const wanted = { ...address(), ...change }
  if (writeAddress(wanted) === writeAddress(address())) return
  if (how === 'push') {
    flush()
    history.pushState(null, '', urlOf(writeAddress(wanted)))
  } else {
    pending = wanted
    clearTimeout(timer)
    timer = setTimeout(flush, WRITE_AFTER_MS)
  }
  tell()
}

/** Address of a place in this page, for a link. */
export function hrefOf(change: Partial<Address>): string {
  return writeAddress({ ...address(), ...change }) || '#'
}
