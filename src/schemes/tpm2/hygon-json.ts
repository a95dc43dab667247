import { bytesOf, type Slice, type Space } from '../../core/place.ts'
import type { EvidenceFormat, Inner } from '../../core/scheme.ts'
import { member, readJson, type JsonValue } from '../../bytes/json.ts'
import { joinBytes, joinSlices } from '../../bytes/join.ts'
import { toHex } from '../../bytes/layout.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { readHex } from '../../envelope/hex.ts'
import { stringBytes, type MemberBytes } from '../../envelope/member-bytes.ts'
import { ecSpki } from '../../crypto/keys.ts'
import { digestSize, FORMATS, hashOf } from './decoded.ts'
import { readQuote } from './formats.ts'
import { pcrsOf } from './layout.ts'

/**
 * What Hygon's attestation agent hands over of a TPM:
 * `{ ek_cert, ak_pubkey: { x, y }, keylime_agent_uuid, quote: { SM3: { attest_body, attest_sig, pcrs } }, eventlog, aa_eventlog }`.
 */

const sizeOf = ({ start, end }: Slice) => end - start

/** The key as X.509 writes it: the point is in the text, what stands before it is not. */
function keyOf(file: Slice, value: JsonValue | undefined): MemberBytes | undefined {
  const [x, y] = ['x', 'y'].map((name) => stringBytes(file, member(value, name), readHex))
  if (!value || !x || !y || sizeOf(x.slice) !== 32 || sizeOf(y.slice) !== 32) return undefined
  const spki = ecSpki('SM2', joinBytes([bytesOf(x.slice), bytesOf(y.slice)]))
  const head = spki.subarray(0, spki.length - 64)
  const { space, slice } = joinSlices(file.space, value.range.start, [head, x.slice, y.slice])
  return { slice, spaces: [...x.spaces, ...y.spaces, space] }
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
    const add = (name: string, made: MemberBytes | undefined, format?: string, hints?: Inner['hints']) => {
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
      const body = stringBytes(slice, member(one, 'attest_body'), readBase64)
      const pcrs = body && valuesOf(slice, body.slice, member(one, 'pcrs'))
      add(`quote ${bank}`, body, FORMATS.quote, {
        pair: bank,
        ...(pcrs ? { pcrs: toHex(bytesOf(pcrs.slice)) } : {}),
      })
      add(`signature ${bank}`, stringBytes(slice, member(one, 'attest_sig'), readBase64), FORMATS.signature, {
        pair: bank,
      })
      if (pcrs) add(`PCR values ${bank}`, pcrs, FORMATS.pcrs, { digestSize: String(pcrs.size) })
    }
    add('AK', keyOf(slice, member(value, 'ak_pubkey')), 'x509.public-key')
    for (const name of ['ek_cert', 'eventlog', 'aa_eventlog'])
      add(name, stringBytes(slice, member(value, name), readBase64))
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
  const parts = pcrsOf(selection.pcrSelect.value).flatMap((pcr) => stringBytes(file, list.items[pcr], readHex) ?? [])
  const isWhole =
    parts.length === pcrsOf(selection.pcrSelect.value).length && parts.every(({ slice }) => sizeOf(slice) === size)
  if (!isWhole || parts.length === 0) return undefined
  const { space, slice } = joinSlices(
    file.space,
    list.range.start,
    parts.map((part) => part.slice),
  )
  return { slice, spaces: [...parts.flatMap(({ spaces }) => spaces), space], size }
}
