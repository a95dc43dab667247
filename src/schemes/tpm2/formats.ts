import { rangeOf, sliceAt, type Slice } from '../../core/place.ts'
import type { HashLabel } from '../../core/derived.ts'
import type { HashName } from '../../crypto/types.ts'
import type { FieldNode } from '../../core/field.ts'
import type { CompositeRegisters, EvidenceFormat, Facts, Inner, Register } from '../../core/scheme.ts'
import { fromHex, readWhole } from '../../bytes/layout.ts'
import { digestSize, FORMATS, hashOf, type DecodedPcrs, type DecodedQuote, type DecodedSignature } from './decoded.ts'
import { BANK_SIZES, pcrsOf, signature, TPM_GENERATED, type QuoteInfo } from './layout.ts'
import { pcrValues, quoteResponse, wholeAttest, wholeSizedAttest } from './layout-more.ts'

/** True when a length stands in front of the structure. */
function hasLength(slice: Slice): boolean {
  const bare = wholeAttest.read(slice, '').node.children[0]
  const isBare = bare?.value.kind === 'uint' && bare.value.value === String(TPM_GENERATED)
  if (isBare) return false
  const sized = wholeSizedAttest.read(slice, '')
  return sized.value !== undefined && sized.value.attest.magic.value === TPM_GENERATED
}

/** Reads an attestation with or without its length. */
export function readQuote(
  slice: Slice,
  isOpenEnded = false,
  isSized = hasLength(slice),
): { readonly tree: FieldNode; readonly decoded: DecodedQuote } {
  if (isSized) {
    const { value, node, trailing } = readWhole(wholeSizedAttest, slice, '', 'TPM2B_ATTEST')
    const inner = value?.attest
    return {
      tree: node,
      decoded: {
        slice,
        attest: inner,
        signed: inner && sliceAt(slice, inner.$.range),
        trailing,
        isOpenEnded,
        statedSize: value?.size.value,
      },
    }
  }
  const { value, node, trailing } = readWhole(wholeAttest, slice, '', 'TPMS_ATTEST')
  return {
    tree: node,
    decoded: {
      slice,
      attest: value,
      signed: value && sliceAt(slice, value.$.range),
      trailing,
      isOpenEnded,
      statedSize: undefined,
    },
  }
}

/** Banks by the names that policies print. */
const LABELS: Readonly<Record<HashName, HashLabel>> = {
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
  SM3: 'sm3',
}

/** PCRs that somebody takes for a machine's identity: firmware, boot loader, and what may be loaded. */
const IDENTITY: readonly number[] = [0, 4, 7]

function factsOf({ attest: read, signed }: DecodedQuote, pcrs: Uint8Array | undefined): Facts {
  if (!read || !signed) return { measurements: [] }
  const quote = read.attested.quote
  if (!quote) return { nonce: read.extraData.buffer, measurements: [] }
  const composite = pcrs ? undefined : compositeOf(quote)
  return {
    nonce: read.extraData.buffer,
    measurements: registersOf(quote, pcrs),
    ...(composite ? { composite } : {}),
  }
}

/** The hash of the digest, by its length: a quote is hashed as it is signed, and of two of one length the bank decides. */
const BY_LENGTH: Readonly<Record<number, HashLabel>> = { 20: 'sha1', 32: 'sha256', 48: 'sha384', 64: 'sha512' }
/** Most PCRs of one quote. */
const MOST_PARTS = 256

/** What the digest is over; undefined where nothing is selected, or a bank that nobody knows. */
function compositeOf(quote: QuoteInfo): CompositeRegisters | undefined {
  const banks = quote.selections.map(({ hash }) => hashOf(hash.value))
  const hash = banks[0] === 'SM3' ? 'sm3' : BY_LENGTH[quote.digest.value.length]
  if (hash === undefined) return undefined
  const parts = quote.selections.flatMap(({ hash: id, pcrSelect }) => {
    const bank = hashOf(id.value)
    return bank
      ? pcrsOf(pcrSelect.value).map((pcr) => ({
          name: `PCR${pcr}`,
          hash: LABELS[bank],
          identity: IDENTITY.includes(pcr),
        }))
      : []
  })
  return banks.includes(undefined) || parts.length === 0 || parts.length > MOST_PARTS
    ? undefined
    : { digest: quote.digest, hash, parts }
}

/** One register for each quoted PCR, when the container gave their values; they count through the quoted digest, which is what they point at. */
function registersOf(quote: QuoteInfo, values: Uint8Array | undefined): Register[] {
  const digest: Register = { name: 'PCR_DIGEST', value: quote.digest, identity: values === undefined }
  const registers: Register[] = [digest]
  let at = 0
  for (const { hash, pcrSelect } of quote.selections) {
    const name = hashOf(hash.value)
    if (!values || !name) return registers
    for (const pcr of pcrsOf(pcrSelect.value)) {
      const end = at + digestSize(name)
      if (end > values.length) return registers
      registers.push({
        name: `PCR${pcr}`,
        hash: LABELS[name],
        identity: IDENTITY.includes(pcr),
        value: { path: quote.digest.path, ranges: quote.digest.ranges, value: values.slice(at, end) },
      })
      at = end
    }
  }
  return registers
}

/** What a TPM signed: usually a quote over PCRs. */
export const quoteFormat: EvidenceFormat<DecodedQuote> = {
  id: FORMATS.quote,
  message: 'evidence',
  title: 'format.tpm2.quote',
  rows: () => wholeAttest.rows(),
  decode(slice, { hints }) {
    const { tree, decoded } = readQuote(slice, hints['end'] === 'open', hints['form'] === 'sized' || hasLength(slice))
    return {
      tree: () => tree,
      decoded: { ...decoded, pcrs: hints['pcrs'] === undefined ? undefined : fromHex(hints['pcrs']) },
      spaces: () => [],
      problems: [],
      inner: [],
    }
  },
  facts: (decoded) => factsOf(decoded, decoded.pcrs),
}

/** A quote and its signature in one piece, as TPM2_Quote answers. What the container said about the quote goes on to it; what cannot be read is a broken quote, not a missing one. */
export const responseFormat: EvidenceFormat<unknown> = {
  id: FORMATS.response,
  message: 'supporting',
  title: 'format.tpm2.quote-response',
  rows: () => quoteResponse.rows(),
  decode(slice, { hints }) {
    const reading = readWhole(quoteResponse, slice, '', 'TPM2_Quote')
    const { value } = reading
    const quote = value ? sliceAt(slice, value.quoted.$.range) : slice
    const inner: Inner[] = [
      {
        slice: quote,
        name: 'TPM quote',
        format: FORMATS.quote,
        origin: 'embedded',
        hints: { ...hints, form: 'sized' },
      },
    ]
    if (value)
      inner.push({
        slice: sliceAt(slice, value.signature.$.range),
        name: 'TPM signature',
        format: FORMATS.signature,
        origin: 'embedded',
      })
    return { tree: () => reading.node, decoded: undefined, spaces: () => [], problems: [], inner }
  },
}

/** A signature of a TPM, with its algorithm or bare. */
export const signatureFormat: EvidenceFormat<DecodedSignature> = {
  id: FORMATS.signature,
  message: 'supporting',
  title: 'format.tpm2.signature',
  rows: () => signature.rows(),
  decode(slice) {
    const reading = signature.read(slice, '', 'TPMT_SIGNATURE')
    const algorithm = reading.value?.sigAlg.value
    const isStructure =
      reading.value !== undefined &&
      reading.end === slice.end &&
      algorithm !== undefined &&
      [0x0014, 0x0016, 0x0018, 0x001b].includes(algorithm)
    if (isStructure)
      return {
        tree: () => reading.node,
        decoded: { structure: reading.value, bare: undefined },
        spaces: () => [],
        problems: [],
        inner: [],
      }
    const tree: FieldNode = {
      path: '',
      label: 'signature',
      kind: 'struct',
      ranges: [rangeOf(slice)],
      value: { kind: 'none' },
      problems: [],
      children: [
        {
          path: 'signature',
          label: 'signature',
          kind: 'leaf',
          ranges: [rangeOf(slice)],
          value: { kind: 'bytes', length: slice.end - slice.start },
          children: [],
          problems: [],
          doc: 'field.tpm2.bareSignature',
        },
      ],
    }
    return {
      tree: () => tree,
      decoded: { structure: undefined, bare: slice },
      spaces: () => [],
      problems: [],
      inner: [],
    }
  },
}

/** Values of PCRs. */
export const pcrsFormat: EvidenceFormat<DecodedPcrs> = {
  id: FORMATS.pcrs,
  message: 'supporting',
  title: 'format.tpm2.pcr-values',
  decode(slice, { hints }) {
    const size =
      hints['digestSize'] === undefined
        ? (BANK_SIZES[slice.end - slice.start] ?? 32)
        : Number(hints['digestSize']) || 32
    const reading = readWhole(pcrValues(Math.floor((slice.end - slice.start) / size), size), slice, '', 'PCRs')
    const tree = (): FieldNode => ({
      ...reading.node,
      children: reading.node.children.map((child) => ({ ...child, doc: child.doc ?? 'field.tpm2.pcr' })),
    })
    const isBank = hints['digestSize'] === undefined && BANK_SIZES[slice.end - slice.start] !== undefined
    return {
      tree,
      decoded: { slice, ...(isBank ? { bankSize: size } : {}) },
      spaces: () => [],
      problems: [],
      inner: [],
    }
  },
  facts: ({ slice, bankSize }) => ({ measurements: bankSize === undefined ? [] : bankRegisters(slice, bankSize) }),
}

/** All registers of one bank, in their order. */
function bankRegisters(slice: Slice, size: number): Register[] {
  const hash = BY_LENGTH[size]
  return Array.from({ length: Math.floor((slice.end - slice.start) / size) }, (_, i): Register => {
    const start = slice.start + i * size
    return {
      name: `PCR${i}`,
      ...(hash ? { hash } : {}),
      identity: false,
      value: {
        path: `values[${i}]`,
        ranges: [{ space: slice.space, start, end: start + size }],
        value: slice.bytes.subarray(start, start + size),
      },
    }
  })
}
