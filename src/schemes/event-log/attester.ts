import type { HashLabel } from '../../core/derived.ts'
import { joinBytes } from '../../bytes/join.ts'
import { fromHex, toHex } from '../../bytes/layout.ts'
import { cborArray, cborBytes, cborInt, cborMap } from '../../bytes/cbor-writer.ts'
import { hashNow, HASH_SIZES } from '../../crypto/hash.ts'

/** Makes logs as firmware, launchers and kernels write them. Nobody signs a log, so none of these needs a key. */

const text = new TextEncoder()
const le = (value: number, width: 1 | 2 | 4 | 8): Uint8Array =>
  Uint8Array.from({ length: width }, (_, i) => (i < 4 ? value >>> (8 * i) : 0))
const be32 = (value: number): Uint8Array => Uint8Array.from([24, 16, 8, 0].map((shift) => value >>> shift))
const utf16 = (value: string): Uint8Array =>
  joinBytes(Array.from({ length: value.length }, (_, i) => le(value.charCodeAt(i), 2)))

const IDS: Readonly<Record<HashLabel, number>> = { sha1: 4, sha256: 0xb, sha384: 0xc, sha512: 0xd, sm3: 0x12 }

/** An event before it is written. `hashed` is what its digest is of, the data by default. */
export interface EventRecipe {
  readonly register: number
  readonly type: number
  readonly data: Uint8Array
  readonly hashed?: Uint8Array
}

/** A crypto-agile log. */
export function makeTcg2(
  banks: readonly HashLabel[],
  events: readonly EventRecipe[],
  { headerRegister = 0, padding = 0 }: { readonly headerRegister?: number; readonly padding?: number } = {},
): Uint8Array {
  const header = joinBytes([
    text.encode('Spec ID Event03\0'),
    le(0, 4),
    Uint8Array.from([0, 2, 0, 2]),
    le(banks.length, 4),
    ...banks.flatMap((bank) => [le(IDS[bank], 2), le(HASH_SIZES[bank], 2)]),
    le(0, 1),
  ])
  return joinBytes([
    le(headerRegister, 4),
    le(3, 4),
    new Uint8Array(20),
    le(header.length, 4),
    header,
    ...events.flatMap(({ register, type, data, hashed }) => [
      le(register, 4),
      le(type, 4),
      le(banks.length, 4),
      ...banks.flatMap((bank) => [
        le(IDS[bank], 2),
        type === 3 ? new Uint8Array(HASH_SIZES[bank]) : hashNow(bank, hashed ?? data),
      ]),
      le(data.length, 4),
      data,
    ]),
    new Uint8Array(padding).fill(0xff),
  ])
}

/** A log of the older form. */
export function makeTcg12(events: readonly EventRecipe[]): Uint8Array {
  return joinBytes(
    events.flatMap(({ register, type, data, hashed }) => [
      le(register, 4),
      le(type, 4),
      type === 3 ? new Uint8Array(20) : hashNow('sha1', hashed ?? data),
      le(data.length, 4),
      data,
    ]),
  )
}

const EFI_GLOBAL = Uint8Array.from([
  0x61, 0xdf, 0xe4, 0x8b, 0xca, 0x93, 0xd2, 0x11, 0xaa, 0x0d, 0x00, 0xe0, 0x98, 0x03, 0x2b, 0x8c,
])

/** UEFI_VARIABLE_DATA. */
export function makeVariable(name: string, value: Uint8Array): Uint8Array {
  return joinBytes([EFI_GLOBAL, le(name.length, 8), le(value.length, 8), utf16(name), value])
}

/** What firmware, loader and kernel measure on the way up, Secure Boot on or off. */
export function bootEvents(isCc: boolean, isSecure = true, commandLine = '/vmlinuz root=/dev/vda1 ro'): EventRecipe[] {
  const [policy, programs, lines, order] = isCc ? [1, 2, 3, 2] : [7, 4, 8, 5]
  const variable = (name: string, value: Uint8Array): EventRecipe => ({
    register: policy,
    type: 0x80000001,
    data: makeVariable(name, value),
  })
  const separator = (register: number): EventRecipe => ({ register, type: 4, data: new Uint8Array(4) })
  const action = (register: number, words: string): EventRecipe => ({
    register,
    type: 0x80000007,
    data: text.encode(words),
  })
  const line = text.encode(commandLine)
  const key = Uint8Array.from({ length: 44 }, (_, i) => i)
  const initrd: EventRecipe = {
    register: isCc ? 3 : 9,
    type: 0xd,
    data: text.encode('/initrd.img\0'),
    hashed: text.encode('an initrd'),
  }
  return [
    variable('SecureBoot', Uint8Array.from([isSecure ? 1 : 0])),
    ...['PK', 'KEK', 'db', 'dbx'].map((name) => variable(name, isSecure ? key : new Uint8Array())),
    separator(policy),
    ...(isCc ? [separator(2)] : [separator(4), separator(5)]),
    ...(isSecure ? [{ register: policy, type: 0x800000e0, data: makeVariable('db', key) }] : []),
    action(programs, 'Calling EFI Application from Boot Option'),
    {
      register: programs,
      type: 0x80000003,
      data: joinBytes([le(0x1000, 8), le(0x2000, 8), le(0, 8), le(4, 8), Uint8Array.from([0x7f, 0xff, 4, 0])]),
      hashed: text.encode('a loader'),
    },
    // A trust domain's register has files and lines: what is read behind the line could be another line.
    ...(isCc ? [initrd] : []),
    {
      register: lines,
      type: 0xd,
      data: joinBytes([text.encode('kernel_cmdline: '), line, new Uint8Array(1)]),
      hashed: line,
    },
    ...(isCc ? [] : [initrd]),
    action(order, 'Exit Boot Services Invocation'),
  ]
}

/** A runtime event of dstack; `digest` where another one than its own shall stand beside it. */
export interface RuntimeRecipe {
  readonly name: string
  readonly payload: Uint8Array
  readonly digest?: string
}

/** The events of a system from its start to where the application takes over. */
export const SYSTEM_EVENTS: readonly RuntimeRecipe[] = [
  { name: 'system-preparing', payload: new Uint8Array() },
  { name: 'app-id', payload: new Uint8Array(20).fill(0xa1) },
  { name: 'compose-hash', payload: new Uint8Array(32).fill(0xc0) },
  { name: 'instance-id', payload: new Uint8Array(20).fill(0x11) },
  { name: 'boot-mr-done', payload: new Uint8Array() },
  { name: 'key-provider', payload: text.encode('{"name":"kms","id":"00"}') },
  { name: 'system-ready', payload: new Uint8Array() },
]

const RUNTIME = 0x08000001

/** dstack's JSON. */
export function makeDstack(events: readonly RuntimeRecipe[]): Uint8Array {
  const boot = {
    imr: 0,
    event_type: 4,
    digest: toHex(hashNow('sha384', new Uint8Array(4))),
    event: '',
    event_payload: '00000000',
  }
  const runtime = events.map(({ name, payload, digest }) => ({
    imr: 3,
    event_type: RUNTIME,
    digest: digest ?? toHex(runtimeDigestOf(name, payload)),
    event: name,
    event_payload: toHex(payload),
  }))
  return text.encode(JSON.stringify([boot, ...runtime]))
}

/** An entry of a list of IMA, in the template ima-ng. */
export interface ImaRecipe {
  readonly path: string
  readonly isViolation?: boolean
}

function imaData(path: string): { readonly digest: Uint8Array; readonly data: Uint8Array } {
  const digest = hashNow('sha256', text.encode(path))
  const fields = [joinBytes([text.encode('sha256:\0'), digest]), text.encode(`${path}\0`)]
  return { digest, data: joinBytes(fields.flatMap((field) => [le(field.length, 4), field])) }
}

/** The list as text. */
export function makeImaText(entries: readonly ImaRecipe[]): Uint8Array {
  const lines = entries.map(({ path, isViolation }) => {
    const { digest, data } = imaData(path)
    const hash = isViolation ? new Uint8Array(20) : hashNow('sha1', data)
    return `10 ${toHex(hash)} ima-ng sha256:${toHex(digest)} ${path}\n`
  })
  return text.encode(lines.join(''))
}

/** The list as the kernel writes it in bytes. */
export function makeImaBinary(entries: readonly ImaRecipe[]): Uint8Array {
  return joinBytes(
    entries.flatMap(({ path, isViolation }) => {
      const { data } = imaData(path)
      const hash = isViolation ? new Uint8Array(20) : hashNow('sha1', data)
      return [le(10, 4), hash, le(6, 4), text.encode('ima-ng'), le(data.length, 4), data]
    }),
  )
}

const tlv = (type: number, value: Uint8Array): Uint8Array => joinBytes([le(type, 1), be32(value.length), value])

/** What Google's launcher writes: pairs of a kind and its words; and what a changed log says in their place. */
export function makeCos(
  records: readonly (readonly [kind: number, words: string, said?: readonly [kind: number, words: string]])[],
): Uint8Array {
  const contentOf = (kind: number, words: string) => tlv(80, tlv(kind, text.encode(words)))
  return joinBytes(
    records.map(([kind, words, said], i) => {
      const content = contentOf(kind, words)
      return joinBytes([
        tlv(0, joinBytes([new Uint8Array(4), be32(i)])),
        tlv(108, Uint8Array.of(4)),
        tlv(3, tlv(IDS.sha384, hashNow('sha384', content))),
        said ? contentOf(...said) : content,
      ])
    }),
  )
}

/** systemd's records. */
export function makeSystemd(records: readonly (readonly [pcr: number, words: string])[]): Uint8Array {
  const lines = records.map(
    ([pcr, words]) =>
      `\u001e${JSON.stringify({
        pcr,
        digests: [{ hashAlg: 'sha256', digest: toHex(hashNow('sha256', text.encode(words))) }],
        content_type: 'systemd',
        content: { string: words, bootId: '0'.repeat(32), timestamp: 1, eventType: 'phase' },
      })}\n`,
  )
  return text.encode(lines.join(''))
}

/** A canonical log as one JSON array. */
export function makeCelJson(events: readonly EventRecipe[]): Uint8Array {
  return text.encode(
    JSON.stringify(
      events.map(({ register, type, data, hashed }, recnum) => ({
        recnum,
        pcr: register,
        digests: [{ hashAlg: 'sha256', digest: toHex(hashNow('sha256', hashed ?? data)) }],
        content_type: 'pcclient_std',
        content: { event_type: type, event_data: toHex(data) },
      })),
    ),
  )
}

/** A canonical log as one CBOR array. */
export function makeCelCbor(events: readonly EventRecipe[]): Uint8Array {
  return cborArray(
    ...events.map(({ register, type, data, hashed }, recnum) =>
      cborMap(
        [0, cborInt(recnum)],
        [1, cborInt(register)],
        [3, cborArray(cborMap([0, cborInt(IDS.sha256)], [1, cborBytes(hashNow('sha256', hashed ?? data))]))],
        [9, cborInt(5)],
        [10, cborMap([0, cborInt(type)], [1, cborBytes(data)])],
      ),
    ),
  )
}

/** A compact number of SCALE. */
function compact(value: number): Uint8Array {
  return value < 64 ? le(value * 4, 1) : value < 16_384 ? le(value * 4 + 1, 2) : le(value * 4 + 2, 4)
}
const scaleBytes = (bytes: Uint8Array): Uint8Array => joinBytes([compact(bytes.length), bytes])

/** A quote and its log in one piece, as dstack's services hand them over. */
export function makeScale(quote: Uint8Array, events: readonly RuntimeRecipe[], reportData: Uint8Array): Uint8Array {
  const written = events.map(({ name, payload, digest }) =>
    joinBytes([
      le(3, 4),
      le(RUNTIME, 4),
      scaleBytes(digest === undefined ? runtimeDigestOf(name, payload) : (fromHex(digest) ?? new Uint8Array())),
      scaleBytes(text.encode(name)),
      scaleBytes(payload),
    ]),
  )
  return joinBytes([
    Uint8Array.of(0, 0),
    scaleBytes(quote),
    compact(events.length),
    ...written,
    compact(events.length),
    ...events.flatMap(({ name, payload }) => [scaleBytes(text.encode(name)), scaleBytes(payload)]),
    reportData,
    scaleBytes(text.encode('{}')),
  ])
}

const runtimeDigestOf = (name: string, payload: Uint8Array): Uint8Array =>
  hashNow('sha384', joinBytes([le(RUNTIME, 4), text.encode(`:${name}:`), payload]))

/** The ACPI table that tells a guest where its log is; all bytes add up to zero. */
function makeTable(): Uint8Array {
  const table = joinBytes([
    text.encode('CCEL'),
    le(56, 4),
    Uint8Array.of(1, 0),
    text.encode('DEMO  DEMONSTR'),
    le(1, 4),
    text.encode('DEMO'),
    le(1, 4),
    Uint8Array.of(2, 0, 0, 0),
    le(0x10000, 8),
    le(0x7f000000, 8),
  ])
  table[9] = (256 - (table.reduce((sum, byte) => sum + byte, 0) & 255)) & 255
  return table
}

/** Every sample by its name. */
export const RECIPES: Readonly<Record<string, () => Uint8Array>> = {
  ccel: () => makeTcg2(['sha384'], bootEvents(true), { headerRegister: 1, padding: 64 }),
  'ccel-hidden': () =>
    makeTcg2(
      ['sha384'],
      bootEvents(true, false).map((event, i) => (i === 0 ? { ...event, type: 2 } : event)),
      { headerRegister: 1 },
    ),
  vtpm: () => makeTcg2(['sha1', 'sha256'], bootEvents(false)),
  'vtpm-appended': () => makeTcg2(['sha1', 'sha256'], [...bootEvents(false, false), ...bootEvents(false).slice(0, 5)]),
  tcg12: () => makeTcg12(bootEvents(false, false)),
  dstack: () => makeDstack(SYSTEM_EVENTS),
  'dstack-forged': () =>
    makeDstack(
      SYSTEM_EVENTS.map((event) =>
        event.name === 'compose-hash'
          ? {
              ...event,
              payload: new Uint8Array(32),
              digest: toHex(runtimeDigestOf('compose-hash', event.payload)),
            }
          : event,
      ),
    ),
  'ima-text': () =>
    makeImaText([{ path: 'boot_aggregate' }, { path: '/usr/bin/a file' }, { path: '/etc/x', isViolation: true }]),
  'ima-binary': () => makeImaBinary([{ path: 'boot_aggregate' }, { path: '/usr/bin/a file' }]),
  cos: () =>
    makeCos([
      [0, 'example.com/image:latest'],
      [1, `sha256:${'5a'.repeat(32)}`],
      [4, 'serve'],
      [8, ''],
      [1, `sha256:${'00'.repeat(32)}`],
    ]),
  systemd: () =>
    makeSystemd([
      [11, 'enter-initrd'],
      [11, 'leave-initrd'],
    ]),
  'ccel-table': makeTable,
  'cel-json': () => makeCelJson(bootEvents(false, false)),
  'cel-cbor': () => makeCelCbor(bootEvents(false, false)),
}
