import { derivedId, sliceOf, type Piece, type Slice, type Space } from '../../core/place.ts'
import type { EvidenceFormat, Inner } from '../../core/scheme.ts'
import { jsonStringContent, member, readJson, type JsonValue } from '../../bytes/json.ts'
import { joinBytes } from '../../bytes/join.ts'
import { toHex } from '../../bytes/layout.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { readHex } from '../../envelope/hex.ts'
import { ecSpki } from '../../crypto/keys.ts'
import { digestSize, FORMATS, hashOf } from './decoded.ts'
import { readQuote } from './formats.ts'
import { pcrsOf } from './layout.ts'

/**
 * What Hygon's attestation agent hands over of a TPM:
 * `{ ek_cert, ak_pubkey: { x, y }, keylime_agent_uuid, quote: { SM3: { attest_body, attest_sig, pcrs } }, eventlog, aa_eventlog }`.
 */

interface Opened {
  readonly slice: Slice
  readonly spaces: readonly Space[]
}

/** Text of a member as bytes. */
function open(file: Slice, value: JsonValue | undefined, read: typeof readBase64 | typeof readHex): Opened | undefined {
  if (value?.kind !== 'string') return undefined
  const content = jsonStringContent(file, value)
  const found = read(content.slice)
  return found && { slice: found.slice, spaces: [...content.spaces, found.space] }
}

/** Bytes of several members one after another, in a space that knows where each came from. */
function joined(file: Slice, at: number, parts: readonly Opened[]): { readonly space: Space; readonly slice: Slice } {
  const bytes = joinBytes(parts.map(({ slice }) => slice.bytes.subarray(slice.start, slice.end)))
  const pieces: Piece[] = []
  let from = 0
  for (const { slice } of parts) {
    const length = slice.end - slice.start
    pieces.push({ at: from, length, source: slice.space, sourceStart: slice.start, sourceEnd: slice.end })
    from += length
  }
  const id = derivedId(file.space, 'concat', at)
  return { space: { id, parent: file.space, via: 'concat', map: 'exact', bytes, pieces }, slice: sliceOf(id, bytes) }
}

/** The key as X.509 writes it: the point is in the text, what stands before it is not. */
function keyOf(
  file: Slice,
  value: JsonValue | undefined,
): { readonly space: Space; readonly slice: Slice } | undefined {
  const [x, y] = ['x', 'y'].map((name) => open(file, member(value, name), readHex))
  const sizeOf = (one: Opened) => one.slice.end - one.slice.start
  if (!value || !x || !y || sizeOf(x) !== 32 || sizeOf(y) !== 32) return undefined
  const bytes = ecSpki('SM2', joinBytes([x, y].map(({ slice }) => slice.bytes.subarray(slice.start, slice.end))))
  const id = derivedId(file.space, 'concat', value.range.start)
  const whole = { at: 0, length: bytes.length, sourceStart: value.range.start, sourceEnd: value.range.end }
  return {
    space: { id, parent: file.space, via: 'concat', map: 'opaque', bytes, pieces: [whole] },
    slice: sliceOf(id, bytes),
  }
}

/** The quote and everything that stands beside it. */
export const hygonFormat: EvidenceFormat<undefined> = {
  id: FORMATS.hygon,
  message: 'supporting',
  title: 'format.tpm2.hygon-evidence',
  decode(slice) {
    const reading = readJson(slice, '', 'Hygon TPM evidence')
    const { value } = reading
    const spaces: Space[] = []
    const inner: Inner[] = []
    const add = (name: string, made: Opened | undefined, format?: string, hints?: Inner['hints']) => {
      if (!made || made.slice.end === made.slice.start) return
      spaces.push(...made.spaces)
      inner.push({
        slice: made.slice,
        name,
        origin: 'embedded',
        ...(format === undefined ? {} : { format }),
        ...(hints ? { hints } : {}),
      })
    }
    const quotes = member(value, 'quote')
    for (const { key: bank, value: one } of quotes?.kind === 'object' ? quotes.members.slice(0, 4) : []) {
      const body = open(slice, member(one, 'attest_body'), readBase64)
      const pcrs = body && valuesOf(slice, body.slice, member(one, 'pcrs'))
      add(`quote ${bank}`, body, FORMATS.quote, {
        pair: bank,
        ...(pcrs ? { pcrs: toHex(pcrs.joined.slice.bytes) } : {}),
      })
      add(`signature ${bank}`, open(slice, member(one, 'attest_sig'), readBase64), FORMATS.signature, { pair: bank })
      if (pcrs)
        add(
          `PCR values ${bank}`,
          { slice: pcrs.joined.slice, spaces: [...pcrs.spaces, pcrs.joined.space] },
          FORMATS.pcrs,
          {
            digestSize: String(pcrs.size),
          },
        )
    }
    const key = keyOf(slice, member(value, 'ak_pubkey'))
    add('AK', key && { slice: key.slice, spaces: [key.space] }, 'x509.public-key')
    for (const name of ['ek_cert', 'eventlog', 'aa_eventlog']) add(name, open(slice, member(value, name), readBase64))
    return {
      tree: () => reading.node,
      decoded: undefined,
      spaces: () => spaces,
      problems: [],
      inner,
      expand: (path, from, to) => reading.expand(path, from, to) ?? [],
    }
  },
}

/** The values that the quote selects, in its order; undefined where one is missing or of another length. */
function valuesOf(file: Slice, quote: Slice, list: JsonValue | undefined) {
  if (list?.kind !== 'array') return undefined
  const info = readQuote(quote).decoded.attest?.attested.quote
  const [selection, ...more] = info?.selections ?? []
  const hash = selection && hashOf(selection.hash.value)
  if (!selection || !hash || more.length > 0) return undefined
  const size = digestSize(hash)
  const parts = pcrsOf(selection.pcrSelect.value).flatMap((pcr) => open(file, list.items[pcr], readHex) ?? [])
  const isWhole =
    parts.length === pcrsOf(selection.pcrSelect.value).length &&
    parts.every(({ slice }) => slice.end - slice.start === size)
  return isWhole && parts.length > 0
    ? { joined: joined(file, list.range.start, parts), spaces: parts.flatMap(({ spaces }) => spaces), size }
    : undefined
}
