import { HopFailure, type Failure, type HopAnswer, type Transport } from './fetch-one.ts'
import type { RelayAbout, RelayAnswer } from './relay-protocol.ts'

/** The page's side of the local server's relay. A page that was served without one knows it without asking anybody. */

/** Where the relay of the server that gave this page answers; undefined: that server has none. The server writes it into the page. */
export function relayAddress(): string | undefined {
  const named = document.querySelector('meta[name="attestation-relay"]')?.getAttribute('content')
  return named === 'relay/' ? new URL('relay/', location.href.replace(/[?#].*$/s, '')).href : undefined
}

/** What the relay says of itself; rejects when it is no longer there. */
export async function askRelay(address: string, signal?: AbortSignal): Promise<RelayAbout> {
  const response = await fetch(`${address}about`, {
    credentials: 'omit',
    redirect: 'error',
    cache: 'no-store',
    ...(signal ? { signal } : {}),
  })
  const said: unknown = await response.json()
  if (!response.ok || typeof said !== 'object' || said === null || Reflect.get(said, 'schema') !== 'relay/1')
    throw new Error('no relay')
  return said as RelayAbout
}

/** One hop by the local server. Only address and posted body go there. */
export function relayTransport(address: string): Transport {
  return async ({ url, body, headers, signal }): Promise<HopAnswer> => {
    const type = headers['content-type']
    const posted = body && type !== undefined ? { body: { type, base64: btoa(String.fromCharCode(...body)) } } : {}
    const response = await fetch(`${address}get`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-relay': '1' },
      body: JSON.stringify({ url, ...posted }),
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      signal,
    })
    let said: RelayAnswer
    try {
      said = (await response.json()) as RelayAnswer
    } catch {
      throw new HopFailure('relay', String(response.status))
    }
    if ('failure' in said) throw new HopFailure(hopFailure(said.failure), said.detail)
    const bytes = Uint8Array.from(atob(said.base64), (character) => character.charCodeAt(0))
    return { status: said.status, headers: said.headers, body: once(bytes) }
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve()
  yield bytes
}

const HOP_FAILURES = [
  'inner-address',
  'proxy',
  'unreachable',
  'encoding',
  'relay',
  'not-allowed',
  'timeout',
  'too-large',
] as const

function hopFailure(failure: Failure): HopFailure['why'] {
  return HOP_FAILURES.find((known) => known === failure) ?? 'relay'
}
