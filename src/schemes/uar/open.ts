import { bytesOf, type Located, type Slice, type Space } from '../../core/place.ts'
import type { Inner } from '../../core/scheme.ts'
import { jsonStringContent, member, parseJson, textOf, type JsonValue } from '../../bytes/json.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { stringBytes } from '../../envelope/member-bytes.ts'
import { FORMATS } from './names.ts'

/**
 * `{ str_report_version, str_report_type, str_tee_platform, json_report, json_nested_reports }`, perhaps inside `{ report, pem_public_key }`.
 * What a platform made stands in `json_report` as text: its quote in base64, and what verifies it. Nested reports are texts of the same kind.
 */

/** Deepest nesting of reports, and most parts. */
const DEEPEST = 4
const MOST = 64

export interface Opened {
  readonly spaces: Space[]
  readonly inner: Inner[]
}

interface Text {
  readonly slice: Slice
  readonly value: JsonValue
}

/** A member that is JSON: written as such, or as text. */
function jsonMember(file: Slice, value: JsonValue | undefined, opened: Opened): Text | undefined {
  if (value?.kind === 'object' || value?.kind === 'array') return { slice: file, value }
  if (value?.kind !== 'string' || value.text === '') return undefined
  const content = jsonStringContent(file, value)
  const parsed = parseJson(content.slice).value
  if (!parsed) return undefined
  opened.spaces.push(...content.spaces)
  return { slice: content.slice, value: parsed }
}

/** Bytes of a member in base64; the layer that they came from is kept. */
function bytesMember(file: Slice, value: JsonValue | undefined, opened: Opened): Slice | undefined {
  if (value?.kind !== 'string' || value.text === '') return undefined
  const read = stringBytes(file, value, readBase64)
  if (read) opened.spaces.push(...read.spaces)
  return read?.slice
}

/** Opens the report of one platform. Its parts are recognised by what they are: the platform's name is signed by nobody. */
function openPlatform({ slice, value }: Text, name: string, opened: Opened, depth: number): void {
  const add = (part: string, found: Slice | undefined, format?: string) => {
    if (found && found.end > found.start && opened.inner.length < MOST)
      opened.inner.push({
        slice: found,
        name: `${name} ${part}`.trim(),
        origin: 'embedded',
        ...(format === undefined ? {} : { format }),
      })
  }
  // A HyperEnclave quote has the head of SGX's: only its platform's name tells it apart.
  add(
    'b64_quote',
    bytesMember(slice, member(value, 'b64_quote'), opened),
    name === 'HyperEnclave' ? FORMATS.hyperEnclave : undefined,
  )
  const collateral = member(value, 'json_collateral')
  if (collateral?.kind === 'string' && collateral.text !== '') {
    const content = jsonStringContent(slice, collateral)
    opened.spaces.push(...content.spaces)
    add('json_collateral', content.slice)
  } else if (collateral?.kind === 'object')
    add('json_collateral', { ...slice, start: collateral.range.start, end: collateral.range.end })
  const chain = jsonMember(slice, member(value, 'json_cert_chain'), opened)
  for (const part of ['b64_hsk_cert', 'b64_cek_cert'])
    add(part, chain && bytesMember(chain.slice, member(chain.value, part), opened))
  openResults({ slice, value }, opened, depth)
}

/** Results of a service, wherever they stand in an object: claims of whoever sent the report, unless its own signature is looked at. */
function openResults({ slice, value }: Text, opened: Opened, depth: number): void {
  if (resultOf(value) && opened.inner.length < MOST)
    opened.inner.push({
      slice: { ...slice, start: value.range.start, end: value.range.end },
      name: 'result',
      format: depth === 0 ? FORMATS.result : FORMATS.nested,
      origin: 'embedded',
    })
}

/** Opens a report, and the reports and results inside it. */
export function openReport(text: Text, opened: Opened, depth = 0): void {
  if (depth > DEEPEST || opened.inner.length >= MOST) return
  const { slice, value } = text
  if (value.kind === 'array') {
    for (const item of value.items.slice(0, MOST)) openReport({ slice, value: item }, opened, depth)
    return
  }
  if (value.kind !== 'object') return
  const own = jsonMember(slice, member(value, 'json_report'), opened)
  if (own) openPlatform(own, textOf(member(value, 'str_tee_platform'))?.slice(0, 40) ?? '', opened, depth)
  else if (depth > 0) openResults(text, opened, depth)
  for (const { key, value: inner } of value.members.slice(0, MOST)) {
    if (key === 'json_report') continue
    const nested =
      inner.kind === 'string' && key !== 'json_nested_reports' ? undefined : jsonMember(slice, inner, opened)
    if (nested) openReport(nested, opened, key === 'report' ? depth : depth + 1)
  }
}

/** A result's signed text and its signature; undefined for what is none. */
export function resultOf(value: JsonValue | undefined):
  | {
      readonly text: Extract<JsonValue, { kind: 'string' }>
      readonly signature: Extract<JsonValue, { kind: 'string' }>
    }
  | undefined {
  const text = member(value, 'json_result') ?? member(value, 'str_uas_result')
  const signature = member(value, 'b64_signature')
  return text?.kind === 'string' && signature?.kind === 'string' ? { text, signature } : undefined
}

/** What a service says, and its signature over that text. */
export interface UasResult {
  readonly slice: Slice
  readonly signed: Slice | undefined
  readonly signature: Located<Uint8Array> | undefined
  readonly claims: readonly { readonly name: string; readonly value: string }[]
}

/** Most claims that are listed, and characters of one. */
const LISTED = 200
const LONGEST = 400

function flat(value: JsonValue | undefined, path = '', depth = 0): { readonly name: string; readonly value: string }[] {
  if (value?.kind === 'string' || value?.kind === 'number') return [{ name: path, value: value.text.slice(0, LONGEST) }]
  if (value?.kind === 'bool') return [{ name: path, value: String(value.value) }]
  if (depth > 6) return []
  if (value?.kind === 'array')
    return value.items.slice(0, LISTED).flatMap((item, i) => flat(item, `${path}[${i}]`, depth + 1))
  if (value?.kind !== 'object') return []
  return value.members
    .slice(0, LISTED)
    .flatMap(({ key, value: inner }) => flat(inner, path === '' ? key : `${path}.${key}`, depth + 1))
}

export function readResult(slice: Slice): { readonly result: UasResult; readonly spaces: readonly Space[] } {
  const opened: Opened = { spaces: [], inner: [] }
  const found = resultOf(parseJson(slice).value)
  const content = found && jsonStringContent(slice, found.text)
  if (content) opened.spaces.push(...content.spaces)
  const signature = found && bytesMember(slice, found.signature, opened)
  return {
    spaces: opened.spaces,
    result: {
      slice,
      signed: content?.slice,
      signature: signature && {
        path: 'b64_signature',
        ranges: [{ space: signature.space, start: signature.start, end: signature.end }],
        value: bytesOf(signature),
      },
      claims: (content ? flat(parseJson(content.slice).value) : []).slice(0, LISTED),
    },
  }
}
