// @ts-check
// Serves the built page on this machine only, with the headers a deployment should send (dist/_headers).
//   node app/cli/serve.mjs [--build] [--relay [--mirror HOST=URL]…]     PORT=4173 (or the next free one)
import { createReadStream, existsSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { fingerprint, PAGE_SOURCES, PAGE_STAMP, root } from './sources.mjs'

const HOST = '127.0.0.1'
const PORTS_TRIED = 50

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.jsonl': 'application/jsonl; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.pem': 'application/x-pem-file',
}

/**
 * Reads a headers file as static hosts do: a path pattern (`/*` or exact), then indented `Name: value` lines.
 * @param {string} text
 * @returns {{ pattern: string, headers: [string, string][] }[]}
 */
export function readHeaderRules(text) {
  /** @type {{ pattern: string, headers: [string, string][] }[]} */
  const rules = []
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const header = /^\s+([^:\s]+):\s*(.*)$/.exec(line)
    if (header === null) rules.push({ pattern: line.trim(), headers: [] })
    else rules.at(-1)?.headers.push([header[1] ?? '', header[2] ?? ''])
  }
  return rules
}

/**
 * A server over a folder of static files, not yet listening.
 * @param {string} folder
 * @param {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => boolean} [relay] takes what is its own; the page is told that there is one
 */
export function staticServer(folder, relay) {
  const home = realpathSync(folder)
  const headersFile = join(home, '_headers')
  return createServer((request, response) => {
    if (relay?.(request, response)) return
    // Nothing served here is worth keeping: the next build has the same addresses.
    response.setHeader('Cache-Control', 'no-store')
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(405)
    let path
    try {
      path = decodeURIComponent((request.url ?? '/').replace(/[?#].*$/s, ''))
    } catch {
      return end(400)
    }
    if (path.includes('\0')) return end(400)
    for (const rule of existsSync(headersFile) ? readHeaderRules(readFileSync(headersFile, 'utf8')) : []) {
      const fits = rule.pattern.endsWith('*') ? path.startsWith(rule.pattern.slice(0, -1)) : path === rule.pattern
      if (fits) for (const [name, value] of rule.headers) response.setHeader(name, value)
    }
    const wanted = resolve(home, `.${path.endsWith('/') ? `${path}index.html` : path}`)
    if (!wanted.startsWith(home + sep) || wanted === headersFile) return end(404)
    const stat = statSync(wanted, { throwIfNoEntry: false })
    if (stat === undefined || !stat.isFile() || !realpathSync(wanted).startsWith(home + sep)) return end(404)
    response.setHeader('Content-Type', TYPES[extname(wanted).toLowerCase()] ?? 'application/octet-stream')
    // What the service worker keeps is the page as built.
    const isShown = (request.headers['sec-fetch-dest'] ?? 'document') === 'document'
    if (relay !== undefined && isShown && wanted === join(home, 'index.html')) {
      const page = Buffer.from(withRelay(readFileSync(wanted, 'utf8')))
      response.setHeader('Content-Length', page.length)
      return response.end(request.method === 'HEAD' ? undefined : page)
    }
    const sent = twinOf(wanted, stat, request.headers['accept-encoding'])
    response.setHeader('Vary', 'Accept-Encoding')
    if (sent.encoding !== '') response.setHeader('Content-Encoding', sent.encoding)
    response.setHeader('Content-Length', sent.size)
    if (request.method === 'HEAD') return response.end()
    return createReadStream(sent.path)
      .on('error', () => response.destroy())
      .pipe(response)

    /** @param {number} status */
    function end(status) {
      response.statusCode = status
      response.setHeader('Content-Type', 'text/plain; charset=utf-8')
      response.end(`${status}\n`)
    }
  })
}

/** The compressed twins that a build writes, the smaller first. */
const TWINS = /** @type {const} */ ([
  ['br', '.br'],
  ['gzip', '.gz'],
])

/**
 * What is sent for a file: a compressed twin where the reader takes one, and it is no older than the file.
 * @param {string} path
 * @param {import('node:fs').Stats} stat
 * @param {string | string[] | undefined} accepted
 * @returns {{ path: string, size: number, encoding: string }}
 */
function twinOf(path, stat, accepted = '') {
  const taken = new Set(
    String(accepted)
      .split(',')
      .map((word) => word.trim().toLowerCase())
      .filter((word) => !/;\s*q=0(?:\.0*)?$/.test(word))
      .map((word) => word.replace(/\s*;.*$/, '')),
  )
  for (const [encoding, ending] of TWINS) {
    if (!taken.has(encoding)) continue
    const twin = lstatSync(`${path}${ending}`, { throwIfNoEntry: false })
    // A link could lead out of the folder.
    if (twin?.isFile() === true && twin.mtimeMs >= stat.mtimeMs)
      return { path: `${path}${ending}`, size: twin.size, encoding }
  }
  return { path, size: stat.size, encoding: '' }
}

/**
 * The page with a word that its server relays: without it the page asks nobody whether there is one.
 * @param {string} html
 */
export function withRelay(html) {
  return html.replace('</head>', '<meta name="attestation-relay" content="relay/" /></head>')
}

/**
 * Listens on the first free port from `first` on; 0 lets the system choose.
 * @param {import('node:http').Server} server
 * @param {number} first
 * @returns {Promise<string>} the address
 */
export async function listen(server, first) {
  for (let port = first; port < first + PORTS_TRIED; port += 1) {
    const outcome = await new Promise((settle) => {
      /** @param {NodeJS.ErrnoException} error */
      const onError = (error) => settle(error)
      server.once('error', onError)
      server.listen(port, HOST, () => {
        server.off('error', onError)
        settle('listening')
      })
    })
    if (outcome === 'listening') {
      const address = server.address()
      return `http://${HOST}:${typeof address === 'object' && address !== null ? address.port : port}/`
    }
    if (outcome.code !== 'EADDRINUSE') throw outcome
  }
  throw new Error(`no free port in ${first}..${first + PORTS_TRIED - 1}`)
}

/** Whether dist/ was built from the sources as they are now. */
function isBuilt() {
  return (
    existsSync(join(root, 'dist/index.html')) &&
    existsSync(PAGE_STAMP) &&
    readFileSync(PAGE_STAMP, 'utf8') === fingerprint(PAGE_SOURCES)
  )
}

/**
 * `--mirror HOST=URL`, as often as given.
 * @param {readonly string[]} words
 * @returns {Map<string, string>}
 */
function mirrorsOf(words) {
  /** @type {Map<string, string>} */
  const mirrors = new Map()
  for (const [index, word] of words.entries()) {
    if (word !== '--mirror') continue
    const [, host, url] = /^([a-z0-9.-]+)=(https?:\/\/[^\s?#@]+)$/.exec(words[index + 1] ?? '') ?? []
    if (host === undefined || url === undefined) throw new Error('--mirror takes HOST=URL')
    mirrors.set(host, url)
  }
  return mirrors
}

/**
 * The relay, built like the command line: it shares the engine's list of addresses.
 * @param {ReadonlyMap<string, string>} mirrors
 * @param {() => import('node:net').AddressInfo | string | null} addressOf
 */
export async function relayFor(mirrors, addressOf) {
  const { built } = await import('./built.mjs')
  const { relay } = await import(pathToFileURL(await built()).href)
  /** @param {string} host */
  const isOwnHost = (host) => {
    const address = addressOf()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    return host === `${HOST}:${port}` || host === `localhost:${port}`
  }
  return relay({ mirrors, environment: process.env, isOwnHost })
}

async function main() {
  if (process.argv.includes('--build') && !isBuilt()) {
    const { build } = await import('vite')
    await build({ root, logLevel: 'warn' })
  }
  const wanted = Number(process.env['PORT'] ?? 4173)
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65535)
    throw new Error(`PORT is not a port: ${process.env['PORT']}`)
  const isRelay = process.argv.includes('--relay')
  const relay = isRelay ? await relayFor(mirrorsOf(process.argv.slice(2)), () => server.address()) : undefined
  const server = staticServer(join(root, 'dist'), relay)
  console.log(`Attestation Explorer: ${await listen(server, wanted)}`)
  if (isRelay)
    console.log(
      'Relay on: at the request of this page, and of no other site, this server asks Intel, AMD and the other hosts in src/schemes/*/collateral-urls.ts for collateral. They see this machine’s address and what each address names. Nothing is asked before you agree in the page.',
    )
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => {
      server.close(() => process.exit(0))
      server.closeAllConnections()
    })
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await main()
