import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfigFromFile } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listOf } from '../app/cli/offline-build.ts'
import { listen, readHeaderRules, staticServer } from '../app/cli/serve.mjs'
import { writeTwins } from '../app/cli/twins.ts'

const folder = mkdtempSync(join(tmpdir(), 'serve-'))
const outside = mkdtempSync(join(tmpdir(), 'outside-'))
writeFileSync(join(folder, 'index.html'), '<!doctype html>')
writeFileSync(join(folder, 'engine.js'), 'export {}')
writeFileSync(join(folder, '_headers'), '/*\n  X-Everywhere: yes\n/engine.js\n  X-Here: a: b\n')
writeFileSync(join(outside, 'secret.txt'), 'secret')
symlinkSync(join(outside, 'secret.txt'), join(folder, 'link.txt'))

const server = staticServer(folder)
let address = ''

beforeAll(async () => {
  address = await listen(server, 0)
})

afterAll(() => {
  server.close()
  for (const made of [folder, outside]) rmSync(made, { recursive: true })
})

/** Sends the path as it stands: `fetch` would tidy `..` away. */
function get(
  path: string,
  method = 'GET',
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address)
    request({ hostname, port, path, method, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (text: string) => (body += text))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
      .on('error', reject)
      .end()
  })
}

test('serves files with their type and the headers of the headers file', async () => {
  const page = await get('/?x=1')
  expect(page).toMatchObject({ status: 200, body: '<!doctype html>' })
  expect(page.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'x-everywhere': 'yes',
    'cache-control': 'no-store',
  })
  expect(page.headers).not.toHaveProperty('x-here')
  const script = await get('/engine.js')
  expect(script.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'x-everywhere': 'yes',
    'x-here': 'a: b',
  })
  expect(await get('/engine.js', 'HEAD')).toMatchObject({ status: 200, body: '' })
})

test.each(['/nothing', '/_headers', '/../outside', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc/passwd', '/link.txt'])(
  'has nothing at %s',
  async (path) => {
    expect(await get(path)).toMatchObject({ status: 404 })
  },
)

test('refuses what it cannot read', async () => {
  expect(await get('/%')).toMatchObject({ status: 400 })
  expect(await get('/%00')).toMatchObject({ status: 400 })
  expect(await get('/', 'POST')).toMatchObject({ status: 405 })
})

test('takes the next port when the first is in use', async () => {
  const second = staticServer(folder)
  const taken = Number(new URL(address).port)
  const other = await listen(second, taken)
  second.close()
  expect(Number(new URL(other).port)).toBeGreaterThan(taken)
})

test('reads header rules', () => {
  expect(readHeaderRules('# note\n/*\n  A: 1\n  B: x; y\n\n/z\n  C: 2\n')).toEqual([
    {
      pattern: '/*',
      headers: [
        ['A', '1'],
        ['B', 'x; y'],
      ],
    },
    { pattern: '/z', headers: [['C', '2']] },
  ])
})

test('the build does not take the server in: started by it, it would start it again', async () => {
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' })
  expect(loaded?.dependencies.some((path) => path.endsWith('sources.mjs'))).toBe(true)
  expect(loaded?.dependencies.filter((path) => path.endsWith('serve.mjs'))).toEqual([])
})

test('gives out the compressed twin of a file to those who take it, and only where it is not older', async () => {
  const path = join(folder, 'large.js')
  const text = `export const many = '${'0123456789'.repeat(500)}'`
  writeFileSync(path, text)
  await writeTwins(path)
  const encoded = async (accepted: string) => {
    const response = await get('/large.js', 'HEAD', { 'accept-encoding': accepted })
    return [response.headers['content-encoding'], Number(response.headers['content-length'])]
  }
  expect(await encoded('gzip, deflate, br')).toEqual(['br', statSync(`${path}.br`).size])
  expect(await encoded('gzip;q=1.0, br;q=0')).toEqual(['gzip', statSync(`${path}.gz`).size])
  expect(await encoded('identity')).toEqual([undefined, text.length])
  expect((await get('/large.js', 'HEAD', { 'accept-encoding': 'br' })).headers).toMatchObject({
    vary: 'Accept-Encoding',
    'content-type': 'text/javascript; charset=utf-8',
  })
  // Unpacked it is the file itself: `fetch` takes what it can read.
  expect(await (await fetch(new URL('large.js', address))).text()).toBe(text)
  utimesSync(path, new Date(), new Date(Date.now() + 60_000))
  expect(await encoded('br')).toEqual([undefined, text.length])
})

test('a short file has no twin, and none is listed as a file of the build', async () => {
  await writeTwins(join(folder, 'engine.js'))
  expect(existsSync(join(folder, 'engine.js.br'))).toBe(false)
  expect(Object.keys(listOf(folder)).filter((name) => /\.(?:br|gz)$/.test(name))).toEqual([])
})
