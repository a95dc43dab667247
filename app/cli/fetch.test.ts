import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { standInServer, type Lie, type StandInServer } from '../../e2e/stand-in-server.ts'
import type { ContractAppraisal } from '../../src/engine/contract.ts'
import { fetchOne } from '../collateral/fetch-one.ts'
import { requestOf } from '../../src/engine/collateral-requests.ts'
import { collateralRules } from '../../src/engine/collateral-rules.ts'
import { main } from './appraise.ts'
import { sha256 } from './answer-cache.ts'
import type { Manifest } from './collateral.ts'
import { isInner, nodeTransport, proxyFor } from './node-transport.ts'
import { listen } from './serve.mjs'

/** From bare evidence to the full verdict by the command line, against the vendors' stand-in on loopback. */

let vendors: StandInServer
let folder = ''
beforeAll(async () => {
  vendors = await standInServer()
  folder = mkdtempSync(join(tmpdir(), 'fetch-'))
})
afterAll(() => {
  vendors.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  vendors.lie = undefined
  vendors.asked.length = 0
})

async function run(...argv: readonly string[]) {
  let [out, err] = ['', '']
  const toOut = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
  const toErr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text)
    return true
  })
  try {
    return { code: await main(argv), out, err }
  } finally {
    toOut.mockRestore()
    toErr.mockRestore()
  }
}

const json = (ran: { out: string }) => JSON.parse(ran.out) as ContractAppraisal
const known = (id: string) => {
  const one = vendors.vendors.cases.find((candidate) => candidate.id === id)
  if (!one) throw new Error(id)
  return one
}
const put = (id: string, which: 'bare' | 'full') =>
  known(id)[which].map(({ name, bytes }) => {
    const path = join(folder, `${id}-${name}`)
    writeFileSync(path, bytes)
    return path
  })

let caches = 0
const fresh = () => join(folder, `cache-${caches++}`)
const fetching = (id: string, cache: string, ...more: readonly string[]) =>
  run(
    ...put(id, 'bare'),
    '--at',
    known(id).at,
    '--json',
    '--fetch',
    '--yes',
    '--cache',
    cache,
    ...vendors.mirrors,
    ...more,
  )
const told = ({ headline, ifRootTrusted, answers }: ContractAppraisal) => [
  headline,
  ifRootTrusted,
  Object.entries(answers).map(([question, { state, because }]) => [question, state, because]),
]

describe('appraise --fetch', () => {
  it.each([
    ['tdx', 'S5', ['/tcb?fmspc=d0e0f0000000', '/qe/identity', '/pckcrl?ca=platform', 'IntelSGXRootCA.der']],
    ['sgx', 'S5', ['/tcb?fmspc=d0e0f0000000', '/qe/identity', '/pckcrl?ca=processor', 'IntelSGXRootCA.der']],
    ['snp-vcek', 'S5w', ['/vcek/v1/Milan/d0d0c0de', '/vcek/v1/Milan/crl']],
    ['snp-vlek', 'S5w', ['/vlek/v1/Genoa/crl']],
  ])('%s reaches the verdict of the full case', async (id, headline, asked) => {
    const ran = await fetching(id, fresh())
    const full = json(await run(...put(id, 'full'), '--at', known(id).at, '--json'))
    expect(told(json(ran))).toEqual(told(full))
    expect(json(ran).ifRootTrusted).toBe(headline)
    expect(vendors.asked).toHaveLength(asked.length)
    for (const part of asked)
      expect(
        vendors.asked.filter((url) => url.includes(part)),
        part,
      ).toHaveLength(1)
    // Everything that went wrong or would go out is said beside the result, never in it.
    expect(ran.err).toMatch(/would be sent/)
    expect(ran.err).toMatch(
      id.startsWith('snp') ? /the generation|the chip’s id/ : /FMSPC d0e0f0000000: the kind of machine/,
    )
  })

  it('says it in Chinese', async () => {
    const ran = await fetching('tdx', fresh(), '--lang', 'zh')
    expect(ran.err).toMatch(/将发出 4 次请求/)
    expect(ran.err).toMatch(/机器的型号，不是哪一台/)
  })

  it('sends nothing without being told to, where nobody can be asked', async () => {
    const ran = await run(
      ...put('tdx', 'bare'),
      '--at',
      known('tdx').at,
      '--json',
      '--fetch',
      '--cache',
      fresh(),
      ...vendors.mirrors,
    )
    expect([vendors.asked, json(ran).ifRootTrusted]).toEqual([[], 'S4'])
    expect(ran.err).toMatch(/nothing is sent without --yes/)
  })

  it('asks in the edition that is wanted', async () => {
    await fetching('tdx', fresh(), '--update', 'early')
    expect(vendors.asked.filter((url) => url.endsWith('update=early'))).toHaveLength(2)
  })

  it.each([
    [['--offline'], 'goes with --fetch'],
    [['--mirror', 'a=b'], 'goes with --fetch'],
    [['--fetch', '--mirror', 'kdsintf.amd.com=ftp://x/'], 'takes HOST=URL'],
    [['--fetch', '--update', 'never'], '--update takes'],
    [['--fetch', '--offline', '--refresh'], 'exclude each other'],
  ])('%j is refused', async (words, says) => {
    const ran = await run(...put('tdx', 'bare'), ...words)
    expect([ran.code, ran.out]).toEqual([64, ''])
    expect(ran.err).toContain(says)
  })
})

describe('what is kept on disk', () => {
  it('serves --offline, and --refresh asks again', async () => {
    const cache = fresh()
    await fetching('tdx', cache)
    vendors.asked.length = 0
    const again = await fetching('tdx', cache, '--offline')
    expect([vendors.asked, json(again).ifRootTrusted]).toEqual([[], 'S5'])
    await fetching('tdx', cache, '--refresh')
    expect(vendors.asked).toHaveLength(4)
  })
  it('is never trusted: damaged or rewritten, it is asked for again', async () => {
    const cache = fresh()
    await fetching('tdx', cache)
    const [damaged = '', rewritten = ''] = readdirSync(cache)
      .map((name) => join(cache, name))
      .filter((path) => /tcb\?|qe\/identity/.test(readFileSync(path, 'latin1').split('\n')[0] ?? ''))
    writeFileSync(damaged, readFileSync(damaged).subarray(0, -20))
    // With a hash that fits: only the signature can tell.
    const text = readFileSync(rewritten, 'latin1')
    const at = text.indexOf('\n')
    const forged = Buffer.from(text.slice(at + 1).replace('"UpToDate"', '"Uptodate"'), 'latin1')
    const head = { ...(JSON.parse(text.slice(0, at)) as object), sha256: sha256(forged) }
    writeFileSync(rewritten, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), forged]))
    vendors.asked.length = 0
    const ran = await fetching('tdx', cache)
    expect(vendors.asked).toHaveLength(2)
    expect(ran.err).toMatch(/damaged and was passed over/)
    expect(json(ran).ifRootTrusted).toBe('S5')
  })
})

describe('a mirror that lies', () => {
  const isTcb = (url: string) => url.includes('/tcb?')
  const lies: readonly (readonly [string, RegExp, Lie])[] = [
    [
      'a page',
      /web page instead of data/,
      () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from('<html>') }),
    ],
    ['404', /does not have it \(HTTP 404\)/, () => ({ status: 404, headers: {}, body: Buffer.from('no') })],
    [
      'a redirect to an inner address',
      /Sent on to an address that is not in the list/,
      () => ({ status: 302, headers: { location: 'http://169.254.169.254/latest/' }, body: Buffer.of() }),
    ],
    [
      'no end',
      /Larger than 1 MiB, or without end/,
      (_url, _honest, { response }) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536, 0x20)));
          if (!response.destroyed) response.once('drain', more)
        }
        more()
        return null
      },
    ],
    [
      'a gzip bomb',
      /Larger than 1 MiB, or without end/,
      () => ({ status: 200, headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(64 * 1024 * 1024)) }),
    ],
    [
      'an encoding of its own',
      /Packed in a way that is not read here \(br\)/,
      () => ({ status: 200, headers: { 'content-encoding': 'br' }, body: Buffer.from('x') }),
    ],
    [
      'half an answer',
      /No connection/,
      (_url, honest, { response }) => {
        response.writeHead(200, { 'content-length': String(honest.body.length) })
        response.write(honest.body.subarray(0, 20), () => response.destroy())
        return null
      },
    ],
  ]
  it.each(lies)('with %s: the reader is told, and the case stays open', async (_what, says, lie) => {
    vendors.lie = (url, honest, wire) => (isTcb(url) ? lie(url, honest, wire) : undefined)
    const ran = await fetching('tdx', fresh())
    expect(ran.err).toMatch(says)
    expect(json(ran).ifRootTrusted).toBe('S4')
    expect(json(ran).wishes.map(({ kind }) => kind)).toEqual(['tcb-info'])
  })
  it('with another answer than was asked for: it is looked at and left aside', async () => {
    vendors.lie = (url, honest) =>
      isTcb(url)
        ? {
            ...honest,
            body: Buffer.from(
              Buffer.from(honest.body)
                .toString()
                .replace(/d0e0f0000000/i, 'a1b1c1000000'),
            ),
          }
        : undefined
    const ran = json(await fetching('tdx', fresh()))
    expect([ran.ifRootTrusted, ran.collateral.find(({ kind }) => kind === 'tcb-info')?.use]).toEqual(['S4', 'rejected'])
  })
  it('unpacks what was packed unasked', async () => {
    vendors.lie = (url, honest) =>
      isTcb(url)
        ? { ...honest, headers: { ...honest.headers, 'content-encoding': 'gzip' }, body: gzipSync(honest.body) }
        : undefined
    expect(json(await fetching('tdx', fresh())).ifRootTrusted).toBe('S5')
  })
  it('whose clock is years away is named', async () => {
    vendors.lie = (_url, honest) => ({
      ...honest,
      headers: { ...honest.headers, date: 'Tue, 15 Jun 2021 12:00:00 GMT' },
    })
    expect((await fetching('tdx', fresh())).err).toMatch(/differ by \d{4} days/)
  })
})

describe('the network of this machine', () => {
  const TCB = 'https://api.trustedservices.intel.com/tdx/certification/v4/tcb?fmspc=d0e0f0000000'
  const ask = async (transport: ReturnType<typeof nodeTransport>) => {
    const rules = await collateralRules()
    const request = await requestOf(rules, TCB, undefined)
    if (!request) throw new Error('not allowed')
    return fetchOne(rules, request, {
      transport,
      now: () => Date.now(),
      sleep: async () => Promise.reject(new Error('no waiting here')),
      signal: new AbortController().signal,
    })
  }
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '192.168.0.1',
    '172.16.0.1',
    '0.0.0.0',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
  ])('a vendor’s name that leads to %s is not asked', async (address) => {
    expect(isInner(address)).toBe(true)
    const transport = nodeTransport({
      mirrors: new Map(),
      environment: {},
      lookup: (_host, options, done) => {
        const family = address.includes(':') ? 6 : 4
        if (options.all === true)
          done(null, [
            { address: '93.184.216.34', family: 4 },
            { address, family },
          ])
        else done(null, address, family)
      },
    })
    expect(await ask(transport)).toMatchObject({ kind: 'failed', why: 'inner-address' })
  })
  it('public addresses are not inner ones', () => {
    for (const address of ['8.8.8.8', '93.184.216.34', '172.32.0.1', '2606:4700::1111'])
      expect(isInner(address)).toBe(false)
  })

  async function proxied(answer: (line: string) => string) {
    const lines: string[] = []
    const proxy: Server = createServer()
    proxy.on('connect', (request, socket) => {
      lines.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers['proxy-authorization'] ?? ''}`.trim())
      socket.end(answer(request.url ?? ''))
    })
    const address = await listen(proxy, 0)
    const environment = { HTTPS_PROXY: address.replace('http://', 'http://reader:p%40ss@') }
    const fate = await ask(
      nodeTransport({
        mirrors: new Map(),
        environment,
        lookup: () => {
          throw new Error('the proxy looks names up')
        },
      }),
    )
    proxy.close()
    return { lines, fate }
  }
  it('a proxy is asked for a tunnel and for nothing else; when it fails, that is said', async () => {
    const { lines, fate } = await proxied(() => 'HTTP/1.1 502 Bad Gateway\r\n\r\n')
    expect(lines).toEqual([
      `CONNECT api.trustedservices.intel.com:443 Basic ${Buffer.from('reader:p@ss').toString('base64')}`,
    ])
    expect(fate).toMatchObject({ kind: 'failed', why: 'proxy', detail: '502' })
  })
  it('a tunnel carries the request to a host that only the proxy reaches', async () => {
    const proxy = createServer()
    const lines: string[] = []
    proxy.on('connect', (request, socket) => {
      lines.push(request.url ?? '')
      const { port } = new URL(vendors.address)
      const through = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        socket.pipe(through).pipe(socket)
      })
    })
    const environment = { HTTP_PROXY: await listen(proxy, 0) }
    const host = 'api.trustedservices.intel.com'
    const fate = await ask(nodeTransport({ mirrors: new Map([[host, `http://pccs.example/${host}/`]]), environment }))
    proxy.close()
    expect([lines, fate.kind, vendors.asked]).toEqual([['pccs.example:80'], 'got', [TCB]])
  })
  it('is chosen as other tools choose it', () => {
    const url = new URL(TCB)
    expect(proxyFor(url, { https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:2' })?.host).toBe('a:1')
    expect(proxyFor(url, { HTTPS_PROXY: 'b:2' })?.host).toBe('b:2')
    expect(proxyFor(url, { HTTPS_PROXY: 'http://b:2', NO_PROXY: 'example.com, .intel.com' })).toBeUndefined()
    expect(proxyFor(url, { HTTPS_PROXY: '' })).toBeUndefined()
  })
})

describe('npm run collateral', () => {
  it('writes answers and a manifest that appraise to the full verdict', async () => {
    const out = join(folder, 'answers')
    const ran = await run(
      '--collateral',
      ...put('tdx', 'bare'),
      '-o',
      out,
      '--at',
      known('tdx').at,
      '--yes',
      '--cache',
      fresh(),
      ...vendors.mirrors,
    )
    expect(ran.code, ran.err).toBe(0)
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as Manifest
    expect(manifest.items.map(({ kind, status, from, use }) => [kind, status, from, use].join(' ')).sort()).toEqual([
      'pck-crl 200 network used',
      'qe-identity 200 network used',
      'root-crl 200 network used',
      'tcb-info 200 network used',
    ])
    for (const item of manifest.items) {
      const bytes = readFileSync(join(out, item.file))
      expect(sha256(bytes)).toBe(item.sha256)
      expect(bytes.toString('latin1', 0, 13)).toBe('HTTP/1.1 200\r')
    }
    const files = readdirSync(out).map((name) => join(out, name))
    const result = json(await run(...put('tdx', 'bare'), ...files, '--at', known('tdx').at, '--json'))
    expect(result.ifRootTrusted).toBe('S5')
  })
  it('says what is missing, and by its exit code', async () => {
    vendors.lie = (url) => (url.includes('/tcb?') ? { status: 404, headers: {}, body: Buffer.from('no') } : undefined)
    const out = join(folder, 'missing')
    const ran = await run(
      '--collateral',
      ...put('tdx', 'bare'),
      '-o',
      out,
      '--at',
      known('tdx').at,
      '--yes',
      '--cache',
      fresh(),
      ...vendors.mirrors,
    )
    expect(ran.code).toBe(2)
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as Manifest
    expect(manifest.missing).toMatchObject([{ kind: 'tcb-info', why: 'The host does not have it (HTTP 404).' }])
  })
  it('takes at least one file', async () => expect((await run('--collateral')).code).toBe(64))
})
