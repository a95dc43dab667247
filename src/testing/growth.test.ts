import { describe, expect, it } from 'vitest'
import { sliceOf } from '../core/place.ts'
import type { FieldNode } from '../core/field.ts'
import { cborTree } from '../bytes/cbor-node.ts'
import {
  boolean,
  explicit,
  integer,
  nothing,
  octetString,
  oid,
  sequence,
  set,
  time,
  tlv,
  utf8,
} from '../bytes/der-writer.ts'
import { derNode } from '../bytes/der-node.ts'
import { joinBytes } from '../bytes/join.ts'
import { readJson } from '../bytes/json.ts'
import { forgetFiles } from '../engine/case.ts'
import { inspect } from '../engine/inspect.ts'
import { detectAll } from '../engine/registry.ts'
import { readBase64 } from '../envelope/base64.ts'
import { readCose } from '../envelope/cose.ts'
import { readHexDump } from '../envelope/hex-dump.ts'
import { readHex } from '../envelope/hex.ts'
import { readHttp } from '../envelope/http.ts'
import { readJws } from '../envelope/jws.ts'
import { readPem } from '../envelope/pem.ts'
import { algorithmIdentifier, name } from '../pki/issue.ts'
import { certificateNode, readCertificate } from '../pki/certificate.ts'
import { crlNode, readCrl } from '../pki/crl.ts'
import { ES256, FROM, KEYS, NAMES, TO } from '../pki/testing.ts'
import { spkiOf } from '../pki/issue.ts'
import {
  makeCelCbor,
  makeCelJson,
  makeCos,
  makeDstack,
  makeImaBinary,
  makeImaText,
  makeSystemd,
  makeTcg12,
  makeTcg2,
  type EventRecipe,
} from '../schemes/event-log/attester.ts'

/**
 * `npm run growth`: shapes that hostile bytes take, at n, 2n and 4n bytes, and how the time to read them grows. Work that grows with the square of the size would show as 4.
 * GROWTH_BYTES (default 131072) is n; GROWTH_ONLY takes the shapes whose name has the word. A doubling counts when the smaller size takes 8 ms.
 */
const isAsked = process.env['GROWTH'] !== undefined
const N = Number(process.env['GROWTH_BYTES'] ?? 131_072)
const LIMIT = 2.2
const ROUNDS = 3
/** Shorter times say nothing: the collector does not run yet, and later it does. */
const TELLING_MS = 8
/** Part of the names of the shapes that are asked for. */
const ONLY = process.env['GROWTH_ONLY'] ?? ''

const text = (value: string) => new TextEncoder().encode(value)
const filled = (part: Uint8Array, size: number) => {
  const out = new Uint8Array(Math.max(1, Math.floor(size / part.length)) * part.length)
  for (let at = 0; at < out.length; at += part.length) out.set(part, at)
  return out
}
const repeated = (part: string, size: number) => filled(text(part), size)
const listOf = (part: (i: number) => Uint8Array, size: number): Uint8Array => {
  const parts: Uint8Array[] = []
  for (let sum = 0, i = 0; sum < size; i++) {
    const one = part(i)
    parts.push(one)
    sum += one.length
  }
  return joinBytes(parts)
}
const deep = (wrap: (inner: Uint8Array) => Uint8Array, size: number) => {
  let out: Uint8Array = Uint8Array.of(5, 0)
  while (out.length < Math.min(size, 3000)) out = wrap(out)
  // The depth is bounded; what is nested is many.
  return sequence(filled(out, size))
}
const big = (head: number, count: number) =>
  Uint8Array.of(head | 26, count >>> 24, (count >>> 16) & 255, (count >>> 8) & 255, count & 255)
const items = (head: number, part: Uint8Array, size: number, each = 1) => {
  const count = Math.floor(size / part.length)
  return joinBytes([big(head, Math.floor(count / each)), filled(part, Math.floor(count / each) * each * part.length)])
}

const certificate = (extensions: Uint8Array, subject: Uint8Array = NAMES.leaf, serial: Uint8Array = integer(1)) =>
  sequence(
    sequence(
      explicit(0, integer(2)),
      serial,
      algorithmIdentifier(ES256),
      NAMES.root,
      sequence(time(FROM), time(TO)),
      subject,
      spkiOf(KEYS.leaf),
      explicit(3, sequence(extensions)),
    ),
    algorithmIdentifier(ES256),
    tlv(3, Uint8Array.of(0, 0x30, 0)),
  )
const extension = (id: Uint8Array, value: Uint8Array = nothing()) => sequence(id, octetString(value))
const longOid = (bytes: number) =>
  tlv(
    6,
    Uint8Array.from({ length: bytes }, (_, i) => (i === bytes - 1 ? 1 : 0x81)),
  )
const crl = (entries: Uint8Array) =>
  sequence(
    sequence(integer(1), algorithmIdentifier(ES256), NAMES.root, time(FROM), time(TO), sequence(entries)),
    algorithmIdentifier(ES256),
    tlv(3, Uint8Array.of(0, 0x30, 0)),
  )
const entry = (serial: number, ...more: Uint8Array[]) => sequence(integer(serial), time(FROM), ...more)

function walked(node: FieldNode | undefined): number {
  let count = 0
  const stack = node ? [node] : []
  for (let one = stack.pop(); one; one = stack.pop()) {
    count++
    stack.push(...one.children)
  }
  return count
}

type Read = (bytes: Uint8Array) => unknown
const der: Read = (bytes) => walked(derNode(sliceOf('', bytes), 'x', 'x'))
const x509: Read = (bytes) => [readCertificate(sliceOf('', bytes)), walked(certificateNode(sliceOf('', bytes), 'x'))]
const list: Read = (bytes) => {
  const slice = sliceOf('', bytes)
  const read = readCrl(slice)
  return read && [read.find(Uint8Array.of(3)), read.find(Uint8Array.of(0x7f, 1)), walked(crlNode(slice, 'x'))]
}
const json: Read = (bytes) => walked(readJson(sliceOf('', bytes)).node)
const cbor: Read = (bytes) => [readCose(sliceOf('', bytes)), walked(cborTree(sliceOf('', bytes), 'x', 'x').node)]
const texts: Read = (bytes) => {
  const slice = sliceOf('', bytes)
  return [readBase64(slice), readPem(slice, ''), readJws(slice), readHex(slice), readHexDump(slice), readHttp(slice)]
}
const engine: Read = async (bytes) => {
  forgetFiles()
  detectAll(sliceOf('', bytes))
  return (await inspect([{ name: 'hostile', bytes }])).artifacts.map((one) => walked(one.tree))
}

/** Logs of hundreds to a hundred thousand events, by our own writers. */
const LOGS = [
  'TCG2 of two banks',
  'TCG2 of a trust domain',
  'TCG 1.2',
  'CEL-TLV',
  'CEL-JSON',
  'CEL-CBOR',
  'IMA as text',
  'IMA in bytes',
  'systemd',
  'dstack',
  'Windows (SIPA)',
] as const
const times = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i))
const commandOf = (i: number): EventRecipe => {
  const line = text(`linux /boot/vmlinuz-${i} root=/dev/vda ro quiet splash and more words, to the length of a command`)
  return { register: 3, type: 0xd, data: joinBytes([text('grub_cmd: '), line, Uint8Array.of(0)]), hashed: line }
}
/** BOOTDEBUGGING and a path in a record that holds records. */
const windowsOf = (i: number): EventRecipe => {
  const record = (id: number, value: Uint8Array) =>
    joinBytes([Uint8Array.from([0, 8, 16, 24], (shift) => id >>> shift), Uint8Array.of(value.length, 0, 0, 0), value])
  const path = joinBytes(Array.from(text(`\\Windows\\${i}.dll`), (one) => Uint8Array.of(one, 0)))
  const data = record(0x40010003, joinBytes([record(0x00040001, Uint8Array.of(0)), record(0x00070001, path)]))
  return { register: 4, type: 6, data }
}
const MAKE: Readonly<Record<(typeof LOGS)[number], (count: number) => Uint8Array>> = {
  'TCG2 of two banks': (n) => makeTcg2(['sha1', 'sha256'], times(n, commandOf)),
  'TCG2 of a trust domain': (n) => makeTcg2(['sha384'], times(n, commandOf), { headerRegister: 1 }),
  'TCG 1.2': (n) => makeTcg12(times(n, commandOf)),
  'CEL-TLV': (n) => makeCos(times(n, (i) => [4, `--argument-number-${i}=some value that an argument has`])),
  'CEL-JSON': (n) => makeCelJson(times(n, commandOf)),
  'CEL-CBOR': (n) => makeCelCbor(times(n, commandOf)),
  'IMA as text': (n) => makeImaText(times(n, (i) => ({ path: `/usr/lib/x86_64-linux-gnu/libsome-${i}.so.1` }))),
  'IMA in bytes': (n) => makeImaBinary(times(n, (i) => ({ path: `/usr/lib/x86_64-linux-gnu/libsome-${i}.so.1` }))),
  systemd: (n) => makeSystemd(times(n, (i) => [11, `phase-${i}`])),
  // Payloads of the length that firmware's variables have on the average.
  dstack: (n) => makeDstack(times(n, (i) => ({ name: `event-${i}`, payload: new Uint8Array(300).fill(i) }))),
  'Windows (SIPA)': (n) => makeTcg2(['sha256'], times(n, windowsOf)),
}
function logOf(name: (typeof LOGS)[number], size: number): Uint8Array {
  const make = MAKE[name]
  const each = (make(200).length - make(100).length) / 100
  return make(Math.floor(size / each))
}

const SHAPES: readonly (readonly [string, Read, (size: number) => Uint8Array])[] = [
  ['DER: sequences in sequences', der, (size) => deep((inner) => sequence(inner), size)],
  ['DER: sets in contexts', der, (size) => deep((inner) => explicit(1, set(inner)), size)],
  ['DER: many NULLs', der, (size) => sequence(filled(nothing(), size))],
  ['DER: many empty sequences', der, (size) => sequence(filled(sequence(), size))],
  ['DER: one integer', der, (size) => integer(new Uint8Array(size).fill(0x7f))],
  ['DER: integers of 4 KiB', der, (size) => sequence(filled(integer(new Uint8Array(4000).fill(0x7f)), size))],
  ['DER: integers of 200 bytes', der, (size) => sequence(filled(integer(new Uint8Array(200).fill(0x7f)), size))],
  ['DER: one OID', der, (size) => longOid(size)],
  ['DER: OIDs of 4 KiB', der, (size) => sequence(filled(longOid(4000), size))],
  ['DER: OIDs of 250 bytes', der, (size) => sequence(filled(longOid(250), size))],
  ['DER: OIDs of 250 arcs', der, (size) => sequence(filled(tlv(6, new Uint8Array(250).fill(1)), size))],
  ['DER: dates', der, (size) => sequence(filled(time(FROM), size))],
  ['DER: one text', der, (size) => utf8('a'.repeat(size))],
  ['DER: bad UTF-8', der, (size) => tlv(12, new Uint8Array(size).fill(0xc3))],
  ['DER: wide text', der, (size) => tlv(0x1e, new Uint8Array(size - (size % 2)).fill(0x4e))],
  [
    'DER: octet strings that hold DER',
    der,
    (size) => sequence(filled(octetString(sequence(octetString(nothing()))), size)),
  ],
  ['DER: indefinite lengths', der, (size) => filled(Uint8Array.of(0x30, 0x80), size)],
  ['DER: lengths that lie', der, (size) => filled(Uint8Array.of(0x30, 0x84, 0x7f, 0xff, 0xff, 0xff), size)],
  ['certificate: many extensions', x509, (size) => certificate(listOf((i) => extension(oid(`1.2.3.${i}`)), size))],
  ['certificate: one extension over and over', x509, (size) => certificate(filled(extension(oid('2.5.29.15')), size))],
  ['certificate: extensions with OIDs of 4 KiB', x509, (size) => certificate(filled(extension(longOid(4000)), size))],
  [
    'certificate: extensions with OIDs of 250 bytes',
    x509,
    (size) => certificate(filled(extension(longOid(250)), size)),
  ],
  [
    'certificate: purposes without end',
    x509,
    (size) => certificate(extension(oid('2.5.29.37'), sequence(filled(oid('1.2.3.4'), size)))),
  ],
  [
    'certificate: other names without end',
    x509,
    (size) => certificate(extension(oid('2.5.29.17'), sequence(filled(tlv(0x82, text('a.example')), size)))),
  ],
  [
    'certificate: a name of many parts',
    x509,
    (size) => certificate(nothing(), sequence(filled(name({ CN: 'x' }).slice(2), size))),
  ],
  [
    'certificate: a long serial',
    x509,
    (size) => certificate(nothing(), NAMES.leaf, integer(new Uint8Array(size).fill(0x7f))),
  ],
  [
    'certificate: an extension that is a sequence of flags',
    x509,
    (size) => certificate(extension(oid('1.2.3'), sequence(filled(boolean(true), size)))),
  ],
  ['list: many entries', list, (size) => crl(listOf((i) => entry(i + 1000), size))],
  ['list: one serial over and over', list, (size) => crl(filled(entry(3), size))],
  [
    'list: entries with a reason',
    list,
    (size) => crl(filled(entry(3, sequence(extension(oid('2.5.29.21'), tlv(10, Uint8Array.of(1))))), size)),
  ],
  [
    'list: entries with critical extensions',
    list,
    (size) => crl(filled(entry(3, sequence(sequence(oid('1.2.3'), boolean(true), octetString(nothing())))), size)),
  ],
  [
    'list: serials of 200 bytes',
    list,
    (size) => crl(listOf((i) => sequence(tlv(2, new Uint8Array(200).fill((i % 127) + 1)), time(FROM)), size)),
  ],
  ['JSON: arrays in arrays', json, (size) => repeated('[', size)],
  ['JSON: objects in objects', json, (size) => repeated('{"a":', size)],
  ['JSON: many arrays', json, (size) => text(`[${'[],'.repeat(size / 3)}0]`)],
  ['JSON: one number', json, (size) => text('1'.repeat(size))],
  ['JSON: numbers', json, (size) => text(`[${'1,'.repeat(size / 2)}0]`)],
  ['JSON: distinct keys', json, (size) => text(`{${Array.from({ length: size / 12 }, (_, i) => `"k${i}":0`).join()}}`)],
  ['JSON: one key over and over', json, (size) => text(`{${'"k":0,'.repeat(size / 6)}"k":0}`)],
  ['JSON: escapes', json, (size) => text(`"${'\\u0041'.repeat(size / 6)}"`)],
  ['JSON: halves of surrogates', json, (size) => text(`"${String.raw`\ud83d`.repeat(size / 6)}"`)],
  ['JSON: backslashes', json, (size) => text(`"${'\\\\'.repeat(size / 2)}"`)],
  ['JSON: white space', json, (size) => text(`[${' '.repeat(size)}]`)],
  ['JSON: open strings', json, (size) => repeated('"', size)],
  ['JSON: words', json, (size) => text(`[${'true,null,'.repeat(size / 10)}0]`)],
  ['CBOR: arrays in arrays', cbor, (size) => filled(Uint8Array.of(0x81), size)],
  ['CBOR: endless arrays', cbor, (size) => filled(Uint8Array.of(0x9f), size)],
  ['CBOR: tags on tags', cbor, (size) => filled(Uint8Array.of(0xd8, 0x3d), size)],
  ['CBOR: numbers', cbor, (size) => items(0x80, Uint8Array.of(1), size)],
  ['CBOR: one key over and over', cbor, (size) => items(0xa0, Uint8Array.of(1), size, 2)],
  ['CBOR: maps as keys', cbor, (size) => items(0xa0, Uint8Array.of(0xa1, 1, 1), size, 2)],
  ['CBOR: empty maps', cbor, (size) => items(0x80, Uint8Array.of(0xa0), size)],
  ['CBOR: NaN', cbor, (size) => items(0x80, Uint8Array.of(0xf9, 0x7e, 1), size)],
  [
    'CBOR: chunks',
    cbor,
    (size) => joinBytes([Uint8Array.of(0x5f), filled(Uint8Array.of(0x41, 0), size), Uint8Array.of(0xff)]),
  ],
  [
    'CBOR: big numbers',
    cbor,
    (size) => items(0x80, joinBytes([Uint8Array.of(0xc2, 0x58, 200), new Uint8Array(200).fill(0xff)]), size),
  ],
  ['CBOR: byte strings that hold CBOR', cbor, (size) => items(0x80, Uint8Array.of(0x43, 0x82, 1, 2), size)],
  ['text: base64', texts, (size) => repeated('QUJD', size)],
  ['text: equals signs', texts, (size) => repeated('=', size)],
  ['text: begins of blocks', texts, (size) => repeated('-----BEGIN ', size)],
  ['text: begins of certificates', texts, (size) => repeated('-----BEGIN CERTIFICATE-----\n', size)],
  ['text: empty blocks', texts, (size) => repeated('-----BEGIN A-----\n-----END A-----\n', size)],
  ['text: full stops', texts, (size) => repeated('.', size)],
  ['text: three parts', texts, (size) => text(`${'e'.repeat(size / 2)}.${'e'.repeat(size / 2)}.`)],
  ['text: hex digits', texts, (size) => repeated('0f', size)],
  [
    'text: dump lines',
    texts,
    (size) => repeated('00000000: 0000 0000 0000 0000 0000 0000 0000 0000  ................\n', size),
  ],
  ['text: header lines', texts, (size) => text(`HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(size / 6)}\r\n`)],
  ...LOGS.map((name): (typeof SHAPES)[number] => [`log: ${name}`, engine, (size) => logOf(name, size)]),
  ['engine: zeros', engine, (size) => new Uint8Array(size)],
  ['engine: 0x30 0x82', engine, (size) => filled(Uint8Array.of(0x30, 0x82), size)],
  ['engine: opening braces', engine, (size) => repeated('{', size)],
  ['engine: letters', engine, (size) => repeated('a', size)],
  ['engine: lines of base64', engine, (size) => repeated(`${'QUJD'.repeat(16)}\n`, size)],
  ['engine: begins of certificates', engine, (size) => repeated('-----BEGIN CERTIFICATE-----\n', size)],
  ['engine: quotes', engine, (size) => repeated('"', size)],
  ['engine: percent signs', engine, (size) => repeated('%7b', size)],
  ['engine: addresses', engine, (size) => repeated('data:;base64,', size)],
  ['engine: a certificate with OIDs of 4 KiB', engine, (size) => certificate(filled(extension(longOid(4000)), size))],
  ['engine: a list of one serial', engine, (size) => crl(filled(entry(3), size))],
  ['engine: marks of reports', engine, (size) => filled(Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0), size)],
]

describe.skipIf(!isAsked)('the time to read grows with the size', () => {
  it('of every shape', async () => {
    const over: string[] = []
    const shapes = SHAPES.filter(([what]) => what.includes(ONLY))
    for (const [what, read, make] of shapes) {
      const sizes = [make(N), make(2 * N), make(4 * N)]
      let measured = await timesOf(read, sizes, ROUNDS)
      // The collector only ever adds: what looks too much is measured again, longer.
      if (doublings(measured).some((one) => one > LIMIT)) {
        const again = await timesOf(read, sizes, 4 * ROUNDS)
        measured = measured.map((ms, i) => Math.min(ms, again[i] ?? ms))
      }
      const ratios = doublings(measured)
      console.log(
        `${ratios.length === 0 ? '–' : ratios.map((one) => `×${one.toFixed(1)}`).join(' ')} \t${(measured[2] ?? 0).toFixed(1)} ms at ${((sizes[2]?.length ?? 0) / 1024).toFixed(0)} KiB\t${what}`,
      )
      // Over both doublings together: one that is chance is made good by the next.
      if (ratios.reduce((product, one) => product * one, 1) > LIMIT ** ratios.length)
        over.push(`${what}: ${ratios.map((one) => one.toFixed(2)).join(', ')}`)
    }
    console.log(`${shapes.length} shapes, ${over.length} over ×${LIMIT}`)
    expect(over).toEqual([])
  }, 1_800_000)
})

async function timesOf(read: Read, sizes: readonly Uint8Array[], rounds: number): Promise<number[]> {
  const best = sizes.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < rounds; round++)
    for (const [i, bytes] of sizes.entries()) {
      // A copy each time, so that nothing is remembered by its buffer.
      const fresh = bytes.slice()
      // Of the processor, not of the clock: other work on the machine must not look like growth.
      const started = process.cpuUsage()
      await read(fresh)
      const { user, system } = process.cpuUsage(started)
      best[i] = Math.min(best[i] ?? 0, (user + system) / 1000)
    }
  return best
}

function doublings([one = 0, two = 0, four = 0]: readonly number[]): number[] {
  return [...(one >= TELLING_MS ? [two / one] : []), ...(two >= TELLING_MS ? [four / two] : [])]
}
