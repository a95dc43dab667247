import type { EvidenceFormat, Facts } from '../../core/scheme.ts'
import { bytesOf, rangeOf, type ByteRange, type Located, type Slice } from '../../core/place.ts'
import { insideQuotes, member, parseJson, readJson, textOf, type JsonValue } from '../../bytes/json.ts'
import { later } from '../../bytes/later.ts'
import { fromHex } from '../../bytes/layout.ts'
import { readCompactJws, type CompactJws } from '../../envelope/jws.ts'
import { FORMATS } from './formats.ts'

/** One token, split and read; its signature is not looked at here. */
export interface Token {
  /** '' for the one over all, else `GPU-0`, `SWITCH-3` … */
  readonly device: string
  readonly text: Slice
  readonly jws: CompactJws
  readonly algorithm: string
  readonly kid: string
  readonly claims: JsonValue | undefined
}

/** What the service answered. */
export interface Reply {
  readonly overall: Token | undefined
  readonly devices: readonly Token[]
  /** Range of the reply. */
  readonly range: ByteRange
}

/** Most devices of one reply. */
const DEVICES = 64

function tokenOf(slice: Slice, value: JsonValue | undefined, device: string): Token[] {
  if (value?.kind !== 'string' || value.isEscaped) return []
  const text = insideQuotes(slice, value)
  const jws = readCompactJws(text)
  if (!jws) return []
  const header = jws.header.slice && parseJson(jws.header.slice).value
  return [
    {
      device,
      text,
      jws,
      algorithm: textOf(member(header, 'alg')) ?? '',
      kid: textOf(member(header, 'kid')) ?? '',
      claims: jws.payload.slice && parseJson(jws.payload.slice).value,
    },
  ]
}

/** Reads a reply: `[["JWT", overall], { "GPU-0": token, … }]`. */
export function readReply(slice: Slice): Reply {
  const { value } = parseJson(slice)
  const [first, second] = value?.kind === 'array' ? value.items : []
  const overall = first?.kind === 'array' ? tokenOf(slice, first.items[1], '')[0] : undefined
  const members = second?.kind === 'object' ? second.members.slice(0, DEVICES) : []
  return { overall, devices: members.flatMap((one) => tokenOf(slice, one.value, one.key)), range: rangeOf(slice) }
}

/** A claim as text: strings as they are, everything else as written. */
export function claimText(claims: JsonValue | undefined, name: string): string {
  const value = member(claims, name)
  switch (value?.kind) {
    case 'string':
    case 'number':
      return value.text
    case 'bool':
      return String(value.value)
    case 'null':
      return 'null'
    case 'object':
    case 'array':
    case undefined:
      return ''
  }
}

/** Whole seconds of a claim. */
export function claimSeconds(claims: JsonValue | undefined, name: string): number | undefined {
  const value = member(claims, name)
  return value?.kind === 'number' && /^\d{1,12}$/.test(value.text) ? Number(value.text) : undefined
}

/** Digest of a device's token as the token over all states it: SHA-256, lower-case hex. */
export function statedDigest(overall: Token | undefined, device: string): string {
  const entry = member(member(overall?.claims, 'submods'), device)
  const pair = entry?.kind === 'array' ? entry.items[1] : undefined
  const [name, value] = pair?.kind === 'array' ? pair.items : []
  return textOf(name) === 'SHA-256' || textOf(name) === 'SHA256' ? (textOf(value) ?? '') : ''
}

/** Devices that the token over all sums up, and whose own tokens are not in the reply. */
export function missingDevices({ overall, devices }: Reply): string[] {
  const submods = member(overall?.claims, 'submods')
  const here = new Set(devices.map(({ device }) => device))
  return submods?.kind === 'object' ? submods.members.flatMap(({ key }) => (here.has(key) ? [] : [key])) : []
}

/** What the service says went wrong with a device. */
export function errorOf(token: Token): string {
  const details = member(token.claims, 'x-nvidia-error-details')
  const [code, message] = [claimText(details, 'code'), claimText(details, 'message')]
  return details ? `${code} ${message}`.trim() : ''
}

/** Nonce of the token over all. */
export function nonceOf({ overall }: Reply): Located<Uint8Array> | undefined {
  const value = member(overall?.claims, 'eat_nonce')
  const bytes = value?.kind === 'string' ? fromHex(value.text) : undefined
  return value && bytes && bytes.length > 0 ? { path: 'eat_nonce', ranges: [value.range], value: bytes } : undefined
}

/** The reply of NVIDIA's remote attestation service. */
export const tokenFormat: EvidenceFormat<Reply> = {
  id: FORMATS.token,
  message: 'attestation-result',
  title: 'format.nvidia.token',
  decode(slice) {
    const reply = readReply(slice)
    const reading = later(() => readJson(slice, 'reply', 'NRAS'))
    return {
      tree: () => reading().node,
      decoded: reply,
      spaces: () => [reply.overall, ...reply.devices].flatMap((token) => token?.jws.spaces ?? []),
      problems: [],
      inner: [],
      expand: (path, from, to) => reading().expand(path, from, to) ?? [],
    }
  },
  facts(reply) {
    const nonce = nonceOf(reply)
    const { overall, devices } = reply
    const results = new Set(devices.map((one) => claimText(one.claims, 'measres')))
    const versions = Object.entries({
      issuer: claimText(overall?.claims, 'iss'),
      kid: overall?.kid ?? '',
      claimsVersion: claimText(overall?.claims, 'x-nvidia-ver'),
      overall: claimText(overall?.claims, 'x-nvidia-overall-att-result'),
      devices: devices.map((one) => one.device).join(', '),
      measres: [...results].join(', '),
      error: [...new Set(devices.map(errorOf))].filter((one) => one !== '').join(', '),
    }).filter(([, value]) => value !== '')
    const claims = [
      ...claimsOf(overall?.claims, ''),
      ...devices.slice(0, QUOTED).flatMap((one) => claimsOf(one.claims, `${one.device}.`)),
    ]
    return { measurements: [], versions: Object.fromEntries(versions), claims, ...(nonce ? { nonce } : {}) }
  },
}

/** Most tokens of devices whose claims are quoted, and most claims of one. */
const QUOTED = 16
const CLAIMS = 80

/** Claims that are plain values, as the token prints them; those of a device stand behind its name. */
function claimsOf(claims: JsonValue | undefined, prefix: string): NonNullable<Facts['claims']> {
  return claims?.kind !== 'object'
    ? []
    : claims.members.slice(0, CLAIMS).flatMap(({ key }) => {
        const value = claimText(claims, key)
        return value === '' ? [] : [{ name: prefix + key, value }]
      })
}

/** The compact text of a token, which its digest is over. */
export function compactText(token: Token): Uint8Array {
  return bytesOf(token.text)
}

/** What NVIDIA's tools write on the machine itself, and sign with nothing. */
export const LOCAL_ISSUER = 'NVAT-LOCAL-VERIFIER'

/** True when every token names the local verifier and carries no signature: the sender's words, and no forgery. */
export function isLocal({ overall, devices }: Reply): boolean {
  return [...(overall ? [overall] : []), ...devices].every(
    (one) =>
      one.algorithm === 'none' &&
      claimText(one.claims, 'iss') === LOCAL_ISSUER &&
      (one.jws.signature.slice === undefined || bytesOf(one.jws.signature.slice).length === 0),
  )
}
