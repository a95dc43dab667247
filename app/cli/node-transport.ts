import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { request as plainRequest, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { createGunzip, createInflate } from 'node:zlib'
import { HopFailure, type Hop, type HopAnswer, type Transport } from '../collateral/fetch-one.ts'

/** Sends what the list allows from Node: one hop at a time, no cookies, through a proxy where the surroundings name one, never to an inner address. */

export interface NodeNetwork {
  /** Hosts that the reader replaced by another address, `https://pccs.example:8081/prefix`. Only these may lead anywhere. */
  readonly mirrors: ReadonlyMap<string, string>
  /** `HTTPS_PROXY`, `NO_PROXY`, in either case. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** How names become addresses; the system's own by default. */
  readonly lookup?: LookupFunction
}

/** What stands behind a name must be a public address: a vendor's name that leads to this machine or its neighbours is a lie. */
const inner = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  inner.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inner.addSubnet(net, bits, 'ipv6')

/** Whether an address belongs to this machine, its neighbours, or nobody. */
export function isInner(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  const plain = mapped ?? address
  return inner.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4') || /^::ffff:/i.test(plain)
}

/** Looks a name up and refuses it as a whole when any of its addresses is an inner one. */
function publicLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, [])
      const all: LookupAddress[] = Array.isArray(found) ? found : [{ address: found, family: isIP(found) }]
      const bad = all.find(({ address }) => isInner(address))
      if (bad) return done(new HopFailure('inner-address', bad.address), [])
      const [first] = all
      if (options.all === true) return done(null, all)
      return done(null, first?.address ?? '', first?.family)
    })
  }
}

/** A transport over this machine's network. */
export function nodeTransport(network: NodeNetwork): Transport {
  const lookup = publicLookup(network.lookup ?? systemLookup)
  return async (hop) => {
    const asked = new URL(hop.url)
    const mirror = network.mirrors.get(asked.host)
    const url = mirror === undefined ? asked : new URL(`${mirror.replace(/\/$/, '')}${asked.pathname}${asked.search}`)
    const proxy = mirror !== undefined && isInnerHost(url.hostname) ? undefined : proxyFor(url, network.environment)
    const answer = await send(hop, url, {
      ...(proxy === undefined ? {} : { socket: await tunnel(url, proxy, hop.signal) }),
      ...(mirror === undefined ? { lookup } : network.lookup ? { lookup: network.lookup } : {}),
    })
    return mirror === undefined ? answer : backFrom(answer, mirror, asked)
  }
}

const isInnerHost = (host: string) => {
  const plain = host.replace(/^\[|\]$/g, '')
  return plain === 'localhost' || (isIP(plain) !== 0 && isInner(plain))
}

/** A mirror's own redirects are read as the vendor's, so that the same list decides. */
function backFrom(answer: HopAnswer, mirror: string, asked: URL): HopAnswer {
  const base = mirror.replace(/\/$/, '')
  return {
    ...answer,
    headers: answer.headers.map(([name, value]) =>
      name.toLowerCase() === 'location' && value.startsWith(`${base}/`)
        ? [name, `${asked.origin}${value.slice(base.length)}`]
        : [name, value],
    ),
  }
}

function send(hop: Hop, url: URL, own: { socket?: Socket; lookup?: LookupFunction }): Promise<HopAnswer> {
  return new Promise((resolve, reject) => {
    const { socket, lookup } = own
    const isTls = url.protocol === 'https:'
    const options: RequestOptions = {
      // Brackets belong to the address as written, not to the address.
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (isTls ? 443 : 80) : Number(url.port),
      path: `${url.pathname}${url.search}`,
      method: hop.method,
      headers: {
        host: url.host,
        ...hop.headers,
        'user-agent': 'attestation-explorer',
        ...(hop.body ? { 'content-length': String(hop.body.length) } : {}),
      },
      signal: hop.signal,
      ...(lookup ? { lookup } : {}),
      // With an agent, whatever kind, the tunnel would be passed over.
      ...(socket ? { createConnection: () => socket } : { agent: false }),
    }
    // A tunnel's socket speaks TLS already.
    const request: ClientRequest = isTls && !socket ? tlsRequest(options) : plainRequest(options)
    request.once('error', (error) => reject(failureOf(error)))
    request.once('response', (response) => {
      const headers: [string, string][] = []
      for (let i = 0; i + 1 < response.rawHeaders.length; i += 2)
        headers.push([response.rawHeaders[i] ?? '', response.rawHeaders[i + 1] ?? ''])
      try {
        resolve({ status: response.statusCode ?? 0, headers, body: bodyOf(response) })
      } catch (thrown) {
        response.destroy()
        reject(thrown instanceof Error ? thrown : new Error(String(thrown)))
      }
    })
    request.end(hop.body)
  })
}

/** Whoever compresses unasked is unpacked piece by piece, so that the limit counts what comes out. */
function bodyOf(response: IncomingMessage): AsyncIterable<Uint8Array> {
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '') return response
  if (encoding !== 'gzip' && encoding !== 'x-gzip' && encoding !== 'deflate') throw new HopFailure('encoding', encoding)
  const unpacked = encoding === 'deflate' ? createInflate() : createGunzip()
  response.once('error', (error) => unpacked.destroy(error))
  unpacked.once('close', () => response.destroy())
  return response.pipe(unpacked)
}

function failureOf(error: Error): Error {
  if (error instanceof HopFailure) return error
  const { code } = error as NodeJS.ErrnoException
  return new HopFailure('unreachable', code === undefined ? error.message : `${code} ${error.message}`)
}

/** The proxy that the surroundings name for an address, if any. */
export function proxyFor(url: URL, environment: NodeNetwork['environment']): URL | undefined {
  const said = (name: string) => environment[name.toLowerCase()] ?? environment[name]
  const named = said(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY')
  if (named === undefined || named === '') return undefined
  const exempt = (said('NO_PROXY') ?? '').split(',').map((one) =>
    one
      .trim()
      .toLowerCase()
      .replace(/^\*?\./, ''),
  )
  if (exempt.some((one) => one === '*' || (one !== '' && (url.hostname === one || url.hostname.endsWith(`.${one}`)))))
    return undefined
  try {
    return new URL(named.includes('://') ? named : `http://${named}`)
  } catch {
    throw new HopFailure('proxy', 'HTTPS_PROXY is no address')
  }
}

/** A tunnel through the proxy (CONNECT), and the host's own TLS inside: the proxy sees the host's name and nothing else. */
function tunnel(url: URL, proxy: URL, signal: AbortSignal): Promise<Socket> {
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  const secret = decodeURIComponent(`${proxy.username}:${proxy.password}`)
  return new Promise((resolve, reject) => {
    const fail = (message: string) => reject(new HopFailure('proxy', message))
    const asking = (proxy.protocol === 'https:' ? tlsRequest : plainRequest)({
      host: proxy.hostname,
      port: proxy.port === '' ? (proxy.protocol === 'https:' ? 443 : 80) : Number(proxy.port),
      method: 'CONNECT',
      path: `${url.hostname}:${port}`,
      headers: {
        host: `${url.hostname}:${port}`,
        ...(proxy.username === '' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(secret).toString('base64')}` }),
      },
      signal,
      agent: false,
    })
    asking.once('error', (error) => fail(error.message))
    asking.once('response', (response) => {
      response.destroy()
      fail(`${response.statusCode ?? 0}`)
    })
    asking.once('connect', (response, socket) => {
      if (response.statusCode !== 200) {
        socket.destroy()
        return fail(`${response.statusCode ?? 0}`)
      }
      if (url.protocol !== 'https:') return resolve(socket as Socket)
      const secured = connectTls({ socket: socket as Socket, servername: url.hostname })
      secured.once('secureConnect', () => resolve(secured))
      secured.once('error', (error) => reject(failureOf(error)))
      return undefined
    })
    asking.end()
  })
}
