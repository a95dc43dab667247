import type { IncomingMessage, ServerResponse } from 'node:http'
import { requestOf } from '../../src/engine/collateral-requests.ts'
import { collateralRules } from '../../src/engine/collateral-rules.ts'
import { HopFailure, LARGEST_ANSWER, TIMEOUT_MS, type HopAnswer } from '../collateral/fetch-one.ts'
import type { RelayAbout, RelayAnswer } from '../collateral/relay-protocol.ts'
import { nodeTransport, type NodeNetwork } from './node-transport.ts'

/**
 * The local server fetches for its own page what a page cannot: one hop for one address of the list, and nothing of the browser goes with it.
 * It listens on this machine only, answers its own page only, and has no word for any other site: no CORS header, ever.
 */

/** What a browser may be asked for at most: an address and an OCSP request. */
const LARGEST_WISH = 16 * 1024
const PER_HOST = 2
const MOST_WAITING = 64

export interface RelayOptions extends NodeNetwork {
  /** Host and port as this server listens: what `Host` and `Origin` must say. */
  readonly isOwnHost: (host: string) => boolean
}

/** Takes requests below `/relay/`; false: it is somebody else's. */
export function relay(options: RelayOptions): (request: IncomingMessage, response: ServerResponse) => boolean {
  const transport = nodeTransport(options)
  const gate = turns()
  return (request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/s, '')
    if (!path.startsWith('/relay/')) return false
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
    response.setHeader('X-Content-Type-Options', 'nosniff')
    const wrong = foreign(request, options.isOwnHost)
    if (wrong !== undefined) return end(response, 403, { failure: 'not-allowed', detail: wrong })
    if (path === '/relay/about' && request.method === 'GET') {
      void about(options).then((said) => end(response, 200, said))
      return true
    }
    if (path !== '/relay/get' || request.method !== 'POST')
      return end(response, path === '/relay/get' || path === '/relay/about' ? 405 : 404, {
        failure: 'relay',
        detail: '',
      })
    const stop = new AbortController()
    response.once('close', () => stop.abort())
    void answer(request, stop.signal).then(
      (said) => end(response, 200, said),
      (thrown: unknown) => end(response, 200, { failure: 'unreachable', detail: String(thrown).slice(0, 200) }),
    )
    return true
  }

  async function answer(request: IncomingMessage, signal: AbortSignal): Promise<RelayAnswer> {
    const wish = await wishOf(request)
    const allowed = wish && (await requestOf(await collateralRules(), wish.url, wish.body))
    if (!allowed || allowed.needsKey) return { failure: 'not-allowed', detail: wish?.url.slice(0, 200) ?? '' }
    const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
    try {
      return await gate(allowed.host, async () => {
        // The page's own headers stop here: these are all that are sent.
        const hop = await transport({
          url: allowed.url,
          method: allowed.method,
          headers: {
            accept: '*/*',
            'accept-encoding': 'identity',
            ...(allowed.body ? { 'content-type': allowed.body.type } : {}),
          },
          body: allowed.body ? Buffer.from(allowed.body.base64, 'base64') : undefined,
          signal: limit,
        })
        return await packed(hop)
      })
    } catch (thrown) {
      if (thrown instanceof HopFailure) return { failure: thrown.why, detail: thrown.message.slice(0, 200) }
      return { failure: limit.aborted ? 'timeout' : 'unreachable', detail: String(thrown).slice(0, 200) }
    }
  }
}

async function about({ mirrors }: RelayOptions): Promise<RelayAbout> {
  const rules = await collateralRules()
  return {
    schema: 'relay/1',
    hosts: [...new Set(rules.map(({ host }) => host))],
    mirrors: Object.fromEntries(mirrors),
  }
}

/** Why a request is not this server's own page's; undefined: it is. Names that lead here from outside (DNS rebinding) fail by `Host`, other sites by `Origin`. */
function foreign(request: IncomingMessage, isOwnHost: (host: string) => boolean): string | undefined {
  const { host, origin } = request.headers
  if (host === undefined || !isOwnHost(host)) return 'host'
  if (origin !== undefined && origin !== `http://${host}`) return 'origin'
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return 'site'
  if (request.method !== 'POST') return undefined
  if (origin === undefined) return 'origin'
  // A form of another site cannot say either without asking first, and nobody answers that question.
  if (request.headers['content-type'] !== 'application/json' || request.headers['x-relay'] !== '1') return 'form'
  return undefined
}

async function wishOf(request: IncomingMessage): Promise<{ url: string; body: Posted | undefined } | undefined> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > LARGEST_WISH) return undefined
    parts.push(part)
  }
  let value: unknown
  try {
    value = JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch {
    return undefined
  }
  const { url, body } = (typeof value === 'object' && value !== null ? value : {}) as { url?: unknown; body?: unknown }
  if (typeof url !== 'string') return undefined
  if (body === undefined) return { url, body: undefined }
  const { type, base64 } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  if (typeof type !== 'string' || typeof base64 !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return undefined
  return { url, body: { type, base64 } }
}

interface Posted {
  readonly type: string
  readonly base64: string
}

async function packed({ status, headers, body }: HopAnswer): Promise<RelayAnswer> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > LARGEST_ANSWER) return { failure: 'too-large', detail: '' }
    parts.push(part)
  }
  return {
    status,
    headers: headers.filter(([name]) => !/^set-cookie/i.test(name)).slice(0, 100),
    base64: Buffer.concat(parts).toString('base64'),
  }
}

function end(response: ServerResponse, status: number, said: RelayAnswer | RelayAbout): true {
  if (response.destroyed || response.headersSent) return true
  response.statusCode = status
  response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.end(JSON.stringify(said))
  return true
}

/** Two at a time for each host, and no endless queue. */
function turns(): <T>(host: string, work: () => Promise<T>) => Promise<T> {
  const running = new Map<string, number>()
  const waiting: { host: string; free: () => void }[] = []
  return async (host, work) => {
    if (waiting.length >= MOST_WAITING) throw new HopFailure('relay', 'too many at a time')
    while ((running.get(host) ?? 0) >= PER_HOST) await new Promise<void>((free) => waiting.push({ host, free }))
    running.set(host, (running.get(host) ?? 0) + 1)
    try {
      return await work()
    } finally {
      running.set(host, (running.get(host) ?? 1) - 1)
      const next = waiting.findIndex((one) => one.host === host)
      if (next >= 0) waiting.splice(next, 1)[0]?.free()
    }
  }
}
