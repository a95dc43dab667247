import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sliceOf, type Slice } from '../core/place.ts'
import { NO_POLICY } from '../core/policy.ts'
import type { FieldNode } from '../core/field.ts'
import { cborTree } from '../bytes/cbor-node.ts'
import { readCbor } from '../bytes/cbor.ts'
import { derNode } from '../bytes/der-node.ts'
import { readDer } from '../bytes/der.ts'
import { joinBytes } from '../bytes/join.ts'
import { readJson } from '../bytes/json.ts'
import { readKeyFile } from '../crypto/key-file.ts'
import { readSpki } from '../crypto/spki.ts'
import type { InputFile } from '../engine/api.ts'
import { appraise } from '../engine/appraise.ts'
import { forgetFiles } from '../engine/case.ts'
import { detectAll, entries, entryOfFormat, loadScheme, surest } from '../engine/registry.ts'
import { readBase64 } from '../envelope/base64.ts'
import { readCose } from '../envelope/cose.ts'
import { readDataUri } from '../envelope/data-uri.ts'
import { readHexDump } from '../envelope/hex-dump.ts'
import { readHex } from '../envelope/hex.ts'
import { readHttp } from '../envelope/http.ts'
import { readGzip } from '../envelope/inflate.ts'
import { readJws } from '../envelope/jws.ts'
import { readPem } from '../envelope/pem.ts'
import { readTar } from '../envelope/tar.ts'
import { readZip } from '../envelope/zip.ts'
import { certificateNode, readCertificate } from '../pki/certificate.ts'
import { crlNode, readCrl } from '../pki/crl.ts'
import { ocspNode } from '../pki/ocsp-node.ts'
import { readOcsp } from '../pki/ocsp.ts'
import { corpus, evidenceFile } from './evidence.ts'

/**
 * `npm run fuzz`: changed samples, and with EVIDENCE_CORPUS changed real evidence, through every reader and now and then through the whole engine.
 * The same seed gives the same inputs. FUZZ_SECONDS (default 60), FUZZ_SEED (default 1), FUZZ_INPUTS (no end) say how long, FUZZ_LARGEST (default 65536) of which seeds.
 */
const isAsked = process.env['FUZZ'] !== undefined
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 60)
const INPUTS = Number(process.env['FUZZ_INPUTS'] ?? Number.POSITIVE_INFINITY)
const SEED = Number(process.env['FUZZ_SEED'] ?? 1)
/** One input in so many goes through the whole engine (FUZZ_WHOLE). */
const WHOLE = Number(process.env['FUZZ_WHOLE'] ?? 16)
/** Larger seeds are left out (FUZZ_LARGEST). */
const LARGEST = Number(process.env['FUZZ_LARGEST'] ?? 65_536)
/** What takes longer is told. */
const SLOW_MS = 2000

// Mulberry32: a small stream with a 32-bit state, good enough to choose places and bytes.
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let z = state
    z = Math.imul(z ^ (z >>> 15), z | 1)
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61)
    return ((z ^ (z >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface Seed {
  readonly name: string
  readonly bytes: Uint8Array
  /** Files that belong to it. */
  readonly others: readonly InputFile[]
  readonly at: number
}

async function seeds(): Promise<Seed[]> {
  const found: Seed[] = []
  for (const entry of entries)
    for (const sample of (await loadScheme(entry)).samples) {
      const files = await sample.files()
      for (const file of files)
        if (file.bytes.length <= LARGEST)
          found.push({
            name: `${entry.id}/${sample.id}/${file.name}`,
            bytes: file.bytes,
            others: files.filter((other) => other !== file),
            at: Date.parse(sample.at),
          })
    }
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(corpus ?? '', folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile() && statSync(join(corpus ?? '', path)).size <= LARGEST)
        found.push({ name: path, bytes: evidenceFile(path), others: [], at: Date.UTC(2026, 0, 1) })
    }
  }
  if (corpus !== undefined) walk('')
  return found
}

const ODD = [0, 1, 0x7f, 0x80, 0x81, 0x84, 0xff, 0x30, 0x02, 0x22, 0x5b, 0x7b, 0x5f, 0x9f, 0xbf, 0x0a, 0x3d]

function changed(random: () => number, seed: Uint8Array, other: Uint8Array): Uint8Array {
  let bytes = seed.slice()
  const below = (limit: number) => Math.floor(random() * limit)
  // Most of what matters lies at the beginning: half of the places are taken there.
  const place = () => below(random() < 0.5 ? Math.min(bytes.length, 256) : bytes.length)
  for (let turns = 1 + below(4); turns > 0 && bytes.length > 0; turns--) {
    const at = place()
    const length = 1 + below(random() < 0.8 ? 8 : 512)
    switch (below(9)) {
      case 0:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8))
        break
      case 1:
        bytes[at] = ODD[below(ODD.length)] ?? 0
        break
      case 2:
        bytes.fill(ODD[below(ODD.length)] ?? 0, at, at + length)
        break
      case 3:
        bytes = joinBytes([bytes.subarray(0, at), bytes.subarray(at + length)])
        break
      case 4:
        bytes = bytes.slice(0, at)
        break
      case 5: {
        const part = bytes.slice(at, at + length)
        bytes = joinBytes([bytes.subarray(0, at), part, bytes.subarray(at)])
        break
      }
      case 6: {
        const from = below(other.length)
        const part = other.subarray(from, from + length)
        bytes = joinBytes([bytes.subarray(0, at), part, bytes.subarray(at + (random() < 0.5 ? part.length : 0))])
        break
      }
      case 7:
        bytes = joinBytes([bytes.subarray(0, at), other.subarray(below(other.length))]).slice(0, LARGEST)
        break
      default:
        for (let i = 0; i < 4; i++) bytes[at + i] = below(256)
    }
  }
  return bytes
}

// Trees are made late; a tree that was never looked at proves nothing.
function walked(node: FieldNode): number {
  let count = 0
  const stack = [node]
  for (let one = stack.pop(); one && count < 20_000; one = stack.pop()) {
    count++
    stack.push(...one.children)
  }
  return count
}

const READERS: Readonly<Record<string, (slice: Slice) => unknown>> = {
  der: (slice) => [readDer(slice), walked(derNode(slice, 'x', 'x'))],
  certificate: (slice) => readCertificate(slice) && walked(certificateNode(slice, 'x')),
  crl: (slice) => {
    const crl = readCrl(slice)
    return crl && [crl.find(Uint8Array.of(1)), crl.entryAt(0), walked(crlNode(slice, 'x'))]
  },
  ocsp: (slice) => [readOcsp(slice), walked(ocspNode(slice, 'x'))],
  json: (slice) => {
    const { node } = readJson(slice)
    return node && walked(node)
  },
  cbor: (slice) => [readCbor(slice), walked(cborTree(slice, 'x', 'x').node)],
  cose: (slice) => readCose(slice),
  jws: (slice) => readJws(slice),
  pem: (slice) => readPem(slice, ''),
  base64: (slice) => [readBase64(slice), readBase64(slice, { url: true })],
  hex: (slice) => [readHex(slice), readHexDump(slice)],
  containers: (slice) => [readZip(slice), readTar(slice), readGzip(slice), readHttp(slice), readDataUri(slice)],
  keys: (slice) => [readKeyFile(slice), readSpki(slice.bytes)],
  detectors: (slice) => [surest(slice), detectAll(slice)],
}

describe.skipIf(!isAsked)('changed bytes', () => {
  it(
    'never throw, never hang, and no check crashes over them',
    async () => {
      const all = await seeds()
      const random = generator(SEED)
      const finds: string[] = []
      const slowest = new Map<string, { ms: number; of: string }>()
      const end = performance.now() + SECONDS * 1000
      let inputs = 0
      let wholes = 0
      const tell = (what: string, of: string, thrown: unknown) =>
        finds.push(
          `${what}: ${of}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message).slice(0, 400) : String(thrown)}`,
        )
      // Of the processor, not of the clock: other work on the machine must not look like a hang.
      const now = () => process.cpuUsage()
      const timed = (what: string, of: string, started: NodeJS.CpuUsage) => {
        const { user, system } = process.cpuUsage(started)
        const ms = (user + system) / 1000
        if (ms > (slowest.get(what)?.ms ?? 0)) slowest.set(what, { ms, of })
        if (ms > SLOW_MS) finds.push(`${what}: ${of}: ${Math.round(ms)} ms`)
      }
      while (performance.now() < end && inputs < INPUTS && finds.length < 20) {
        const seed = all[Math.floor(random() * all.length)]
        const other = all[Math.floor(random() * all.length)]
        if (!seed || !other) break
        const bytes = changed(random, seed.bytes, other.bytes)
        const of = `input ${inputs} of seed ${SEED} (${seed.name})`
        const slice = sliceOf('', bytes)
        for (const [what, read] of Object.entries(READERS)) {
          const started = now()
          try {
            read(slice)
          } catch (thrown) {
            tell(what, of, thrown)
          }
          timed(what, of, started)
        }
        for (const { format } of detectAll(slice).slice(0, 2)) {
          const started = now()
          try {
            const entry = entryOfFormat(format)
            const decoding =
              entry && (await loadScheme(entry)).formats.find((one) => one.id === format)?.decode(slice, { hints: {} })
            if (decoding) walked(decoding.tree())
          } catch (thrown) {
            tell(format, of, thrown)
          }
          timed('formats', of, started)
        }
        if (inputs % WHOLE === 0) {
          wholes++
          const started = now()
          try {
            const view = await appraise([{ name: 'changed', bytes }, ...seed.others], {
              at: seed.at,
              atSource: 'given',
              policy: NO_POLICY,
            })
            // As it crosses the worker's door: what is made late is made here, and nothing in it may be a function.
            structuredClone(view)
            for (const check of view.checks)
              if (check.outcome === 'error') tell(check.id, of, JSON.stringify(check.because))
          } catch (thrown) {
            tell('engine', of, thrown)
          }
          timed('engine', of, started)
          forgetFiles()
        }
        inputs++
        // A run of hours says how far it is.
        if (inputs % 50_000 === 0) console.log(`fuzz: ${inputs} inputs of seed ${SEED}, ${finds.length} finds so far`)
      }
      console.log(
        `fuzz: ${inputs} inputs × ${Object.keys(READERS).length + 1} readers, ${wholes} whole appraisals, ${all.length} seeds, seed ${SEED}, ${finds.length} finds`,
      )
      for (const [what, { ms, of }] of slowest) console.log(`slowest ${what}: ${ms.toFixed(1)} ms, ${of}`)
      expect(finds).toEqual([])
    },
    (SECONDS + 600) * 1000,
  )
})
