import { derivedId, rangeOf, sliceOf, type Piece, type Slice, type Space } from '../../core/place.ts'
import type { FieldNode } from '../../core/field.ts'
import type { EvidenceFormat, Inner } from '../../core/scheme.ts'
import { readWhole } from '../../bytes/layout.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { FORMATS } from './decoded.ts'
import { pcrFile } from './layout.ts'

/** Files in which tools keep a quote and its PCR values. */

/** PCR values as tpm2-tools keeps them: those in use are put one after another, as the digest in a quote is computed over them. */
export const pcrFileFormat: EvidenceFormat<unknown> = {
  id: FORMATS.pcrFile, message: 'supporting', title: 'format.tpm2.pcr-file',
  rows: () => pcrFile.rows(),
  decode(slice) {
    const { value, node } = readWhole(pcrFile, slice, '', 'PCRs of tpm2-tools')
    const used = (value?.values.items ?? []).flatMap(({ count, digests }) => digests.items.slice(0, count.value)).filter((digest) => digest.size.value > 0 && digest.size.value <= digest.buffer.value.length)
    const pieces: Piece[] = []
    let size = 0
    for (const digest of used) {
      const from = digest.buffer.slice.start
      pieces.push({ at: size, length: digest.size.value, sourceStart: from, sourceEnd: from + digest.size.value })
      size += digest.size.value
    }
    const first = used[0]
    if (!first) return { tree: node, decoded: undefined, spaces: [], problems: [], inner: [] }
    const bytes = new Uint8Array(size)
    for (const [i, digest] of used.entries()) bytes.set(digest.buffer.value.subarray(0, digest.size.value), pieces[i]?.at ?? 0)
    const id = derivedId(slice.space, 'concat', slice.start)
    const space: Space = { id, parent: slice.space, via: 'concat', map: 'exact', bytes, pieces }
    return { tree: node, decoded: undefined, spaces: [space], problems: [], inner: [{ slice: sliceOf(id, bytes), name: 'PCR values', format: FORMATS.pcrs, origin: 'embedded', hints: { digestSize: String(first.size.value) } }] }
  },
}

const COLON = 0x3a

/** A quote as Keylime's agent sends it. A part that is no base64 stays a part, so that its reader can call it broken. */
export const keylimeFormat: EvidenceFormat<unknown> = {
  id: FORMATS.keylime, message: 'supporting', title: 'format.tpm2.keylime-quote',
  decode(slice) {
    const children: FieldNode[] = []
    const inner: Inner[] = []
    const spaces: Space[] = []
    const leaf = (name: string, own: Slice) => {
      if (own.end > own.start) children.push({ path: name, label: name, kind: 'leaf', ranges: [rangeOf(own)], value: { kind: 'bytes', length: own.end - own.start }, children: [], problems: [], doc: `field.tpm2.keylime.${name.replace(/\d$/, '')}` })
    }
    leaf('mark', { ...slice, end: Math.min(slice.end, slice.start + 1) })
    const parts: readonly (readonly [name: string, format?: string])[] = [['quote', FORMATS.quote], ['signature', FORMATS.signature], ['pcrs']]
    let at = slice.start + 1
    for (const [i, [name, format]] of parts.entries()) {
      if (at >= slice.end) break
      const colon = i < parts.length - 1 ? slice.bytes.subarray(0, slice.end).indexOf(COLON, at) : -1
      const own: Slice = { ...slice, start: at, end: colon < 0 ? slice.end : colon }
      leaf(name, own)
      const read = readBase64(own)
      if (read) spaces.push(read.space)
      inner.push({ slice: read?.slice ?? own, name, origin: 'embedded', ...(format === undefined ? {} : { format }) })
      if (colon < 0) break
      leaf(`colon${i}`, { ...slice, start: colon, end: colon + 1 })
      at = colon + 1
    }
    return { tree: { path: '', label: 'Keylime quote', kind: 'struct', ranges: [rangeOf(slice)], value: { kind: 'none' }, children, problems: [] }, decoded: undefined, spaces, problems: [], inner }
  },
}
