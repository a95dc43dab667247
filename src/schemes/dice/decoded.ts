import { bytesOf, rangeOf, sliceOf, type Located, type Slice, type Space } from '../../core/place.ts'
import type { Facts, Register } from '../../core/scheme.ts'
import { readCbor, type CborEntry, type CborItem } from '../../bytes/cbor.ts'
import { embeddedSlice } from '../../bytes/cbor-node.ts'
import { readCose, valueAt, withoutTags, type CoseMessage } from '../../envelope/cose.ts'
import { coseKeySpki } from '../../crypto/cose.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { lastOf, type Pile } from '../../pki/pile.ts'
import type { Certificate } from '../../pki/types.ts'
import { layerClaims, modeOf, type LayerClaims } from './extensions.ts'
import { CLAIM_KEYS, type OpenDiceMember } from './layout.ts'

/** A layer as a CBOR certificate says it. */
export interface CborLayer {
  readonly message: CoseMessage | undefined
  readonly slice: Slice
  readonly issuer: string
  readonly subject: string
  /** Of the layer's own key; undefined where it is missing or none that is known. */
  readonly spki: Uint8Array | undefined
  readonly claims: LayerClaims
  readonly isWhole: boolean
}

/** What one artifact of DICE says: an X.509 certificate, or one or more CBOR certificates from the first key on. */
export interface Dice {
  readonly slice: Slice
  readonly certificate: Certificate | undefined
  /** Every certificate of the file, where it holds a chain. */
  readonly pile: readonly Certificate[]
  readonly claims: LayerClaims
  /** First layer first. */
  readonly layers: readonly CborLayer[]
  /** The key before the first layer, in a chain that begins with one. */
  readonly firstKey: Uint8Array | undefined
  readonly isWhole: boolean
}

const NO_CLAIMS: LayerClaims = {
  tcbInfos: [],
  ueid: undefined,
  inputs: [],
  mode: undefined,
  profileName: undefined,
  malformed: [],
}
const LAYERS = 32

export function readDiceCertificate(slice: Slice): Dice {
  return diceOf(slice, readCertificate(slice), [])
}

/** A chain in one file: what its last layer says, with the others at hand. */
export function readDicePile(slice: Slice, pile: Pile): Dice {
  const dice = diceOf(slice, lastOf(pile.certificates), pile.certificates)
  return { ...dice, isWhole: dice.isWhole && pile.unread === 0 }
}

function diceOf(slice: Slice, certificate: Certificate | undefined, pile: readonly Certificate[]): Dice {
  return {
    slice,
    certificate,
    claims: certificate ? layerClaims(certificate.extensions, 'certificate.extensions') : NO_CLAIMS,
    pile,
    layers: [],
    firstKey: undefined,
    isWhole: certificate !== undefined && (pile.length > 0 || certificate.slice.end === slice.end),
  }
}

const textAt = (entries: readonly CborEntry[], name: string) => {
  const item = valueAt(entries, CLAIM_KEYS[name] ?? 0)
  return item?.kind === 'text' ? item.text : ''
}

function bytesIn(item: CborItem | undefined, path: string): Located<Uint8Array> | undefined {
  return item?.kind === 'bytes' && item.isWhole
    ? { path, ranges: [rangeOf(item.content)], value: bytesOf(item.content) }
    : undefined
}

const INPUTS: readonly OpenDiceMember[] = ['codeHash', 'configurationHash', 'authorityHash']

function cborClaims(entries: readonly CborEntry[], base: string): LayerClaims {
  const at = (name: string) => valueAt(entries, CLAIM_KEYS[name] ?? 0)
  const mode = at('mode')
  const value = mode?.kind === 'int' ? (mode.value >= 0n && mode.value <= 3n ? Number(mode.value) : 0) : undefined
  const written = bytesIn(mode, `${base}.mode`)
  return {
    ...NO_CLAIMS,
    inputs: INPUTS.flatMap((name) => {
      const found = bytesIn(at(name), `${base}.${name}`)
      return found ? [{ name, value: found }] : []
    }),
    mode: written
      ? { ...written, value: modeOf(written.value) }
      : mode && value !== undefined
        ? { path: `${base}.mode`, ranges: [mode.range], value }
        : undefined,
    profileName: textAt(entries, 'profileName') || undefined,
  }
}

/** One CBOR certificate (Open DICE, "CBOR certificates"). */
export function readLayer(
  slice: Slice,
  base: string,
): { readonly layer: CborLayer; readonly spaces: readonly Space[] } {
  const { message, reading, spaces } = readCose(slice)
  const opened = message?.payload && embeddedSlice(message.payload)
  const inner = opened && readCbor(opened.slice)
  const { item } = withoutTags(inner?.item)
  const entries = item?.kind === 'map' ? item.entries : []
  const held = valueAt(entries, CLAIM_KEYS['subjectPublicKey'] ?? 0)
  const key = held?.kind === 'bytes' ? readCbor(sliceOf('', bytesOf(held.content))).item : undefined
  return {
    spaces: [...spaces, ...(opened ? [opened.space] : []), ...(inner?.spaces ?? [])],
    layer: {
      message,
      slice,
      issuer: textAt(entries, 'iss'),
      subject: textAt(entries, 'sub'),
      spki: key?.kind === 'map' ? coseKeySpki(key.entries) : undefined,
      claims: cborClaims(entries, base),
      isWhole: message !== undefined && item?.kind === 'map' && reading.isWhole,
    },
  }
}

export function readCborCertificate(slice: Slice): { readonly dice: Dice; readonly spaces: readonly Space[] } {
  const { layer, spaces } = readLayer(slice, 'payload')
  return { dice: cborDice(slice, [layer], undefined, layer.isWhole), spaces }
}

/** A key, then a certificate for each layer (Android's DICE chain). */
export function readChain(slice: Slice): { readonly dice: Dice; readonly spaces: readonly Space[] } {
  const { item, isWhole, spaces, end } = readCbor(slice)
  const [first, ...rest] = item?.kind === 'array' ? item.items : []
  const read = rest
    .slice(0, LAYERS)
    .map((one, i) => readLayer({ ...slice, start: one.range.start, end: one.range.end }, `[${i + 1}].payload`))
  const layers = read.map((one) => one.layer)
  return {
    dice: cborDice(
      slice,
      layers,
      first?.kind === 'map' ? coseKeySpki(first.entries) : undefined,
      isWhole && end === slice.end && rest.length > 0 && rest.length <= LAYERS && layers.every((one) => one.isWhole),
    ),
    spaces: [...spaces, ...read.flatMap((one) => one.spaces)],
  }
}

function cborDice(
  slice: Slice,
  layers: readonly CborLayer[],
  firstKey: Uint8Array | undefined,
  isWhole: boolean,
): Dice {
  return {
    slice,
    certificate: undefined,
    pile: [],
    claims: layers.at(-1)?.claims ?? NO_CLAIMS,
    layers,
    firstKey,
    isWhole,
  }
}

/** Whether a layer says that it can be debugged or was never configured; undefined where it says nothing about it. */
export function debugOf({ mode, tcbInfos }: LayerClaims): Located<boolean> | undefined {
  const flags = tcbInfos.flatMap((one) => (one.flags ? [one.flags] : []))
  const bad = flags.find((one) => one.value.includes('debug'))
  if (bad) return { ...bad, value: true }
  if (mode) return { ...mode, value: mode.value === 2 }
  return flags[0] && { ...flags[0], value: false }
}

/** Digests that can be compared: each with the name that the layer gives it. */
export function factsOf(dice: Dice): Facts {
  const { claims, certificate, layers } = dice
  const fwids = claims.tcbInfos.flatMap((info, i) =>
    info.fwids.map((fwid, k): Register => {
      const own =
        info.texts.type ?? (info.layer ? `layer${info.layer.value}` : claims.tcbInfos.length > 1 ? `FWID${i}` : 'FWID')
      return {
        name: info.fwids.length > 1 ? `${own}.${k}` : own,
        value: fwid.digest,
        identity: true,
        ...(fwid.hash ? { hash: fwid.hash } : {}),
      }
    }),
  )
  const inputs = claims.inputs.map(({ name, value }): Register => ({ name, value, identity: name === 'codeHash' }))
  const debug = debugOf(claims)
  const spki = certificate
    ? { path: 'certificate', ranges: [rangeOf(certificate.spki)], value: bytesOf(certificate.spki) }
    : undefined
  const last = layers.at(-1)
  const key =
    spki ??
    (last?.spki ? { path: 'payload.subjectPublicKey', ranges: [rangeOf(last.slice)], value: last.spki } : undefined)
  const product = claims.tcbInfos.flatMap(({ texts }) => (texts.model === undefined ? [] : [texts.model]))[0]
  const versions = claims.tcbInfos.flatMap(({ texts, svn }, i): [string, string][] => [
    ...(texts.version === undefined ? [] : [[texts.type ?? `layer ${i}`, texts.version] as [string, string]]),
    ...(svn ? [[`${texts.type ?? `[${i}]`} svn`, String(svn.value)] as [string, string]] : []),
  ])
  return {
    measurements: [...fwids, ...inputs],
    ...(key ? { attestedKey: key } : {}),
    ...(claims.ueid ? { deviceId: claims.ueid } : {}),
    ...(product === undefined ? {} : { productId: product }),
    ...(debug ? { debug } : {}),
    ...(versions.length > 0 ? { versions: Object.fromEntries(versions) } : {}),
  }
}
