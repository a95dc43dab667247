import { bytesOf, rangeOf, type ByteRange, type Located, type Slice } from '../../core/place.ts'
import {
  bitStringOf,
  integerOf,
  isContext,
  isTag,
  octetStringOf,
  oidOf,
  readDer,
  sequenceOf,
  TAG,
  type DerElement,
} from '../../bytes/der.ts'
import { isZero } from '../../bytes/layout.ts'
import type { HashLabel } from '../../core/derived.ts'
import type { Extension } from '../../pki/types.ts'
import { FLAGS, OPEN_DICE_MEMBERS, TCB_INFO_MEMBERS, type OpenDiceMember, type TcbInfoMember } from './layout.ts'
import { MULTI_TCB_INFO, OPEN_DICE, TCB_INFO, UEID } from './oids.ts'

/** A digest of firmware with the hash that made it; the hash is undefined where its identifier is unknown. */
export interface Fwid {
  readonly hash: HashLabel | undefined
  readonly digest: Located<Uint8Array>
}

/** What one TcbInfo says. Texts as printed; numbers that do not fit are left out. */
export interface TcbInfo {
  readonly texts: Readonly<Partial<Record<'vendor' | 'model' | 'version' | 'type', string>>>
  readonly svn: Located<bigint> | undefined
  readonly layer: Located<bigint> | undefined
  readonly index: Located<bigint> | undefined
  readonly fwids: readonly Fwid[]
  /** Names of flags that are set and that the mask, where there is one, lets speak. */
  readonly flags: Located<readonly string[]> | undefined
}

/** What the extensions of one layer say. */
export interface LayerClaims {
  readonly tcbInfos: readonly TcbInfo[]
  readonly ueid: Located<Uint8Array> | undefined
  /** Digests of Open DICE by their names. */
  readonly inputs: readonly { readonly name: OpenDiceMember; readonly value: Located<Uint8Array> }[]
  /** 0 not configured, 1 normal, 2 debug, 3 maintenance; any other value counts as 0 (Open DICE). */
  readonly mode: Located<number> | undefined
  readonly profileName: string | undefined
  /** Extensions of DICE whose value is not what the specification writes. */
  readonly malformed: readonly { readonly oid: string; readonly range: ByteRange }[]
}

const HASHES: Readonly<Record<string, HashLabel>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '1.2.156.10197.1.401': 'sm3',
}
const MOST = 64

/** The one element in an extension's value; undefined where the value is no DER, or more than that. */
export function valueOf(value: Slice): DerElement | undefined {
  const { element, problems, end } = readDer(value)
  return problems.length === 0 && end === value.end ? element : undefined
}

/** Members of a TcbInfo by their names, in order; undefined for what is none. */
export function tcbInfoMembers(
  element: DerElement,
): readonly { readonly name: TcbInfoMember; readonly element: DerElement }[] | undefined {
  const members = sequenceOf(element)
  if (!members) return undefined
  const named = members.map((one) => ({ name: TCB_INFO_MEMBERS.find((_, i) => isContext(one, i)), element: one }))
  return named.every((one): one is { name: TcbInfoMember; element: DerElement } => one.name !== undefined)
    ? named
    : undefined
}

const numberIn = (element: DerElement): bigint | undefined =>
  integerOf({ ...element, tagClass: 'universal', tag: TAG.integer })

/** Text where every byte is a character that can be printed; vendors write names into octet strings too. */
export function printable(bytes: Uint8Array): string | undefined {
  return bytes.length > 0 && bytes.length <= 256 && bytes.every((byte) => byte >= 0x20 && byte < 0x7f)
    ? String.fromCharCode(...bytes)
    : undefined
}

export function fwidsIn(list: DerElement): Fwid[] {
  return (list.children ?? []).slice(0, MOST).flatMap((one) => {
    const [algorithm, digest] = sequenceOf(one) ?? []
    const octets = octetStringOf(digest)
    const oid = oidOf(algorithm)
    return octets && oid !== undefined
      ? [{ hash: HASHES[oid], digest: { path: '', ranges: [rangeOf(octets)], value: bytesOf(octets) } }]
      : []
  })
}

const bitsIn = (element: DerElement): Uint8Array => {
  const bits = bitStringOf({ ...element, tagClass: 'universal', tag: TAG.bitString })
  return bits ? bytesOf(bits.slice) : new Uint8Array()
}

function tcbInfoOf(element: DerElement, path: string): TcbInfo | undefined {
  const members = tcbInfoMembers(element)
  if (!members) return undefined
  const find = (name: TcbInfoMember) => members.find((one) => one.name === name)?.element
  const number = (name: 'svn' | 'layer' | 'index'): Located<bigint> | undefined => {
    const one = find(name)
    const value = one && numberIn(one)
    return one && value !== undefined ? { path: `${path}.${name}`, ranges: [one.range], value } : undefined
  }
  const texts: Partial<Record<'vendor' | 'model' | 'version' | 'type', string>> = {}
  for (const name of ['vendor', 'model', 'version', 'type'] as const) {
    const one = find(name)
    const text = one && printable(bytesOf(one.content))
    if (text !== undefined) texts[name] = text
  }
  const list = find('fwids')
  const flags = find('flags')
  const mask = find('flagsMask')
  const set = flags ? bitsIn(flags) : new Uint8Array()
  const speaks = mask ? bitsIn(mask) : undefined
  const isSet = (bytes: Uint8Array, bit: number) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0
  return {
    texts,
    svn: number('svn'),
    layer: number('layer'),
    index: number('index'),
    fwids: list
      ? fwidsIn(list).map((one, i) => ({ ...one, digest: { ...one.digest, path: `${path}.fwids[${i}].digest` } }))
      : [],
    flags: flags
      ? {
          path: `${path}.flags`,
          ranges: [flags.range],
          value: FLAGS.filter((_, bit) => isSet(set, bit) && (!speaks || isSet(speaks, bit))),
        }
      : undefined,
  }
}

/** Members of Open DICE's extension. */
export function openDiceMembers(
  element: DerElement,
): readonly { readonly name: OpenDiceMember; readonly outer: DerElement; readonly inner: DerElement }[] | undefined {
  const members = sequenceOf(element)?.map((outer) => ({
    name: OPEN_DICE_MEMBERS.find((_, i) => isContext(outer, i)),
    outer,
    inner: outer.children?.[0],
  }))
  return members?.every(
    (one): one is { name: OpenDiceMember; outer: DerElement; inner: DerElement } =>
      one.name !== undefined && one.inner !== undefined,
  )
    ? members
    : undefined
}

/** Everything that the extensions of a certificate say in the words of DICE. Never throws. */
export function layerClaims(extensions: readonly Extension[], base: string): LayerClaims {
  const tcbInfos: TcbInfo[] = []
  const inputs: { name: OpenDiceMember; value: Located<Uint8Array> }[] = []
  const malformed: { oid: string; range: ByteRange }[] = []
  let ueid: Located<Uint8Array> | undefined
  let mode: Located<number> | undefined
  let profileName: string | undefined
  for (const { oid, value } of extensions) {
    if (![TCB_INFO, MULTI_TCB_INFO, UEID, OPEN_DICE].includes(oid)) continue
    const element = valueOf(value)
    const path = `${base}.${oid}`
    const found = element && sequenceOf(element)
    if (oid === TCB_INFO || oid === MULTI_TCB_INFO) {
      const list = oid === TCB_INFO ? (element ? [element] : []) : (found ?? [])
      const read = list.slice(0, MOST).map((one, i) => tcbInfoOf(one, oid === TCB_INFO ? path : `${path}[${i}]`))
      if (read.length === 0 || read.includes(undefined)) malformed.push({ oid, range: rangeOf(value) })
      tcbInfos.push(...read.filter((one) => one !== undefined))
    } else if (oid === UEID) {
      const octets = found?.length === 1 ? octetStringOf(found[0]) : undefined
      if (octets) ueid = { path, ranges: [rangeOf(octets)], value: bytesOf(octets) }
      else malformed.push({ oid, range: rangeOf(value) })
    } else {
      const members = element && openDiceMembers(element)
      if (!members) malformed.push({ oid, range: rangeOf(value) })
      for (const { name, inner } of members ?? []) {
        const bytes = bytesOf(inner.content)
        if (name === 'mode') mode = { path: `${path}.mode`, ranges: [inner.range], value: modeOf(bytes) }
        else if (name === 'profileName') profileName = printable(bytes)
        else if (name.endsWith('Hash') && isTag(inner, TAG.octetString))
          inputs.push({ name, value: { path: `${path}.${name}`, ranges: [rangeOf(inner.content)], value: bytes } })
      }
    }
  }
  return { tcbInfos, ueid, inputs, mode, profileName, malformed }
}

/** One byte; every value without a meaning is "not configured". */
export function modeOf(bytes: Uint8Array): number {
  const value = isZero(bytes.subarray(0, -1)) ? (bytes.at(-1) ?? 0) : 0
  return value <= 3 ? value : 0
}
