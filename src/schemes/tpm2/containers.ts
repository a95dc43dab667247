import { rangeOf, type Slice, type Space } from '../../core/place.ts'
import type { FieldNode } from '../../core/field.ts'
import type { EvidenceFormat, Inner } from '../../core/scheme.ts'
import { readWhole } from '../../bytes/layout.ts'
import { joinSlices } from '../../bytes/join.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { ecSpki, rsaSpki } from '../../crypto/keys.ts'
import { FORMATS } from './decoded.ts'
import { CURVE, pcrFile, pcrFileBig, publicArea, sizedPublic, type PublicParts } from './layout-more.ts'

/** Files in which tools keep a quote and its PCR values. */

/** PCR values as tpm2-tools keeps them: those in use are put one after another, as the digest in a quote is computed over them. */
export const pcrFileFormat: EvidenceFormat<unknown> = {
  id: FORMATS.pcrFile,
  message: 'supporting',
  title: 'format.tpm2.pcr-file',
  rows: () => pcrFile.rows(),
  decode(slice) {
    // The count of banks is small: its first byte is zero only where the most significant comes first.
    const layout = slice.bytes[slice.start] === 0 ? pcrFileBig : pcrFile
    const reading = readWhole(layout, slice, '', 'PCRs of tpm2-tools')
    const { value } = reading
    const used = (value?.values.items ?? [])
      .flatMap(({ count, digests }) => digests.items.slice(0, count.value))
      .filter((digest) => digest.size.value > 0 && digest.size.value <= digest.buffer.value.length)
    const first = used[0]
    if (!first) return { tree: () => reading.node, decoded: undefined, spaces: () => [], problems: [], inner: [] }
    const { space, slice: values } = joinSlices(
      slice.space,
      slice.start,
      used.map(({ buffer, size }) => ({ ...buffer.slice, end: buffer.slice.start + size.value })),
    )
    return {
      tree: () => reading.node,
      decoded: undefined,
      spaces: () => [space],
      problems: [],
      inner: [
        {
          slice: values,
          name: 'PCR values',
          format: FORMATS.pcrs,
          origin: 'embedded',
          hints: { digestSize: String(first.size.value) },
        },
      ],
    }
  },
}

const COLON = 0x3a

/** A quote as Keylime's agent sends it. A part that is no base64 stays a part, so that its reader can call it broken. */
export const keylimeFormat: EvidenceFormat<unknown> = {
  id: FORMATS.keylime,
  message: 'supporting',
  title: 'format.tpm2.keylime-quote',
  decode(slice) {
    const children: FieldNode[] = []
    const inner: Inner[] = []
    const spaces: Space[] = []
    const leaf = (name: string, own: Slice) => {
      if (own.end > own.start)
        children.push({
          path: name,
          label: name,
          kind: 'leaf',
          ranges: [rangeOf(own)],
          value: { kind: 'bytes', length: own.end - own.start },
          children: [],
          problems: [],
          doc: `field.tpm2.keylime.${name.replace(/\d$/, '')}`,
        })
    }
    leaf('mark', { ...slice, end: Math.min(slice.end, slice.start + 1) })
    const parts: readonly (readonly [name: string, format?: string])[] = [
      ['quote', FORMATS.quote],
      ['signature', FORMATS.signature],
      ['pcrs'],
    ]
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
    return {
      tree: () => ({
        path: '',
        label: 'Keylime quote',
        kind: 'struct',
        ranges: [rangeOf(slice)],
        value: { kind: 'none' },
        children,
        problems: [],
      }),
      decoded: undefined,
      spaces: () => spaces,
      problems: [],
      inner,
    }
  },
}

/** True when a length that fits stands in front. */
function hasLength(slice: Slice): boolean {
  const { value, end } = sizedPublic.read(slice, '')
  return value !== undefined && end === slice.end && value.size.value === end - slice.start - 2
}

/** The key as X.509 writes it; undefined for what is no key on a known curve. */
function spkiFrom({ rsa, ecc }: PublicParts): Uint8Array | undefined {
  if (rsa) return rsaSpki(rsa.modulus, Uint8Array.from([16, 8, 0].map((shift) => (rsa.exponent >> shift) & 255)))
  const curve = ecc && CURVE[ecc.curve]
  if (!curve) return undefined
  const width = { 'P-256': 32, 'P-384': 48, 'P-521': 66, SM2: 32 }[curve]
  if (ecc.x.length > width || ecc.y.length > width) return undefined
  // A TPM may leave out leading zeros.
  const point = new Uint8Array(2 * width)
  point.set(ecc.x, width - ecc.x.length)
  point.set(ecc.y, 2 * width - ecc.y.length)
  return ecSpki(curve, point)
}

export interface DecodedPublic {
  readonly spki: Uint8Array | undefined
}

/** A public key in the TPM's own form: nothing but a key, whoever's it is. */
export const publicKeyFormat: EvidenceFormat<DecodedPublic> = {
  id: FORMATS.publicKey,
  message: 'endorsement',
  title: 'format.tpm2.public-key',
  rows: () => publicArea.rows(),
  decode(slice) {
    const read = hasLength(slice)
      ? readWhole(sizedPublic, slice, '', 'TPM2B_PUBLIC')
      : readWhole(publicArea, slice, '', 'TPMT_PUBLIC')
    const area = read.value && ('area' in read.value ? read.value.area : read.value)
    return {
      tree: () => read.node,
      decoded: { spki: area && spkiFrom(area.key) },
      spaces: () => [],
      problems: [],
      inner: [],
    }
  },
}
