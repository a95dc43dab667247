import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfigFromFile } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen, readHeaderRules, staticServer } from '../app/cli/serve.mjs'

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
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address)
    request({ hostname, port, path, method }, (response) => {
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
