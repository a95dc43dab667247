import { request, type Server } from 'node:http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { standInServer, HOSTS, type StandInServer } from '../../e2e/stand-in-server.ts'
import { NO_POLICY } from '../../src/core/policy.ts'
import { collateralRules } from '../../src/engine/collateral-rules.ts'
import { appraise } from '../../src/engine/appraise.ts'
import { gather } from '../collateral/gather.ts'
import type { RelayAnswer } from '../collateral/relay-protocol.ts'
import { HopFailure } from '../collateral/fetch-one.ts'
import { relay } from './relay.ts'
import { listen, staticServer } from './serve.mjs'

let vendors: StandInServer
let server: Server
let address = ''
let host = ''
let folder = ''
/** Headers with which a vendor was asked. */
const seen: Record<string, unknown>[] = []

beforeAll(async () => {
  vendors = await standInServer()
  folder = mkdtempSync(join(tmpdir(), 'relay-'))
  writeFileSync(join(folder, 'index.html'), '<html><head></head><body></body></html>')
  server = staticServer(
    folder,
    relay({
      mirrors: new Map(HOSTS.map((one) => [one, `${vendors.address}/${one}`])),
      environment: {},
      isOwnHost: (one) => one === host,
    }),
  )
  address = (await listen(server, 0)).replace(/\/$/, '')
  host = new URL(address).host
})
afterAll(() => {
  server.close()
  vendors.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  vendors.asked.length = 0
  seen.length = 0
  vendors.lie = (_url, _honest, wire) => {
    seen.push(wire.request.headers)
    return undefined
  }
})

const TCB = 'https://api.trustedservices.intel.com/tdx/certification/v4/tcb?fmspc=d0e0f0000000'

interface Sent {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly said: RelayAnswer
  readonly text: string
}
function send(
  path: string,
  {
    method = 'POST',
    body = JSON.stringify({ url: TCB }),
    ...more
  }: { method?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address)
    const headers: Record<string, string> = {
      host,
      origin: address,
      'content-type': 'application/json',
      'x-relay': '1',
      cookie: 'secret=1',
      'user-agent': 'a browser',
      'accept-language': 'zh',
      ...more.headers,
    }
    for (const [name, value] of Object.entries(headers)) if (value === '') delete headers[name]
    request({ hostname, port, path, method, headers, setHost: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (text += part))
      response.on('end', () => {
        let said = {}
        try {
          said = JSON.parse(text) as RelayAnswer
        } catch {
          // Not every answer is the relay's.
        }
        resolve({ status: response.statusCode ?? 0, headers: response.headers, said: said as RelayAnswer, text })
      })
    })
      .on('error', reject)
      .end(method === 'GET' || method === 'OPTIONS' ? undefined : body)
  })
}

describe('the relay', () => {
  it('says what it is', async () => {
    const { said, headers } = await send('/relay/about', { method: 'GET' })
    expect(said).toMatchObject({ schema: 'relay/1' })
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('fetches what is on the list, and takes nothing of the browser along', async () => {
    const { said } = await send('/relay/get')
    expect(said).toMatchObject({ status: 200 })
    expect(vendors.asked).toEqual([TCB])
    expect(Object.keys(seen[0] ?? {}).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent'])
    expect(seen[0]?.['user-agent']).toBe('attestation-explorer')
  })

  it('hands a redirect back instead of following it', async () => {
    vendors.lie = () => ({
      status: 302,
      headers: { location: 'http://169.254.169.254/', 'set-cookie': 'a=1' },
      body: Buffer.of(),
    })
    const { said } = await send('/relay/get')
    expect(said).toMatchObject({ status: 302, base64: '' })
    expect(JSON.stringify(said)).not.toContain('set-cookie')
    expect(vendors.asked).toHaveLength(1)
  })

  it.each<[string, string, { method?: string; body?: string; headers?: Record<string, string> }, number]>([
    ['another site', '/relay/get', { headers: { origin: 'https://evil.example' } }, 403],
    ['a page from a file', '/relay/get', { headers: { origin: 'null' } }, 403],
    ['another port of this machine', '/relay/get', { headers: { origin: 'http://127.0.0.1:1' } }, 403],
    ['nobody in particular', '/relay/get', { headers: { origin: '' } }, 403],
    [
      'a name that leads here (DNS rebinding)',
      '/relay/get',
      { headers: { host: 'evil.example', origin: 'http://evil.example' } },
      403,
    ],
    ['a browser that says cross-site', '/relay/get', { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    ['a form', '/relay/get', { headers: { 'content-type': 'text/plain' } }, 403],
    ['a form with the right type and no mark', '/relay/get', { headers: { 'x-relay': '' } }, 403],
    ['a link', '/relay/get', { method: 'GET' }, 405],
    ['a question before the request (CORS)', '/relay/get', { method: 'OPTIONS' }, 405],
    ['about, from another site', '/relay/about', { method: 'GET', headers: { origin: 'https://evil.example' } }, 403],
    ['another path', '/relay/else', {}, 404],
  ])('refuses %s, and asks nobody', async (_who, path, how, status) => {
    const answer = await send(path, how)
    expect(answer.status).toBe(status)
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(vendors.asked).toEqual([])
  })

  it.each([
    ['an inner address', { url: 'http://127.0.0.1/' }],
    ['a host outside the list', { url: 'https://evil.example/tcb' }],
    ['a path outside the grammar', { url: 'https://api.trustedservices.intel.com/admin' }],
    ['a step upwards', { url: `${TCB}/../x` }],
    ['a user name', { url: TCB.replace('https://', 'https://a:b@') }],
    ['another port', { url: TCB.replace('.com/', '.com:444/') }],
    ['posting where reading is the rule', { url: TCB, body: { type: 'text/plain', base64: 'AAAA' } }],
    ['no address', {}],
    ['no text', { url: 7 }],
    ['a body that is none', { url: TCB, body: 'x' }],
    ['a file', { url: 'file:///etc/passwd' }],
  ])('does not go to %s', async (_what, wish) => {
    const { said } = await send('/relay/get', { body: JSON.stringify(wish) })
    expect(said).toMatchObject({ failure: 'not-allowed' })
    expect(vendors.asked).toEqual([])
  })
  it.each([
    ['nothing', ''],
    ['half a text', '{'],
    ['too much', 'x'.repeat(20_000)],
  ])('does not stumble over %s', async (_what, body) => {
    expect((await send('/relay/get', { body })).said).toMatchObject({ failure: 'not-allowed' })
  })

  it('stops at the limit', async () => {
    vendors.lie = () => ({ status: 200, headers: {}, body: Buffer.alloc(1024 * 1024 + 1) })
    expect((await send('/relay/get')).said).toMatchObject({ failure: 'too-large' })
  })

  it.each(['tdx', 'sgx', 'snp-vcek', 'snp-vlek'])('%s reaches the verdict of the full case through it', async (id) => {
    const one = vendors.vendors.cases.find((known) => known.id === id)
    if (!one) throw new Error(id)
    const view = (files: Parameters<typeof appraise>[0]) =>
      appraise(files, { at: Date.parse(one.at), atSource: 'given', policy: NO_POLICY })
    const done = await gather(one.bare, async (files) => (await view(files)).wishes, {
      rules: await collateralRules(),
      transport: async ({ url }) => {
        const { said } = await send('/relay/get', { body: JSON.stringify({ url }) })
        if ('failure' in said) throw new HopFailure('relay', said.failure)
        const body = Buffer.from(said.base64, 'base64')
        return {
          ...said,
          body: (async function* () {
            await Promise.resolve()
            yield body
          })(),
        }
      },
      now: () => Date.parse(one.at),
      sleep: async () => Promise.resolve(),
      signal: new AbortController().signal,
    })
    const [got, full] = [await view(done.files), await view(one.full)]
    expect([got.headline, got.ifRootTrusted]).toEqual([full.headline, full.ifRootTrusted])
    expect(vendors.asked).toHaveLength(done.steps.length)
  })
})

describe('the page of a server with a relay', () => {
  it('is told; what a service worker keeps is not', async () => {
    const shown = await send('/', { method: 'GET', headers: { 'sec-fetch-dest': 'document' } })
    const kept = await send('/', { method: 'GET', headers: { 'sec-fetch-dest': 'empty' } })
    expect([shown.text.includes('attestation-relay'), kept.text.includes('attestation-relay')]).toEqual([true, false])
  })
  it('is not told where there is none, and nobody answers there', async () => {
    const plain = staticServer(folder)
    const where = await listen(plain, 0)
    expect(await (await fetch(where)).text()).not.toContain('attestation-relay')
    expect((await fetch(`${where}relay/about`)).status).toBe(404)
    expect((await fetch(`${where}relay/get`, { method: 'POST' })).status).toBe(405)
    plain.close()
  })
})
