import { allowedUrl, type CollateralRequest, type OwnRule } from '../../src/engine/collateral-requests.ts'

/**
 * One request of the list, sent by whoever can send: the command line, the local server, a test. Nothing here knows a network or a clock.
 * An answer is kept as `curl -i` prints it, headers included: issuer chains travel in them. It is never believed, only read.
 */

/** One hop: follows no redirect, decodes no body unless asked to, sends no cookie. Rejects when nothing answered. */
export type Transport = (hop: Hop) => Promise<HopAnswer>

export interface Hop {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | undefined
  readonly signal: AbortSignal
}

export interface HopAnswer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: AsyncIterable<Uint8Array>
}

/** What a transport can say of itself. */
export type HopReason =
  | 'inner-address'
  | 'proxy'
  | 'unreachable'
  | 'encoding'
  | 'relay'
  | 'not-allowed'
  | 'timeout'
  | 'too-large'
  | 'not-in-snapshot'
  | 'damaged'

/** Says why nothing came; thrown by a transport. Anything else that it throws is `unreachable`. */
export class HopFailure extends Error {
  readonly why: HopReason

  constructor(why: HopReason, message: string) {
    super(message)
    this.why = why
  }
}

/** Why a request brought nothing that can be looked at. */
export type Failure =
  | 'not-listed'
  | 'needs-key'
  | 'not-found'
  | 'status'
  | 'busy'
  | 'timeout'
  | 'too-large'
  | 'redirect'
  | 'inner-address'
  | 'proxy'
  | 'encoding'
  | 'unreachable'
  | 'relay'
  | 'not-allowed'
  | 'not-data'
  | 'empty'
  | 'cancelled'
  | 'offline'
  | 'not-in-snapshot'
  | 'damaged'
  | 'declined'

export type Fate =
  | {
      readonly kind: 'got'
      /** Status line, headers and body as one text, as `curl -i` prints them. */
      readonly record: Uint8Array
      readonly status: number
      readonly etag: string | undefined
      /** What the server's clock said, milliseconds since 1970. */
      readonly serverTime: number | undefined
    }
  /** What was kept is still the newest. */
  | { readonly kind: 'same' }
  | {
      readonly kind: 'failed'
      readonly why: Failure
      readonly status: number | undefined
      readonly detail: string
      /** When the host asked not to be asked before. */
      readonly retryAt: number | undefined
    }

/** What the surroundings lend. */
export interface Surroundings {
  readonly transport: Transport
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Resolves then, or rejects when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  readonly signal: AbortSignal
  /** Said before each wait. */
  readonly onWait?: (request: CollateralRequest, until: number, why: Failure) => void
}

export const TIMEOUT_MS = 10_000
export const LARGEST_ANSWER = 1024 * 1024
const MOST_REDIRECTS = 3
const MOST_TRIES = 4
/** Longer than this nobody waits: the answer says when to come back. */
export const LONGEST_WAIT_MS = 90_000

const failed = (why: Failure, detail = '', status?: number, retryAt?: number): Fate => ({
  kind: 'failed',
  why,
  status,
  detail: detail.slice(0, 200),
  retryAt,
})

/** Sends one request, follows redirects inside the list, waits where it is asked to, and gives up after a few tries. Never rejects. */
export async function fetchOne(
  rules: readonly OwnRule[],
  request: CollateralRequest,
  around: Surroundings,
  etag?: string,
): Promise<Fate> {
  if (request.needsKey) return failed('needs-key')
  for (let attempt = 1; ; attempt++) {
    if (around.signal.aborted) return failed('cancelled')
    const fate = await attemptOnce(rules, request, around, etag)
    if (fate.kind !== 'failed' || !RETRIED.has(fate.why) || attempt >= MOST_TRIES) return fate
    // Whoever names a time is not asked earlier; others at growing distances.
    const own = fate.retryAt === undefined ? undefined : fate.retryAt - around.now()
    const wait = Math.max(own ?? 0, 1000 * 2 ** (attempt - 1))
    if (wait > LONGEST_WAIT_MS) return fate
    around.onWait?.(request, around.now() + wait, fate.why)
    try {
      await around.sleep(wait, around.signal)
    } catch {
      return failed('cancelled')
    }
  }
}

const RETRIED: ReadonlySet<Failure> = new Set<Failure>(['busy', 'timeout', 'unreachable'])

async function attemptOnce(
  rules: readonly OwnRule[],
  request: CollateralRequest,
  around: Surroundings,
  etag: string | undefined,
): Promise<Fate> {
  const limit = new AbortController()
  const stop = () => limit.abort()
  around.signal.addEventListener('abort', stop, { once: true })
  const timer = setTimeout(stop, TIMEOUT_MS)
  try {
    return await Promise.race([follow(rules, request, { ...around, signal: limit.signal }, etag), ended(limit.signal)])
  } catch (thrown) {
    if (around.signal.aborted) return failed('cancelled')
    if (limit.signal.aborted) return failed('timeout')
    return thrown instanceof HopFailure ? failed(thrown.why, thrown.message) : failed('unreachable', String(thrown))
  } finally {
    clearTimeout(timer)
    limit.abort()
    around.signal.removeEventListener('abort', stop)
  }
}

/** Rejects when the time is over, whatever a transport does with the signal. */
function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
  })
}

async function follow(
  rules: readonly OwnRule[],
  request: CollateralRequest,
  around: Surroundings,
  etag: string | undefined,
): Promise<Fate> {
  let { url } = request
  for (let hops = 0; ; hops++) {
    // Asked again at every hop: what was allowed is an address, not whoever answers there.
    if (!allowedUrl(rules, url, request.method)) return failed(hops === 0 ? 'not-listed' : 'redirect', url)
    const answer = await around.transport({
      url,
      method: request.method,
      headers: {
        accept: '*/*',
        'accept-encoding': 'identity',
        ...(request.body ? { 'content-type': request.body.type } : {}),
        ...(etag === undefined ? {} : { 'if-none-match': etag }),
      },
      body: request.body ? fromBase64(request.body.base64) : undefined,
      signal: around.signal,
    })
    const { status } = answer
    if (status === 304 && etag !== undefined) return { kind: 'same' }
    if (status >= 300 && status < 400) {
      const to = headerOf(answer, 'location')
      if (to === undefined || hops >= MOST_REDIRECTS) return failed('redirect', to ?? '', status)
      url = resolved(to, url)
      continue
    }
    if (status === 429 || status === 503) return failed('busy', '', status, retryAt(answer, around.now()))
    if (status === 404 || status === 410) return failed('not-found', '', status)
    if (status < 200 || status >= 300) return failed('status', '', status)
    const body = await collected(answer)
    if (!body) return failed('too-large', '', status)
    if (body.length === 0) return failed('empty', '', status)
    if (looksLikePage(answer, body)) return failed('not-data', '', status)
    return {
      kind: 'got',
      record: record(answer, body),
      status,
      etag: headerOf(answer, 'etag'),
      serverTime: dateOf(answer),
    }
  }
}

function resolved(to: string, from: string): string {
  try {
    return new URL(to, from).href
  } catch {
    return to
  }
}

function headerOf({ headers }: HopAnswer, name: string): string | undefined {
  return headers.find(([known]) => known.toLowerCase() === name)?.[1]
}

function dateOf(answer: HopAnswer): number | undefined {
  const time = Date.parse(headerOf(answer, 'date') ?? '')
  return Number.isNaN(time) ? undefined : time
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3). */
function retryAt(answer: HopAnswer, now: number): number | undefined {
  const text = headerOf(answer, 'retry-after')?.trim() ?? ''
  if (/^\d{1,6}$/.test(text)) return now + Number(text) * 1000
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}

/** The body, or undefined when it does not end before the limit: reading stops there. */
async function collected({ body }: HopAnswer): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > LARGEST_ANSWER) return undefined
    parts.push(part)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** A sign-in page, a notice of a proxy, an error in words: none of the answers asked for is HTML. */
function looksLikePage(answer: HopAnswer, body: Uint8Array): boolean {
  if (/^text\/html\b/i.test(headerOf(answer, 'content-type') ?? '')) return true
  const head = new TextDecoder('latin1').decode(body.subarray(0, 256)).replace(/^[\uFEFF\xEF\xBB\xBF\s]+/, '')
  return /^<(?:!doctype html|html|head|body)\b/i.test(head)
}

// Said anew, personal, or no longer true of the body as it is kept.
const LEFT_OUT =
  /^(?:set-cookie2?|transfer-encoding|content-encoding|content-length|connection|keep-alive|trailer|upgrade)$/i

function record(answer: HopAnswer, body: Uint8Array): Uint8Array {
  const lines = [`HTTP/1.1 ${answer.status}`]
  for (const [name, value] of answer.headers)
    if (/^[!#$%&'*+.^_`|~\w-]+$/.test(name) && !/[\r\n\0]/.test(value) && !LEFT_OUT.test(name))
      lines.push(`${name}: ${value}`)
  const head = new TextEncoder().encode(`${[...lines, `content-length: ${body.length}`].join('\r\n')}\r\n\r\n`)
  const whole = new Uint8Array(head.length + body.length)
  whole.set(head)
  whole.set(body, head.length)
  return whole
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
