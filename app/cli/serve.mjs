// @ts-check
// Serves the built page on this machine only, with the headers a deployment should send (dist/_headers).
//   node app/cli/serve.mjs [--build]     PORT=4173 (or the next free one)
import { createReadStream, existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
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
 */
export function staticServer(folder) {
  const home = realpathSync(folder)
  const headersFile = join(home, '_headers')
  return createServer((request, response) => {
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
    response.setHeader('Content-Length', stat.size)
    if (request.method === 'HEAD') return response.end()
    return createReadStream(wanted)
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

async function main() {
  if (process.argv.includes('--build') && !isBuilt()) {
    const { build } = await import('vite')
    await build({ root, logLevel: 'warn' })
  }
  const wanted = Number(process.env['PORT'] ?? 4173)
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65535)
    throw new Error(`PORT is not a port: ${process.env['PORT']}`)
  const server = staticServer(join(root, 'dist'))
  console.log(`Attestation Explorer: ${await listen(server, wanted)}`)
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => {
      server.close(() => process.exit(0))
      server.closeAllConnections()
    })
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await main()
