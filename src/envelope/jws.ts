import type { FieldNode, Problem } from '../core/field.ts'
import { bytesOf, rangeOf, type Slice, type Space } from '../core/place.ts'
import { joinBytes } from '../bytes/join.ts'
import { insideQuotes, member, parseJson, type JsonValue } from '../bytes/json.ts'
import { readBase64 } from './base64.ts'

/** One of the three parts of a compact JWS. */
export interface JwsPart {
  /** The base64url text. */
  readonly text: Slice
  /** What it says; an empty part has none. */
  readonly space: Space | undefined
  readonly slice: Slice | undefined
}

/** A JWS in compact form (RFC 7515 section 7.1). */
export interface CompactJws {
  readonly header: JwsPart
  readonly payload: JwsPart
  readonly signature: JwsPart
  /** The bytes that are signed: header, dot, payload, as they stand. */
  readonly signingInput: Slice
  /** Tiles the slice: three `embedded` nodes and two dots; hang the parts' own trees in with `children`. */
  node(
    path: string,
    children?: { readonly header?: FieldNode; readonly payload?: FieldNode; readonly signature?: FieldNode },
  ): FieldNode
  /** Oddities of the base64url; those that RFC 7515 forbids (padding) among them. */
  readonly problems: readonly Problem[]
  readonly spaces: readonly Space[]
}

/**
 * Splits `header.payload.signature` over the whole slice; undefined when it is not three runs of base64url (RFC 7515: no padding, no white space).
 * Payload and signature may be empty (detached payload, `alg: none`). Nothing is decided about the content.
 */
export function readCompactJws(slice: Slice): CompactJws | undefined {
  const { bytes, start, end } = slice
  const within = bytes.subarray(0, end)
  const first = within.indexOf(0x2e, start)
  const second = first < 0 ? -1 : within.indexOf(0x2e, first + 1)
  if (first <= start || second < 0 || within.indexOf(0x2e, second + 1) >= 0) return undefined
  const problems: Problem[] = []
  const part = (from: number, to: number): JwsPart | undefined => {
    const text: Slice = { ...slice, start: from, end: to }
    if (from === to) return { text, space: undefined, slice: undefined }
    for (let at = from; at < to; at++) if ((bytes[at] ?? 0) <= 0x20) return undefined
    const read = readBase64(text, { url: true })
    if (!read) return undefined
    problems.push(...read.problems)
    return { text, space: read.space, slice: read.slice }
  }
  const header = part(start, first)
  const payload = part(first + 1, second)
  const signature = part(second + 1, end)
  if (!header || !payload || !signature) return undefined
  return {
    header,
    payload,
    signature,
    problems,
    signingInput: { ...slice, end: second },
    spaces: [header, payload, signature].flatMap((one) => (one.space ? [one.space] : [])),
    node(path, children = {}) {
      const own = (name: string) => (path === '' ? name : `${path}.${name}`)
      const embedded = (name: 'header' | 'payload' | 'signature', one: JwsPart): FieldNode[] => {
        if (one.text.end === one.text.start) return []
        const inner: FieldNode[] = children[name]
          ? [children[name]]
          : one.slice
            ? [
                {
                  path: `${own(name)}.bytes`,
                  label: 'bytes',
                  kind: 'leaf',
                  ranges: [rangeOf(one.slice)],
                  value: { kind: 'bytes', length: one.slice.end },
                  children: [],
                  problems: [],
                },
              ]
            : []
        return [
          {
            path: own(name),
            label: name,
            kind: 'embedded',
            ranges: [rangeOf(one.text)],
            value: { kind: 'none' },
            doc: `field.jws.${name}`,
            children: inner,
            problems: problems.filter(
              (problem) => problem.range.start >= one.text.start && problem.range.end <= one.text.end,
            ),
          },
        ]
      }
      const dot = (name: string, at: number): FieldNode => ({
        path: own(name),
        label: '.',
        kind: 'leaf',
        ranges: [{ space: slice.space, start: at, end: at + 1 }],
        value: { kind: 'none' },
        doc: 'field.jws.dot',
        children: [],
        problems: [],
      })
      const all = [
        ...embedded('header', header),
        dot('dot1', first),
        ...embedded('payload', payload),
        dot('dot2', second),
        ...embedded('signature', signature),
      ]
      return {
        path,
        label: 'JWS',
        kind: 'struct',
        ranges: [rangeOf(slice)],
        value: { kind: 'none' },
        children: all,
        problems: [],
      }
    },
  }
}

/** One signature of a JWS, with what it signs. */
export interface JwsSignature {
  /** The protected header; of the JSON form, where it may be missing, its text is then empty. */
  readonly header: JwsPart
  /** Members that no signature covers (RFC 7515 section 7.2.1): shown, never used. */
  readonly unprotected: JsonValue | undefined
  readonly signature: JwsPart
  /** The bytes that are signed: header, dot, payload, as they stand. */
  readonly signingInput: Uint8Array
}

/** A JWS in any of its three forms. */
export interface JwsMessage {
  readonly form: 'compact' | 'flattened' | 'general'
  readonly payload: JwsPart
  readonly signatures: readonly JwsSignature[]
  readonly problems: readonly Problem[]
  readonly spaces: readonly Space[]
}

/** Most signatures of one JWS in the general form. */
export const JWS_SIGNATURES = 16

/** Reads a JWS in compact or JSON form (RFC 7515 section 7) over the whole slice; undefined when it is none. Nothing is decided about the content. */
export function readJws(slice: Slice): JwsMessage | undefined {
  const compact = readCompactJws(slice)
  if (!compact) return readJsonJws(slice)
  const { header, payload, signature, problems, spaces } = compact
  const signingInput = bytesOf(compact.signingInput)
  return {
    form: 'compact',
    payload,
    signatures: [{ header, unprotected: undefined, signature, signingInput }],
    problems,
    spaces,
  }
}

/** The flattened and the general JSON form. Texts with escapes are refused: base64url needs none, and the signed bytes would not stand in the file. */
export function readJsonJws(slice: Slice): JwsMessage | undefined {
  const root = parseJson(slice).value
  return root && jsonJwsOf(slice, root)
}

/** As `readJsonJws`, of an object that was already read from this slice. */
export function jsonJwsOf(slice: Slice, root: JsonValue): JwsMessage | undefined {
  if (root.kind !== 'object') return undefined
  const problems: Problem[] = []
  const spaces: Space[] = []
  const partOf = (value: JsonValue | undefined): JwsPart | undefined => {
    if (value?.kind !== 'string' || value.isEscaped) return undefined
    const text = insideQuotes(slice, value)
    if (text.start === text.end) return { text, space: undefined, slice: undefined }
    const read = /[^A-Za-z0-9_-]/.test(value.text) ? undefined : readBase64(text, { url: true })
    if (!read) return undefined
    problems.push(...read.problems)
    spaces.push(read.space)
    return { text, space: read.space, slice: read.slice }
  }
  const payload = partOf(member(root, 'payload'))
  const several = member(root, 'signatures')
  const isGeneral = several?.kind === 'array'
  if (!payload || (isGeneral && member(root, 'signature') !== undefined)) return undefined
  const empty: JwsPart = { text: { ...slice, end: slice.start }, space: undefined, slice: undefined }
  const signatures = (isGeneral ? several.items.slice(0, JWS_SIGNATURES) : [root]).flatMap((one): JwsSignature[] => {
    const named = member(one, 'protected')
    const header = named === undefined ? empty : partOf(named)
    const signature = partOf(member(one, 'signature'))
    if (!header || !signature) return []
    const signingInput = joinBytes([bytesOf(header.text), DOT, bytesOf(payload.text)])
    return [{ header, unprotected: member(one, 'header'), signature, signingInput }]
  })
  return signatures.length === 0
    ? undefined
    : { form: isGeneral ? 'general' : 'flattened', payload, signatures, problems, spaces }
}

const DOT = Uint8Array.of(0x2e)
