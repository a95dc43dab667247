import { gzipSync, zipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { toHex } from '../../bytes/layout.ts'
import { toBase64, toBase64Url } from '../../envelope/base64.ts'
import { encodePem } from '../../envelope/pem.ts'
import type { InputFile } from '../../engine/api.ts'
import { bundledFilesOf, filesOf, type DemoCase } from '../../schemes/intel-dcap/attester.ts'
import { good, pem, text, told, view } from './kit.ts'

/** The same evidence and collateral in the shapes in which people have them: the verdict must not notice. */

interface Shapes {
  readonly made: DemoCase
  readonly quote: Uint8Array
  readonly collateral: readonly InputFile[]
  readonly bundle: Readonly<Record<string, string>>
}
let shapes: Shapes
let plain = ''
const seen = async (files: readonly InputFile[]) => {
  const result = await view(files)
  const { vendor } = result.subjects[0] ?? {}
  return `${result.ifRootTrusted ?? result.headline} ${result.subjects.length} ${JSON.stringify(vendor)} ${Object.values(
    result.answers,
  )
    .map((answer) => answer.state)
    .join()} ${told(result)}`
}
beforeAll(async () => {
  const made = await good()
  const [quote, ...collateral] = filesOf(made)
  const bundle = bundledFilesOf(made)[1]
  if (!quote || !bundle) throw new Error('no files')
  shapes = {
    made,
    quote: quote.bytes,
    collateral,
    bundle: JSON.parse(new TextDecoder().decode(bundle.bytes)) as Record<string, string>,
  }
  plain = await seen([quote, ...collateral])
})

const json = (value: unknown, indent?: number) => text(JSON.stringify(value, null, indent))
const file = (name: string, bytes: Uint8Array | string): InputFile => ({
  name,
  bytes: typeof bytes === 'string' ? text(bytes) : bytes,
})
const camel = (name: string) => name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())
const curl = (header: string, chain: string, body: Uint8Array) =>
  Uint8Array.from([
    ...text(
      `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${header}: ${encodeURIComponent(chain)}\r\nContent-Length: ${body.length}\r\n\r\n`,
    ),
    ...body,
  ])
const crlf = (value: string) => value.replaceAll(/\r?\n/g, '\r\n')

const quotes: Readonly<Record<string, (quote: Uint8Array) => Uint8Array | string>> = {
  hex: toHex,
  'upper-case hex with 0x': (quote) => `0x${toHex(quote).toUpperCase()}\n`,
  'hex of hex': (quote) => toHex(text(toHex(quote))),
  base64: toBase64,
  'base64 in lines, CRLF': (quote) => toBase64(quote).replaceAll(/(.{64})/g, '$1\r\n'),
  base64url: toBase64Url,
  gzip: (quote) => gzipSync(quote),
  'gzip in base64': (quote) => toBase64(gzipSync(quote)),
  zip: (quote) => zipSync({ 'a/b.dat': quote }),
  'JSON member of any name': (quote) => json({ foo: { bar: [{ baz: toBase64(quote) }] }, n: 1 }, 2),
  'JSON numbers': (quote) => json({ quote: [...quote] }),
  'JSON in a JSON string': (quote) => json(JSON.stringify({ x: toBase64Url(quote) })),
  'data URI': (quote) => `data:application/octet-stream;base64,${toBase64(quote)}`,
  'JSON lines': (quote) => `{"log":"x"}\n${JSON.stringify({ quote: toHex(quote) })}\n`,
  'spaced hex': (quote) => (toHex(quote).match(/../g) ?? []).join(' '),
  'answer of a server': (quote) =>
    Uint8Array.from([...text('HTTP/2 200\r\ncontent-type: application/octet-stream\r\n\r\n'), ...quote]),
}
const sets: Readonly<Record<string, (given: Shapes) => readonly InputFile[]>> = {
  'files the other way round': ({ collateral, quote }) => [...collateral.toReversed(), file('q', quote)],
  'bundle, indented, CRLF': ({ quote, bundle }) => [file('q', quote), file('b', crlf(JSON.stringify(bundle, null, 2)))],
  'bundle, members reversed': ({ quote, bundle }) => [
    file('q', quote),
    file('b', json(Object.fromEntries(Object.entries(bundle).toReversed()))),
  ],
  'bundle, names in camel case': ({ quote, bundle }) => [
    file('q', quote),
    file('b', json(Object.fromEntries(Object.entries(bundle).map(([name, value]) => [camel(name), value])))),
  ],
  'bundle inside another object': ({ quote, bundle }) => [
    file('q', quote),
    file('b', json({ result: { collateral: bundle } })),
  ],
  'quote and bundle in one object': ({ quote, bundle }) => [
    file('all', json({ quote: toHex(quote), collateral: bundle })),
  ],
  'quote and bundle in one object, the bundle first': ({ quote, bundle }) => [
    file('all', json({ collateral: bundle, evidence: { q: toBase64(quote) } })),
  ],
  'quote among the members of the bundle': ({ quote, bundle }) => [
    file('flat', json({ ...bundle, anything: toBase64(quote) })),
  ],
  'one zip': ({ quote, collateral }) => [
    file(
      'z',
      zipSync(
        Object.fromEntries([
          ['q.bin', quote],
          ...collateral.map((one): [string, Uint8Array] => [`c/${one.name}`, one.bytes]),
        ]),
      ),
    ),
  ],
  'bundle in gzip': ({ quote, bundle }) => [file('q', quote), file('b', gzipSync(json(bundle)))],
  'answers with headers': ({ quote, collateral, made }) => [
    file('q', quote),
    ...collateral.flatMap((one): InputFile[] => {
      if (one.name === 'tcb-info.json')
        return [file('t', curl('TCB-Info-Issuer-Chain', chainOf(made.signingChain), one.bytes))]
      if (one.name === 'qe-identity.json')
        return [file('i', curl('SGX-Enclave-Identity-Issuer-Chain', chainOf(made.signingChain), one.bytes))]
      if (one.name === 'pck-crl.der')
        return [file('p', curl('SGX-PCK-CRL-Issuer-Chain', chainOf(made.caChain), text(toHex(one.bytes))))]
      return [one]
    }),
  ],
  'lists and chains in one PEM, order reversed': ({ quote, made, collateral }) => [
    file('q', quote),
    ...collateral.filter((one) => one.name.endsWith('json')),
    file(
      'all.pem',
      crlf(
        [
          encodePem('X509 CRL', made.pckCrl),
          chainOf(made.signingChain.toReversed()),
          encodePem('X509 CRL', made.rootCrl),
          chainOf(made.caChain.toReversed()),
        ].join(''),
      ),
    ),
  ],
  'everything twice': ({ quote, bundle, collateral }) => [
    file('q', quote),
    ...collateral,
    file('b', json(bundle)),
    file('c', json({ nested: bundle })),
  ],
}
const chainOf = (certificates: readonly Uint8Array[]) => new TextDecoder().decode(pem(...certificates))

describe('the shape of the input changes nothing', () => {
  it('begins with a case that is accepted', () => expect(plain).toMatch(/^S5 1 /))
  it.each(Object.keys(quotes))('quote as %s', async (name) => {
    const written = quotes[name]?.(shapes.quote)
    expect(await seen([file('input', written ?? ''), ...shapes.collateral])).toBe(plain)
  })
  it.each(Object.keys(sets))('%s', async (name) => expect(await seen(sets[name]?.(shapes) ?? [])).toBe(plain))
})

describe('each thing that is taken away leaves the question open, at any time', () => {
  it.each(['tcb-info.json', 'qe-identity.json', 'pck-crl.der', 'root-crl.der'])('without %s', async (name) => {
    expect(shapes.collateral.map((one) => one.name)).toContain(name)
    const result = await view([file('q', shapes.quote), ...shapes.collateral.filter((one) => one.name !== name)])
    expect(result.ifRootTrusted, told(result)).toBe('S4')
  })
  it.each(['2000-01-01T00:00:00Z', '2026-05-31T23:59:59Z', '2026-07-01T00:00:01Z', '2099-01-01T00:00:00Z'])(
    'at %s the level is still told',
    async (at) => {
      const files = [file('q', shapes.quote), ...shapes.collateral]
      const [then, now] = [await view(files, at), await view(files)]
      expect(then.ifRootTrusted, told(then)).toBe('S4')
      expect(then.subjects[0]?.vendor).toEqual(now.subjects[0]?.vendor)
    },
  )
})
