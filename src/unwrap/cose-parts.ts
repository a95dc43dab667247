import { derivedId, sliceOf, type Slice, type Space } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { cborHead } from '../bytes/cbor-writer.ts'
import { readCbor } from '../bytes/cbor.ts'
import { joinSlices } from '../bytes/join.ts'
import { jsonStringContent, type JsonValue } from '../bytes/json.ts'
import { hexOffset } from '../bytes/layout.ts'
import { readBase64 } from '../envelope/base64.ts'
import { readHex } from '../envelope/hex.ts'
import type { Branch } from './types.ts'

/** A COSE message whose parts lie apart: the bytes that are signed (`Sig_structure`, RFC 9052 section 4.4) in one member, the signature in another, as verifiers on chains take them. */

/** How the bytes to be signed begin: a list of four, and `Signature1`. */
const HEAD = [0x84, 0x6a, ...new TextEncoder().encode('Signature1')]
/** The same in hex and in base64, at the beginning of a text. */
const HEAD_TEXT = /^(?:(?:0x)?846a5369676e617475726531|hGpTaWduYXR1cmUx)/i
/** Sizes of signatures: ECDSA on P-256, P-384, P-521 and EdDSA; RSA. */
const SIGNATURE_SIZES = [64, 96, 132, 256, 384, 512]
/** Longest text that may be a signature. */
const SIGNATURE_TEXT = 1100

/** Whether the bytes are what a COSE signature is made over. */
export function isToBeSigned({ bytes, start, end }: Slice): boolean {
  return HEAD.every((byte, i) => start + i < end && bytes[start + i] === byte)
}

/** Where in a text such bytes stand in hex or base64, as a value of their own; −1 for nowhere. */
export function toBeSignedIn(text: string): number {
  const found = /["'\s=:](?:(?:0x)?846a5369676e617475726531|hGpTaWduYXR1cmUx)/i.exec(text)
  return found ? found.index + 1 : -1
}

interface Decoded {
  readonly name: string
  readonly slice: Slice
  readonly spaces: readonly Space[]
}

type Member = { readonly key: string; readonly value: JsonValue }

/** The message that the members of one object are when put together, and the names of the two; undefined when there are no such two, or more than one signature that it could be. */
export function coseOfMembers(
  slice: Slice,
  members: readonly Member[],
): { readonly branch: Branch; readonly used: readonly string[] } | undefined {
  const signed = members.find(({ value }) => value.kind === 'string' && HEAD_TEXT.test(value.text))
  if (signed === undefined) return undefined
  const tbs = decoded(slice, signed)
  if (!tbs || !isToBeSigned(tbs.slice)) return undefined
  const others = members.flatMap((one) => {
    if (one === signed || one.value.kind !== 'string' || one.value.text.length > SIGNATURE_TEXT) return []
    const read = decoded(slice, one)
    return read && SIGNATURE_SIZES.includes(read.slice.end - read.slice.start) ? [read] : []
  })
  const named = others.filter(({ name }) => /sig/i.test(name))
  const signature = named.length > 0 ? named[0] : others[0]
  if (!signature || (named.length || others.length) > 1) return undefined
  const space = messageOf(slice, signed.value.range.start, tbs, signature)
  return (
    space && {
      used: [tbs.name, signature.name],
      branch: {
        via: `JSON members ${tbs.name} and ${signature.name}`,
        because: say('unwrap.layer.cose-parts', {
          tbs: tbs.name,
          signature: signature.name,
          at: hexOffset(signed.value.range.start),
        }),
        slice: sliceOf(space.id, space.bytes),
        spaces: [...tbs.spaces, ...signature.spaces, space],
        problems: [],
        name: tbs.name,
      },
    }
  )
}

function decoded(slice: Slice, { key, value }: Member): Decoded | undefined {
  if (value.kind !== 'string') return undefined
  const { slice: inner, spaces } = jsonStringContent(slice, value)
  const read = readHex(inner) ?? readBase64(inner) ?? readBase64(inner, { url: true })
  // Two members of one text: each space is named after its own place.
  const id = read && derivedId(inner.space, read.space.via, inner.start)
  return read && id !== undefined
    ? { name: key.slice(0, 100), slice: { ...read.slice, space: id }, spaces: [...spaces, { ...read.space, id }] }
    : undefined
}

/** Header, payload and signature as one tagged message: their own bytes, and new heads around them. */
function messageOf(
  whole: Slice,
  at: number,
  { slice: tbs }: Decoded,
  { slice: signature }: Decoded,
): Space | undefined {
  const { item } = readCbor(tbs)
  const [, header, external, payload] = item?.kind === 'array' ? item.items : []
  // What was signed beside the message itself would be missing in it.
  if (header?.kind !== 'bytes' || payload?.kind !== 'bytes' || external?.kind !== 'bytes') return undefined
  if (external.content.end > external.content.start) return undefined
  const bstr = (own: Slice) => [cborHead(2, own.end - own.start), own]
  const parts = [Uint8Array.of(0xd2, 0x84), ...bstr(header.content), Uint8Array.of(0xa0), ...bstr(payload.content)]
  return joinSlices(whole.space, at, [...parts, ...bstr(signature)]).space
}
