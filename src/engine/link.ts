import type { ArtifactIndex } from '../core/place.ts'
import type { Policy } from '../core/policy.ts'
import type { Locale } from '../core/saying.ts'
import { fromHex } from '../bytes/layout.ts'
import { pack, unpack, PACKED_LIMIT, UNPACK_LIMIT } from '../envelope/compact.ts'
import type { InputFile } from './api.ts'
import { readPolicy } from './policy.ts'

/**
 * A view as a URL fragment: `1.<length>.<checksum>.<payload>` without the `#`. The version comes first so that old links open for years; length and checksum tell a
 * truncated paste from a damaged one. Never a query string: a fragment is not sent to any host.
 */

export interface LinkFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly origin: InputFile['origin']
  /** Another of its readings, as the sender had chosen. */
  readonly readAs?: string
}

/** What a link can bring. Everything is optional; what goes beyond evidence and view waits for the reader's consent. */
export interface LinkState {
  readonly files: readonly LinkFile[]
  /** Collateral that decided at the sender's and is not carried: named by hash. */
  readonly left: readonly { readonly kind: string; readonly key: string; readonly sha256: string }[]
  readonly sample?: { readonly scheme: string; readonly id: string }
  readonly locale?: Locale
  readonly panel?: string
  readonly selection?: { readonly artifact: ArtifactIndex; readonly path: string }
  /** Milliseconds since 1970. Waits for consent. */
  readonly at?: number
  /** Expectations and anchors. Wait for consent. */
  readonly policy?: Policy
}

/** Most bytes that a link carries, and most after compression. */
export const LINK_LIMITS = { carried: UNPACK_LIMIT, compressed: PACKED_LIMIT } as const

/** Current version of the form. Raise it when the form changes, and add an upgrader. */
export const LINK_VERSION = 1

/** From version n to n+1, on the header. A test refuses a gap. */
export const UPGRADERS: Readonly<Record<number, (header: Header) => Header>> = {}

interface Header {
  readonly f?: readonly FileRow[]
  readonly m?: readonly (readonly [kind: string, key: string, sha256: string])[]
  readonly s?: readonly [scheme: string, id: string]
  readonly l?: string
  readonly p?: string
  readonly x?: readonly [artifact: ArtifactIndex, path: string]
  readonly t?: number
  readonly y?: unknown
}

const ORIGINS = ['dropped', 'embedded', 'bundled', 'fetched'] as const

/** Why a link does not open. */
export type LinkFault = 'not-a-link' | 'unknown-version' | 'truncated' | 'damaged' | 'too-large' | 'policy'
export type OpenedLink =
  | { readonly state: LinkState; readonly fault?: undefined }
  | { readonly state?: undefined; readonly fault: LinkFault; readonly detail: string }

/** Writes the fragment; undefined when it would not open again because of the limits (then a case file is the way). */
export function writeLink(state: LinkState, dictionary: Uint8Array): string | undefined {
  const header: Header = {
    ...(state.files.length > 0 ? { f: state.files.map((file) => fileRow(file)) } : {}),
    ...(state.left.length > 0 ? { m: state.left.map(({ kind, key, sha256 }) => [kind, key, sha256] as const) } : {}),
    ...(state.sample ? { s: [state.sample.scheme, state.sample.id] as const } : {}),
    ...(state.locale ? { l: state.locale } : {}),
    ...(state.panel ? { p: state.panel } : {}),
    ...(state.selection ? { x: [state.selection.artifact, state.selection.path] as const } : {}),
    ...(state.at === undefined ? {} : { t: state.at }),
    ...(state.policy ? { y: state.policy } : {}),
  }
  const head = new TextEncoder().encode(JSON.stringify(header))
  const total = state.files.reduce((sum, file) => sum + file.bytes.length, 2 + head.length)
  if (head.length > 0xffff || total > UNPACK_LIMIT) return undefined
  const body = new Uint8Array(total)
  body.set([head.length >> 8, head.length & 255])
  body.set(head, 2)
  let at = 2 + head.length
  for (const file of state.files) {
    body.set(file.bytes, at)
    at += file.bytes.length
  }
  const packed = pack(body, dictionary)
  if (packed.length > PACKED_LIMIT || !unpack(packed, dictionary).bytes) return undefined
  const payload = toBase64Url(packed)
  return `${LINK_VERSION}.${payload.length.toString(36)}.${checksum(payload)}.${payload}`
}

type FileRow = readonly [name: string, size: number, origin: number, readAs?: string]

function fileRow({ name, bytes, origin, readAs }: LinkFile): FileRow {
  const number = Math.max(0, ORIGINS.indexOf(origin ?? 'dropped'))
  return readAs === undefined ? [name, bytes.length, number] : [name, bytes.length, number, readAs]
}

/** Reads a fragment. Bounded and total: whatever stands there, the answer is a state or a reason. */
export function readLink(fragment: string, dictionaryOf: (version: number) => Uint8Array): OpenedLink {
  const match = /^#?(\d{1,4})\.([0-9a-z]{1,8})\.([0-9a-z]{1,8})\.([A-Za-z0-9_-]*)$/.exec(fragment.slice(0, 200_000))
  if (!match) return fault('not-a-link', `${fragment.length}`)
  const [, versionText = '', lengthText = '', sum = '', payload = ''] = match
  const version = Number(versionText)
  if (version < 1 || version > LINK_VERSION) return fault('unknown-version', versionText)
  const length = Number.parseInt(lengthText, 36)
  if (length > (PACKED_LIMIT * 4) / 3 + 4) return fault('too-large', `${length}`)
  if (payload.length < length) return fault('truncated', `${payload.length}/${length}`)
  if (payload.length > length || checksum(payload) !== sum) return fault('damaged', sum)
  const packed = fromBase64Url(payload)
  if (!packed) return fault('damaged', 'base64url')
  const unpacked = unpack(packed, dictionaryOf(version))
  if (!unpacked.bytes)
    return fault(unpacked.why === 'too-large' || unpacked.why === 'ratio' ? 'too-large' : 'damaged', unpacked.why)
  return stateOf(unpacked.bytes, version)
}

const fault = (reason: LinkFault, detail: string): OpenedLink => ({ fault: reason, detail })

function stateOf(body: Uint8Array, version: number): OpenedLink {
  const size = ((body[0] ?? 0) << 8) | (body[1] ?? 0)
  let header: Header
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body.subarray(2, 2 + size)))
    if (typeof parsed !== 'object' || parsed === null) return fault('damaged', 'header')
    header = parsed as Header
    for (let from = version; from < LINK_VERSION; from++) header = UPGRADERS[from]?.(header) ?? header
  } catch {
    return fault('damaged', 'header')
  }
  const files: LinkFile[] = []
  let at = 2 + size
  for (const row of listOf(header.f)) {
    const [name, length, origin, readAs] = listOf(row)
    if (
      typeof name !== 'string' ||
      typeof length !== 'number' ||
      !Number.isInteger(length) ||
      length < 0 ||
      at + length > body.length ||
      files.length >= 64
    )
      return fault('damaged', 'files')
    files.push({
      name: name.slice(0, 200),
      bytes: body.slice(at, at + length),
      origin: ORIGINS[typeof origin === 'number' ? origin : 0] ?? 'dropped',
      ...(typeof readAs === 'string' ? { readAs: readAs.slice(0, 60) } : {}),
    })
    at += length
  }
  const policy = header.y === undefined ? undefined : readPolicy(header.y)
  if (policy && !policy.policy) return fault('policy', policy.wrong.join('; ').slice(0, 300))
  const [artifact, path] = listOf(header.x)
  const [scheme, id] = listOf(header.s)
  return {
    state: {
      files,
      left: listOf(header.m)
        .slice(0, 64)
        .flatMap((row) => {
          const [kind, key, sha256] = listOf(row)
          return typeof kind === 'string' &&
            typeof key === 'string' &&
            typeof sha256 === 'string' &&
            fromHex(sha256)?.length === 32
            ? [{ kind: kind.slice(0, 60), key: key.slice(0, 120), sha256 }]
            : []
        }),
      ...(typeof scheme === 'string' && typeof id === 'string'
        ? { sample: { scheme: scheme.slice(0, 60), id: id.slice(0, 60) } }
        : {}),
      ...(header.l === 'en' || header.l === 'zh' ? { locale: header.l } : {}),
      ...(typeof header.p === 'string' ? { panel: header.p.slice(0, 60) } : {}),
      ...(typeof artifact === 'number' && Number.isInteger(artifact) && artifact >= 0 && typeof path === 'string'
        ? { selection: { artifact, path: path.slice(0, 300) } }
        : {}),
      ...(typeof header.t === 'number' && Number.isFinite(header.t) ? { at: header.t } : {}),
      ...(policy?.policy ? { policy: policy.policy } : {}),
    },
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** CRC-32 (IEEE) of the payload's characters, base 36. Against accidents, not against attackers: nothing is relied on for having it right. */
function checksum(text: string): string {
  let crc = 0xffffffff
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ((crc ^ 0xffffffff) >>> 0).toString(36)
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

function toBase64Url(bytes: Uint8Array): string {
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const left = bytes.length - i
    out += `${ALPHABET[word >> 18]}${ALPHABET[(word >> 12) & 63]}${left > 1 ? ALPHABET[(word >> 6) & 63] : ''}${left > 2 ? ALPHABET[word & 63] : ''}`
  }
  return out
}

function fromBase64Url(text: string): Uint8Array | undefined {
  if (text.length % 4 === 1) return undefined
  const out = new Uint8Array(Math.floor((text.length * 3) / 4))
  for (let i = 0, at = 0; i < text.length; i += 4) {
    let word = 0
    for (let k = 0; k < 4; k++) {
      const character = text[i + k]
      const value = character === undefined ? 0 : ALPHABET.indexOf(character)
      if (value < 0) return undefined
      word = word * 64 + value
    }
    for (const byte of [word >> 16, (word >> 8) & 255, word & 255]) if (at < out.length) out[at++] = byte
  }
  return out
}
