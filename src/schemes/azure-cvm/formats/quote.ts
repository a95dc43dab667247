import { bytesOf, type Slice, type Space } from '../../../core/place.ts'
import type { EvidenceFormat, Inner } from '../../../core/scheme.ts'
import { joinSlices } from '../../../bytes/join.ts'
import { member, readJson, type JsonValue } from '../../../bytes/json.ts'
import { readWhole, toHex, type Bytes } from '../../../bytes/layout.ts'
import type { MemberBytes } from '../../../envelope/member-bytes.ts'
import { FORMATS } from '../decoded.ts'
import { bincodeQuote } from '../layout.ts'
import { bytesOrText, bytesValue, joinedValues } from './values.ts'

/** Parts of a vTPM quote as artifacts of their own: what the TPM signed, its signature, and the PCR values that the digest is over. */
export function quoteParts(
  message: MemberBytes | undefined,
  signature: MemberBytes | undefined,
  pcrs: MemberBytes | undefined,
): { readonly inner: readonly Inner[]; readonly spaces: readonly Space[] } {
  const inner: Inner[] = [
    ...(message
      ? [
          {
            slice: message.slice,
            name: 'TPM quote',
            format: 'tpm2.quote',
            origin: 'embedded' as const,
            ...(pcrs ? { hints: { pcrs: toHex(bytesOf(pcrs.slice)) } } : {}),
          },
        ]
      : []),
    ...(signature
      ? [{ slice: signature.slice, name: 'TPM signature', format: 'tpm2.signature', origin: 'embedded' as const }]
      : []),
    ...(pcrs
      ? [
          {
            slice: pcrs.slice,
            name: 'PCR values',
            format: 'tpm2.pcr-values',
            origin: 'embedded' as const,
            hints: { digestSize: '32' },
          },
        ]
      : []),
  ]
  return { inner, spaces: [message, signature, pcrs].flatMap((part) => part?.spaces ?? []) }
}

/** The quote object of every JSON version. */
export function jsonQuoteParts(file: Slice, value: JsonValue | undefined) {
  return quoteParts(
    hexOrBase64(file, member(value, 'message')),
    hexOrBase64(file, member(value, 'signature')),
    joinedValues(file, member(value, 'pcrs')),
  )
}

/** What reads as hex is hex; base64 is what the agent for a bare TPM writes. */
function hexOrBase64(file: Slice, value: JsonValue | undefined): MemberBytes | undefined {
  return value && (bytesValue(file, value, 'hex') ?? bytesOrText(file, value, 'base64'))
}

/** More objects than any wrapper has. */
const MOST = 64

/** The object that holds statement and signature: the whole file, or one inside it. */
function holderOf(value: JsonValue | undefined): {
  readonly quote: JsonValue | undefined
  readonly around: JsonValue | undefined
} {
  const queue = value ? [{ quote: value, around: undefined as JsonValue | undefined }] : []
  for (let seen = 0; seen < queue.length && seen < MOST; seen++) {
    const one = queue[seen]
    if (one?.quote.kind !== 'object') continue
    if (member(one.quote, 'message') !== undefined && member(one.quote, 'signature') !== undefined) return one
    queue.push(...one.quote.members.map((own) => ({ quote: own.value, around: one.quote })))
  }
  return { quote: value, around: undefined }
}

/** The public key that an agent puts beside the quote: a key and nothing that vouches for it. */
function keyParts(
  file: Slice,
  value: JsonValue | undefined,
): { readonly inner: readonly Inner[]; readonly spaces: readonly Space[] } {
  const key = value?.kind === 'string' && value.text !== '' ? bytesOrText(file, value, 'base64') : undefined
  return { inner: key ? [{ slice: key.slice, name: 'AK', origin: 'embedded' }] : [], spaces: key?.spaces ?? [] }
}

/** Quote and signature in one piece of base64, and the PCR values in an object by their numbers. */
export function responseParts(
  file: Slice,
  value: JsonValue,
  values: JsonValue | undefined,
): { readonly inner: readonly Inner[]; readonly spaces: readonly Space[] } {
  const response = bytesOrText(file, value, 'base64')
  const pcrs = joinedValues(file, values, 'base64')
  const inner: Inner[] = [
    ...(response
      ? [
          {
            slice: response.slice,
            name: 'TPM quote and signature',
            format: 'tpm2.quote-response',
            origin: 'embedded' as const,
            ...(pcrs ? { hints: { pcrs: toHex(bytesOf(pcrs.slice)) } } : {}),
          },
        ]
      : []),
    ...(pcrs
      ? [
          {
            slice: pcrs.slice,
            name: 'PCR values',
            format: 'tpm2.pcr-values',
            origin: 'embedded' as const,
            hints: { digestSize: '32' },
          },
        ]
      : []),
  ]
  return { inner, spaces: [response, pcrs].flatMap((part) => part?.spaces ?? []) }
}

function joinedBytes(file: Slice, all: readonly Bytes[]): MemberBytes | undefined {
  const first = all[0]
  if (!first) return undefined
  const { space, slice } = joinSlices(
    file.space,
    first.slice.start,
    all.map((part) => part.slice),
  )
  return { slice, spaces: [space] }
}

/** A vTPM quote on its own, as JSON or in the binary form of the Rust crate. */
export const quoteFormat: EvidenceFormat<unknown> = {
  id: FORMATS.quote,
  message: 'supporting',
  title: 'format.azure.vtpm-quote',
  rows: () => bincodeQuote.rows(),
  decode(slice) {
    const first = slice.bytes[slice.start]
    if (first === 0x7b || first === 0x20 || first === 0x0a || first === 0x0d) {
      const reading = readJson(slice, '', 'vTPM quote')
      const { value, expand } = reading
      const { quote, around } = holderOf(value)
      const parts = jsonQuoteParts(slice, quote)
      const key = keyParts(slice, member(around, 'ak_public'))
      return {
        tree: () => reading.node,
        decoded: undefined,
        spaces: () => [...parts.spaces, ...key.spaces],
        problems: [],
        inner: [...parts.inner, ...key.inner],
        expand: (path, from, to) => expand(path, from, to) ?? [],
      }
    }
    const reading = readWhole(bincodeQuote, slice, '', 'vTPM quote')
    const { value } = reading
    if (!value) return { tree: () => reading.node, decoded: undefined, spaces: () => [], problems: [], inner: [] }
    const plain = (part: Bytes): MemberBytes => ({ slice: part.slice, spaces: [] })
    const { inner, spaces } = quoteParts(
      plain(value.message.bytes),
      plain(value.signature.bytes),
      joinedBytes(slice, value.pcrs.all),
    )
    return { tree: () => reading.node, decoded: undefined, spaces: () => spaces, problems: [], inner }
  },
}
