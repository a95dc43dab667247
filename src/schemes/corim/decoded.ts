import { bytesOf, rangeOf, type ByteRange, type Located, type Slice, type Space } from '../../core/place.ts'
import type { HashLabel } from '../../core/derived.ts'
import type { Inner } from '../../core/scheme.ts'
import type { StatedGroup, StatedValue } from '../../core/statement.ts'
import { readCbor, type CborEntry, type CborItem, type CborReading } from '../../bytes/cbor.ts'
import { embeddedSlice } from '../../bytes/cbor-node.ts'
import { dottedOid } from '../../bytes/der.ts'
import { toHex } from '../../bytes/layout.ts'
import { readCose, valueAt, withoutTags, type CoseMessage } from '../../envelope/cose.ts'

/** A CoRIM as far as it could be read, whatever its age: signed or not, with tags around or inside its byte strings. */
export interface Corim {
  readonly slice: Slice
  readonly isSigned: boolean
  readonly reading: CborReading
  readonly message: CoseMessage | undefined
  /** Certificates of the protected header, the signer's first. */
  readonly chain: readonly Slice[]
  /** Undefined where there is no map, or an empty one. */
  readonly map: readonly CborEntry[] | undefined
  readonly mapRange: ByteRange
  readonly id: string
  readonly profile: string
  readonly signer: string
  readonly validity: readonly Validity[]
  readonly groups: readonly StatedGroup[]
  /** Called by its id, which has the version: its groups are parts of one device. */
  readonly isOfParts: boolean
  /** Keys that it vouches for. */
  readonly keys: readonly Slice[]
  /** Sets of statements of any kind: software identities and trust anchor lists are counted, not read. */
  readonly tags: number
}

export interface Validity {
  readonly of: 'signature' | 'content'
  readonly from: number | undefined
  readonly to: number | undefined
  readonly range: ByteRange
}

const HASHES: Readonly<Record<string, HashLabel>> = {
  '1': 'sha256',
  '7': 'sha384',
  '8': 'sha512',
  'sha-256': 'sha256',
  'sha-384': 'sha384',
  'sha-512': 'sha512',
}
const MOST = 4000

/** Reads one in any of its forms; never throws. */
export function readCorim(
  slice: Slice,
  form: 'signed' | 'unsigned' | 'comid',
): { readonly corim: Corim; readonly spaces: readonly Space[] } {
  const spaces: Space[] = []
  const open = (content: Slice): CborItem | undefined => {
    const { space, slice: inner } = embeddedSlice(content)
    const reading = readCbor(inner)
    spaces.push(space, ...reading.spaces)
    return reading.item
  }
  const outer = form === 'signed' ? unwrapped(slice) : undefined
  const cose = outer ? readCose(outer) : undefined
  const reading = cose?.reading ?? readCbor(slice)
  spaces.push(...(cose?.spaces ?? reading.spaces))
  const { message } = cose ?? {}
  const root = withoutTags(form === 'signed' ? message?.payload && open(message.payload) : reading.item).item
  const map = root?.kind === 'map' && root.entries.length > 0 ? root.entries : undefined
  const comids: (readonly CborEntry[])[] = []
  const tags = form === 'comid' ? undefined : valueAt(map ?? [], 1)
  if (form === 'comid' && map) comids.push(map)
  for (const held of tags?.kind === 'array' ? tags.items.slice(0, 256) : []) {
    const inside = held.kind === 'bytes' ? open(held.content) : held
    const { item, tags: numbers } = withoutTags(inside)
    const body = item?.kind === 'bytes' ? withoutTags(open(item.content)).item : item
    if (body?.kind === 'map' && (numbers.length === 0 || numbers.includes(506n))) comids.push(body.entries)
  }
  const header = message?.protectedHeader ?? []
  const meta = valueAt(header, 8)
  const metaMap = withoutTags(meta?.kind === 'bytes' ? open(meta.content) : undefined).item
  const signer = metaMap?.kind === 'map' ? withoutTags(valueAt(metaMap.entries, 0)).item : undefined
  const claims = withoutTags(valueAt(header, 15)).item
  const name =
    signer?.kind === 'map'
      ? valueAt(signer.entries, 0)
      : claims?.kind === 'map'
        ? valueAt(claims.entries, 1)
        : undefined
  const triples = comids.map((one) => withoutTags(valueAt(one, 4)).item)
  const groups = triples.flatMap((item) => (item?.kind === 'map' ? groupsOf(item.entries) : []))
  return {
    spaces,
    corim: {
      slice,
      isSigned: form === 'signed',
      reading,
      message,
      chain: certificatesOf(valueAt(header, 33)),
      map,
      mapRange: root?.range ?? rangeOf(slice),
      id: textOrHex(form === 'comid' ? undefined : valueAt(map ?? [], 0)),
      profile: profileOf(form === 'comid' ? undefined : valueAt(map ?? [], 3)),
      signer: name?.kind === 'text' ? name.text : entityOf(valueAt(map ?? [], form === 'comid' ? 2 : 5)),
      validity: [
        ...validityOf(metaMap?.kind === 'map' ? valueAt(metaMap.entries, 1) : undefined, 'signature'),
        ...validityOf(form === 'comid' ? undefined : valueAt(map ?? [], 4), 'content'),
      ],
      groups,
      isOfParts: groups.some(({ values }) => values.some(({ register }) => PARTS.test(register.split(' ')[0] ?? ''))),
      keys: triples.flatMap((item) => (item?.kind === 'map' ? keysOf(item.entries) : [])),
      tags: tags?.kind === 'array' ? tags.items.length : comids.length,
    },
  }
}

/** Tag 500 stood around signed and unsigned ones alike. */
function unwrapped(slice: Slice): Slice {
  const isWrapped =
    slice.bytes[slice.start] === 0xd9 && slice.bytes[slice.start + 1] === 0x01 && slice.bytes[slice.start + 2] === 0xf4
  return isWrapped ? { ...slice, start: slice.start + 3 } : slice
}

function certificatesOf(item: CborItem | undefined): Slice[] {
  const items = item?.kind === 'array' ? item.items : item ? [item] : []
  return items.slice(0, 16).flatMap((one) => (one.kind === 'bytes' ? [one.content] : []))
}

function textOrHex(item: CborItem | undefined): string {
  const { item: bare } = withoutTags(item)
  return bare?.kind === 'text' ? bare.text : bare?.kind === 'bytes' ? toHex(bytesOf(bare.content)).slice(0, 128) : ''
}

function profileOf(item: CborItem | undefined): string {
  // Older files have a list of one.
  const first = item?.kind === 'array' ? item.items[0] : item
  const { item: bare, tags } = withoutTags(first)
  if (bare?.kind === 'bytes' && tags.includes(111n)) return dottedOid(bytesOf(bare.content)) ?? ''
  return textOrHex(bare)
}

function entityOf(item: CborItem | undefined): string {
  const first = item?.kind === 'array' ? withoutTags(item.items[0]).item : undefined
  return first?.kind === 'map' ? textOrHex(valueAt(first.entries, 0)) : ''
}

function secondsOf(item: CborItem | undefined): number | undefined {
  const { item: bare } = withoutTags(item)
  return bare?.kind === 'int' && bare.value >= 0n && bare.value <= 8_640_000_000_000n
    ? Number(bare.value) * 1000
    : undefined
}

function validityOf(item: CborItem | undefined, of: Validity['of']): Validity[] {
  const { item: map } = withoutTags(item)
  return map?.kind === 'map'
    ? [{ of, from: secondsOf(valueAt(map.entries, 0)), to: secondsOf(valueAt(map.entries, 1)), range: map.range }]
    : []
}

/** Reference triples, one group an environment; parts of one device (see `partOf`) are one group. */
function groupsOf(triples: readonly CborEntry[]): StatedGroup[] {
  const reference = valueAt(triples, 0)
  const parts = new Map<string, StatedGroup & { readonly values: StatedValue[] }>()
  return (reference?.kind === 'array' ? reference.items.slice(0, MOST) : []).flatMap((one): StatedGroup[] => {
    const [environment, held] = one.kind === 'array' ? one.items : []
    const { item: map } = withoutTags(environment)
    if (map?.kind !== 'map') return []
    const { item: classMap } = withoutTags(valueAt(map.entries, 0))
    const classes = classMap?.kind === 'map' ? classMap.entries : []
    const { item: id, tags } = withoutTags(valueAt(classes, 0))
    const product = id?.kind === 'bytes' ? toHex(bytesOf(id.content)) : undefined
    const named = [textOrHex(valueAt(classes, 1)), textOrHex(valueAt(classes, 2))]
      .filter((part) => part !== '')
      .join(' ')
    // Older files have one measurement where newer ones have a list.
    const measurements = (held?.kind === 'array' ? held.items : held ? [held] : []).slice(0, MOST)
    const oid = id?.kind === 'bytes' && tags.includes(111n) ? dottedOid(bytesOf(id.content)) : undefined
    const device = oid === undefined ? undefined : PARTS.exec(oid)?.[1]
    if (oid !== undefined && device !== undefined) {
      const values = measurements.flatMap((item) => partOf(item, oid))
      const known = parts.get(device)
      if (!known && values.length > 0) {
        const group = { name: ['NVIDIA', COMPONENTS[device] ?? device].join(' '), values }
        parts.set(device, group)
        return [group]
      }
      // The same part again is another value that is as good. Of several values that belong together none is.
      const [only] = values.length === 1 ? values : []
      const at = known && only ? known.values.findIndex((one) => one.register === only.register) : -1
      const before = known?.values[at]
      if (known && only && before && before.hash === only.hash)
        known.values[at] = { ...before, values: [...before.values, ...only.values] }
      else known?.values.push(...values)
      return []
    }
    // Without a key of its own a value is that of the environment: called by its OID, or by its layer.
    const layer = withoutTags(valueAt(classes, 3)).item
    const unnamed = oid ?? (layer?.kind === 'int' ? `layer ${layer.value}` : '')
    const values = measurements.flatMap((item) => valuesOf(item, unnamed))
    return values.length > 0 ? [{ name: named, ...(product?.length === 64 ? { product } : {}), values }] : []
  })
}

/**
 * NVIDIA's profile (attestation-sdk, CoRIM for Rubin devices): each environment is one measured part of one device, called by an OID,
 * and its values are right only together. The arc before the last two says whose firmware the parts are.
 */
const PARTS = /^1\.3\.6\.1\.4\.1\.5703\.1300\.(?:\d+\.)*?(\d+)\.100\.\d+$/
const COMPONENTS: Readonly<Record<string, string>> = { '10': 'VBIOS', '11': 'driver' }

/** What one part should be: a digest, or bytes as they are. */
function partOf(measurement: CborItem, oid: string): StatedValue[] {
  const { item } = withoutTags(measurement)
  const mval = item?.kind === 'map' ? withoutTags(valueAt(item.entries, 1)).item : undefined
  if (item?.kind !== 'map' || mval?.kind !== 'map') return []
  const { item: key } = withoutTags(valueAt(item.entries, 0))
  const register = key?.kind === 'text' ? `${oid} ${key.text.slice(0, 64)}` : oid
  const { item: raw } = withoutTags(valueAt(mval.entries, 4))
  // Bytes under a mask are not equal or unequal as they stand.
  const isMasked = valueAt(mval.entries, 5) !== undefined || raw?.kind !== 'bytes'
  return [
    ...statedBy(register, valueAt(mval.entries, 2)),
    ...(isMasked
      ? []
      : [
          {
            register,
            values: [{ path: 'triples.reference', ranges: [rangeOf(raw.content)], value: bytesOf(raw.content) }],
          },
        ]),
  ]
}

function valuesOf(measurement: CborItem, unnamed: string): StatedValue[] {
  const { item } = withoutTags(measurement)
  if (item?.kind !== 'map') return []
  const mval = withoutTags(valueAt(item.entries, 1)).item
  if (mval?.kind !== 'map') return []
  const digests = valueAt(mval.entries, 2)
  const registers = withoutTags(valueAt(mval.entries, 14)).item
  const mkey = valueAt(item.entries, 0)
  const own = namesOf(mkey, valueAt(mval.entries, 11))
  const names = own.length > 0 || mkey !== undefined || unnamed === '' ? own : [unnamed]
  return [
    ...names.flatMap((name) => statedBy(name, digests)),
    ...(registers?.kind === 'map'
      ? registers.entries.flatMap(({ key, value }) => statedBy(registerName(key), value))
      : []),
    ...INTEL.flatMap(([key, name]) => statedBy(name, valueAt(mval.entries, key))),
  ]
}

/** Intel's profile: measurements of an enclave or a module and of its signer. */
const INTEL: readonly (readonly [number, string])[] = [
  [-83, 'MRENCLAVE'],
  [-83, 'MRTD'],
  [-83, 'MRSEAM'],
  [-84, 'MRSIGNER'],
]

function registerName(key: CborItem): string {
  return key.kind === 'text' ? key.text.toUpperCase() : key.kind === 'int' ? `REGISTER${key.value}` : ''
}

/** A component's name as evidence has it: PSA's own labels, CCA's with the part of the token before them. */
function namesOf(mkey: CborItem | undefined, name: CborItem | undefined): string[] {
  const { item } = withoutTags(mkey)
  const label = item?.kind === 'map' ? valueAt(item.entries, 1) : name
  if (label?.kind === 'text') return [label.text.slice(0, 64), `platform:${label.text.slice(0, 64)}`]
  const key = item?.kind === 'text' ? item.text : ''
  const register = /^cca\.(rim|rem[0-3])$/.exec(key)?.[1]
  return register ? [register.toUpperCase()] : key === '' ? [] : [key]
}

/** One value a hash algorithm: the register's own decides which of them is compared. */
function statedBy(register: string, digests: CborItem | undefined): StatedValue[] {
  if (register === '' || digests?.kind !== 'array') return []
  const pairs = digests.items[0]?.kind === 'array' ? digests.items : [digests]
  const byHash = new Map<HashLabel, Located<Uint8Array>[]>()
  for (const pair of pairs.slice(0, 64)) {
    const [algorithm, value] = pair.kind === 'array' ? pair.items : []
    const hash =
      HASHES[algorithm?.kind === 'int' ? String(algorithm.value) : algorithm?.kind === 'text' ? algorithm.text : '']
    if (!hash || value?.kind !== 'bytes') continue
    const located = { path: 'triples.reference', ranges: [rangeOf(value.content)], value: bytesOf(value.content) }
    byHash.set(hash, [...(byHash.get(hash) ?? []), located])
  }
  return [...byHash].map(([hash, values]) => ({ register, hash, values }))
}

/** Keys of attest-key and identity-key triples, as PEM. */
function keysOf(triples: readonly CborEntry[]): Slice[] {
  return [2, 3].flatMap((kind) => {
    const list = valueAt(triples, kind)
    return (list?.kind === 'array' ? list.items.slice(0, 256) : []).flatMap((one) => {
      const keys = one.kind === 'array' ? one.items[1] : undefined
      return (keys?.kind === 'array' ? keys.items : []).flatMap((key) => {
        const { item } = withoutTags(key)
        return item?.kind === 'text' || item?.kind === 'bytes' ? [item.content] : []
      })
    })
  })
}

/** Keys that it vouches for are files of their own for whoever verifies by them: whoever added the CoRIM vouches for them. */
export function innerOf({ keys, chain }: Corim): Inner[] {
  return [
    ...keys.map((slice, i): Inner => ({ slice, name: `key ${i + 1}`, origin: 'bundled' })),
    ...chain.map((slice, i): Inner => ({
      slice,
      name: `x5chain[${i}]`,
      format: 'x509.certificate',
      origin: 'embedded',
    })),
  ]
}
