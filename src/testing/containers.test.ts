import { gzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { cborBytes, cborMap, cborText } from '../bytes/cbor-writer.ts'
import { joinBytes } from '../bytes/join.ts'
import { octetString, sequence } from '../bytes/der-writer.ts'
import { toHex } from '../bytes/layout.ts'
import { NO_POLICY } from '../core/policy.ts'
import type { AppraisalView, InputFile } from '../engine/api.ts'
import { appraise } from '../engine/appraise.ts'
import { entries, loadScheme } from '../engine/registry.ts'
import { toBase64, toBase64Url } from '../envelope/base64.ts'
import { customExtension, issueCertificate, name } from '../pki/issue.ts'
import { ES256, KEYS } from '../pki/testing.ts'
import { ACCEPTING, effective } from './tamper.ts'

/** Evidence of every scheme in other people's containers, at three places each: found, and appraised as when it stands alone. */

const text = (value: string) => new TextEncoder().encode(value)
/** Bytes that nobody knows: a fixed stream. */
const junk = (size: number, seed = 7) =>
  Uint8Array.from({ length: size }, (_, i) => (Math.imul(i + seed, 2654435761) >>> 11) & 255)
/** Nothing, 32 bytes, 500 bytes before it; what is not at the front has 40 bytes behind it. */
const PLACES = [0, 32, 500] as const
const placed = (bytes: Uint8Array, before: number) =>
  before === 0 ? bytes : joinBytes([junk(before), bytes, junk(40, 99)])
const be32 = (value: number) => Uint8Array.from([24, 16, 8, 0], (shift) => (value >>> shift) & 255)
const varint = (value: number): Uint8Array => {
  const out: number[] = []
  let rest = value
  for (; rest > 127; rest >>>= 7) out.push((rest & 127) | 128)
  return Uint8Array.from([...out, rest])
}
const lines = (digits: string, width: number) =>
  (digits.match(new RegExp(`.{1,${width}}`, 'g')) ?? [])
    .map((part, i) => `2026-01-01T00:00:${String(i % 60).padStart(2, '0')}Z INFO svc part ${i + 1}: ${part}\n`)
    .join('')
const json = (value: string, before: number) =>
  text(
    before === 0
      ? `{"evidence":${value}}`
      : before === 32
        ? `{"version":1,"name":"abc","evidence":${value},"more":[1,2,3]}`
        : `{"result":{"list":[{"kind":"x"},{"kind":"y","value":${value}}]}}`,
  )

type Container = (bytes: Uint8Array, before: number) => Uint8Array | Promise<Uint8Array>
const CONTAINERS: Readonly<Record<string, Container>> = {
  'other bytes': (bytes, before) => (before === 0 ? joinBytes([bytes, junk(64, 5)]) : placed(bytes, before)),
  'behind its length': (bytes, before) => joinBytes([junk(before), be32(bytes.length), bytes]),
  'DER sequence': (bytes, before) => sequence(octetString(junk(before + 8)), octetString(bytes)),
  'X.509 extension': (bytes, before) =>
    issueCertificate({
      subject: name({ CN: 'carrier.example' }),
      issuer: name({ CN: 'carrier.example' }),
      issuerKey: KEYS.other,
      subjectKey: KEYS.other,
      serial: 5,
      notBefore: Date.UTC(2025, 0, 1),
      notAfter: Date.UTC(2035, 0, 1),
      algorithm: ES256,
      extensions: [customExtension('1.3.9999.1.2', before === 32 ? octetString(bytes) : placed(bytes, before))],
    }),
  'protocol buffer': (bytes, before) =>
    joinBytes([
      ...(before === 0 ? [] : [Uint8Array.of(0x0a), varint(before), junk(before)]),
      Uint8Array.of(0x12),
      varint(bytes.length),
      bytes,
      Uint8Array.of(0x18, 0x01),
    ]),
  CBOR: (bytes, before) => cborMap(['a', cborText('name')], ['b', cborBytes(placed(bytes, before))]),
  'JSON, hex': (bytes, before) => json(`"${toHex(bytes)}"`, before),
  'JSON, base64': (bytes, before) => json(`"${toBase64(bytes)}"`, before),
  'JSON, base64url': (bytes, before) => json(`"${toBase64Url(bytes)}"`, before),
  'JSON, numbers': (bytes, before) => json(JSON.stringify([...bytes]), before),
  archive: (bytes, before) =>
    before === 0
      ? gzipSync(bytes)
      : zipSync({ 'readme.txt': text('nothing'), 'out/evidence.bin': placed(bytes, before === 32 ? 0 : before) }),
  log: (bytes, before) =>
    before === 0
      ? text(lines(toHex(bytes), 512))
      : before === 32
        ? text(`2026-01-01T00:00:00Z INFO started\n2026-01-01T00:00:01Z INFO evidence=${toBase64(bytes)} done\n`)
        : text(`${'2026-01-01T00:00:00Z DEBUG nothing here\n'.repeat(20)}${lines(toBase64(bytes), 400)}`),
}

/** What is decided, without remarks on the form. */
function said(view: AppraisalView): string {
  const checks = view.checks
    .filter((check) => check.weight === 'decides' && check.outcome !== 'not-applicable' && check.layer > 1)
    .filter((check) => !check.id.startsWith('ratls.'))
    .map((check) => `${check.id} ${check.outcome}`)
  return [view.headline, view.ifRootTrusted, ...new Set(checks)].join('\n')
}

const RAW = [
  'other bytes',
  'behind its length',
  'DER sequence',
  'X.509 extension',
  'protocol buffer',
  'CBOR',
  'archive',
]
/** What cannot be told from other bytes, by name: container, and the place where it matters. */
const HOLES: Readonly<
  Record<string, { readonly why: string; readonly is: (container: string, place: number) => boolean }>
> = {
  'amd-sev-legacy': {
    why: 'a report of 52 bytes and a signature has two small numbers for a mark',
    is: (container) => RAW.includes(container),
  },
  device: {
    why: 'an App Attest object is a CBOR map without a magic number: only a container that names its members leads to it',
    is: (container, place) =>
      [...RAW, 'behind its length', 'DER sequence', 'protocol buffer'].includes(container) ||
      (place > 0 && container === 'CBOR') ||
      (place === 500 && ['X.509 extension', 'archive'].includes(container)),
  },
  example: { why: 'made up for the README', is: (container) => RAW.includes(container) },
  dice: {
    why: 'certificates back to back are one chain; an extension of another certificate, or bytes behind them, are no part of it',
    is: (container, place) => container === 'X.509 extension' || (container === 'other bytes' && place === 0),
  },
  tpm2: {
    why: 'bytes right behind a bare statement that are nothing themselves count against it',
    is: (container, place) => container === 'other bytes' && place === 0,
  },
}

describe('evidence in containers', () => {
  it.each(entries.map((entry) => [entry.id, entry] as const))(
    '%s is found in twelve containers at three places each, and appraised as alone',
    async (id, entry) => {
      expect(Object.keys(CONTAINERS)).toHaveLength(12)
      const scheme = await loadScheme(entry)
      let sample
      let alone
      for (const one of scheme.samples) {
        const view = await appraise(await one.files(), { at: Date.parse(one.at), atSource: 'given', policy: NO_POLICY })
        if (
          view.subjects.length > 0 &&
          (!alone || (!ACCEPTING.includes(effective(alone)) && ACCEPTING.includes(effective(view))))
        )
          [sample, alone] = [one, view]
      }
      if (!sample || !alone) return
      const files: readonly InputFile[] = await sample.files()
      const at = Date.parse(sample.at)
      const before = said(alone)
      const holes: string[] = []
      let row = ''
      for (const [what, wrap] of Object.entries(CONTAINERS)) {
        for (const place of PLACES) {
          const wrapped = await Promise.all(
            files.map(async (file, i) =>
              i === 0 ? { name: 'container', bytes: await wrap(file.bytes, place) } : file,
            ),
          )
          const view = await appraise(wrapped, { at, atSource: 'given', policy: NO_POLICY })
          const isSame = said(view) === before
          row += isSame ? '✓' : '·'
          if (!isSame && !HOLES[id]?.is(what, place))
            holes.push(`${sample.id} in ${what} at ${place}: ${alone.headline} → ${view.headline}`)
        }
        row += ' '
      }
      console.log(`${id.padEnd(16)} ${row} ${sample.id}`)
      expect(holes).toEqual([])
    },
    600_000,
  )
})

/** The sample of a scheme that says most, and what is said of it. */
async function bestSample(scheme: Awaited<ReturnType<typeof loadScheme>>) {
  let best:
    | { readonly files: readonly InputFile[]; readonly at: number; readonly id: string; readonly view: AppraisalView }
    | undefined
  for (const one of scheme.samples) {
    const [files, at] = [await one.files(), Date.parse(one.at)]
    const view = await appraise(files, { at, atSource: 'given', policy: NO_POLICY })
    if (
      view.subjects.length > 0 &&
      files.length > 1 &&
      (!best || (!ACCEPTING.includes(effective(best.view)) && ACCEPTING.includes(effective(view))))
    )
      best = { files, at, id: one.id, view }
  }
  return best
}

/** The same for what belongs to the evidence, each with its reason. */
const NAMED: readonly {
  readonly why: string
  readonly is: (scheme: string, file: string, container: string, place: number) => boolean
}[] = [
  {
    why: 'a file that begins as DER, signed JSON or XML and goes on as something else is refused as it stands, and told where it ends',
    is: (_, file, container, place) =>
      /\.(?:crl|der|json|swidtag|ocsp)$/.test(file) && container === 'other bytes' && place === 0,
  },
  {
    why: 'keys as JSON and layers of DICE travel in no extension of another certificate',
    is: (scheme, _, container) =>
      ['arm-cca', 'dice', 'eat', 'psa', 'token'].includes(scheme) && container === 'X.509 extension',
  },
  {
    why: 'a challenge is any bytes',
    is: (scheme, file) => scheme === 'device' && file === 'challenge.txt',
  },
  {
    why: 'certificates of 2084 and 832 bytes begin with a version of one and a number',
    is: (scheme, file, container) => scheme === 'amd-sev-legacy' && file.endsWith('.cert') && RAW.includes(container),
  },
]

describe('what belongs to the evidence, in containers', () => {
  it.each(entries.map((entry) => [entry.id, entry] as const))(
    '%s: certificates, keys, lists and tables are found and used as when they lie beside it',
    async (id, entry) => {
      const best = await bestSample(await loadScheme(entry))
      if (!best) return
      const { files, at } = best
      const ask = async (own: readonly InputFile[]) =>
        said(await appraise(own, { at, atSource: 'given', policy: NO_POLICY }))
      const before = said(best.view)
      const holes: string[] = []
      for (const [index, file] of files.entries()) {
        // What changes nothing when it is taken away cannot show that it was found.
        const alone = await ask(files.filter((one) => one !== file))
        if (index === 0 || alone === before) continue
        let row = ''
        for (const [what, wrap] of Object.entries(CONTAINERS)) {
          for (const place of PLACES) {
            const bytes = await wrap(file.bytes, place)
            const isSame =
              (await ask(files.map((one) => (one === file ? { name: 'container', bytes } : one)))) === before
            row += isSame ? '✓' : '·'
            if (!isSame && !NAMED.some((one) => one.is(id, file.name, what, place)))
              holes.push(`${file.name} in ${what} at ${place}`)
          }
          row += ' '
        }
        console.log(`${id.padEnd(16)} ${row} ${best.id} ${file.name}`)
      }
      expect(holes).toEqual([])
    },
    600_000,
  )
})
