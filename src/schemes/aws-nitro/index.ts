import { say } from '../../core/saying.ts'
import { bytesOf, sliceOf, subSlice, type Slice } from '../../core/place.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { readCbor } from '../../bytes/cbor.ts'
import { embeddedSlice } from '../../bytes/cbor-node.ts'
import { onBytes, onlyWhole } from '../../bytes/head.ts'
import { findText } from '../../envelope/characters.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { readCose } from '../../envelope/cose.ts'
import { FORMATS, HEX_HEADS, QINGTIAN_MODULE } from './formats.ts'
import { marks } from './inside.ts'
import { kindOf, type NitroKind } from './kind.ts'

/** Detectors look at this much and no more. */
const HEAD = 65_536

const starts = (slice: Slice, at: number, bytes: readonly number[]) =>
  bytes.every((byte, i) => slice.start + at + i < slice.end && slice.bytes[slice.start + at + i] === byte)

/** array(4), bytes(4), {1: -35}: how every document begins, behind an optional tag 18. */
const ES384_HEAD = [0x84, 0x44, 0xa1, 0x01, 0x38, 0x22]

const has = (slice: Slice, within: number, text: string) =>
  findText(slice.bytes, slice.start, Math.min(slice.end, slice.start + within), text) >= 0

/** Member names of which most must be there: with one name changed it is still a document, whose check says what is wrong. */
const NAMES = ['module_id', 'digest', 'timestamp', 'pcrs', 'certificate', 'cabundle']

/** A COSE message of four parts whose payload has the members of a document. */
const document: Detector = (slice) => {
  const at = slice.bytes[slice.start] === 0xd2 ? 1 : 0
  if (
    slice.end - slice.start < 16 ||
    (!starts(slice, at, [0x84]) && !starts(slice, at, [0x9f])) ||
    // What a signature is made over begins with a text: no document, and no malformed one.
    starts(slice, at + 1, [0x6a]) ||
    NAMES.filter((name) => has(slice, HEAD, name)).length < 4
  )
    return undefined
  const score = starts(slice, at, ES384_HEAD) ? 1 : 0.8
  switch (kindIn(slice)) {
    case 'qingtian':
      return { format: FORMATS.qingtian, score: 1, because: say('detect.nitro.qingtian') }
    case 'tpm':
      return { format: FORMATS.tpm, score, because: say('detect.nitro.tpm') }
    case 'enclave':
      return { format: FORMATS.document, score, because: say('detect.nitro.document') }
  }
}

/** By the keys of the signed map; where it cannot be read, by words in the bytes. */
function kindIn(slice: Slice): NitroKind {
  const { message } = readCose(subSlice(slice, 0, HEAD))
  const payload = message?.payload && readCbor(embeddedSlice(message.payload).slice).item
  if (payload?.kind === 'map') return kindOf(payload.entries)
  return has(slice, HEAD, 'nitrotpm_pcrs') ? 'tpm' : isQingTian(slice) ? 'qingtian' : 'enclave'
}

/** QingTian's documents have AWS' structure; what tells them apart are the form of the module's id and, in Huawei's own CDDL, the name of the key's member. */
function isQingTian(slice: Slice): boolean {
  const end = Math.min(slice.end, slice.start + HEAD)
  if (findText(slice.bytes, slice.start, end, 'fpubkey') >= 0) return true
  const at = findText(slice.bytes, slice.start, end, 'module_id')
  if (at < 0 || slice.bytes[at + 9] !== 0x78) return false
  const from = at + 11
  const to = Math.min(end, from + (slice.bytes[at + 10] ?? 0))
  return QINGTIAN_MODULE.test(String.fromCharCode(...slice.bytes.subarray(from, to)))
}

/** A certificate that carries a document as one of its names, DER or PEM. */
const certificate: Detector = (slice) => {
  const der = starts(slice, 0, [0x30, 0x82]) ? slice : firstPemBlock(slice)
  if (!der || !starts(der, 0, [0x30, 0x82]) || ![...HEX_HEADS, '8444A1013822'].some((head) => has(der, HEAD, head)))
    return undefined
  return { format: FORMATS.certificate, score: 1, because: say('detect.nitro.certificate') }
}

function firstPemBlock(slice: Slice): Slice | undefined {
  const mark = '-----BEGIN CERTIFICATE-----'
  const end = Math.min(slice.end, slice.start + HEAD)
  if (slice.end - slice.start < 4096 || !has(slice, mark.length + 4, mark)) return undefined
  const from = findText(slice.bytes, slice.start, end, mark) + mark.length
  const to = findText(slice.bytes, from, end, '-----END')
  const read = to < 0 ? undefined : readBase64({ ...slice, start: from, end: to })
  return read && sliceOf(read.slice.space, bytesOf(read.slice))
}

/** Whether the document begins there, behind its length in the SCALE form of that mode; a plain length in front looks much the same. */
function isCompact(slice: Slice, at: number, mode: number): boolean {
  if (!starts(slice, at, ES384_HEAD)) return false
  let length = 0
  for (let i = at - 1; i >= 2; i--) length = length * 256 + (slice.bytes[slice.start + i] ?? 0)
  return length % 4 === mode && Math.floor(length / 4) <= slice.end - slice.start - at
}

/** Dstack's envelope: two bytes, a compact length (SCALE), then the document. */
const dstack: Detector = (slice) =>
  starts(slice, 0, [0x00]) && (isCompact(slice, 4, 1) || isCompact(slice, 6, 2)) && has(slice, 512, 'module_id')
    ? { format: FORMATS.dstack, score: 1, because: say('detect.nitro.dstack') }
    : undefined

/** AWS Nitro: enclaves and instances with NitroTPM. */
export const entry: SchemeEntry = {
  id: 'aws-nitro',
  formats: Object.values(FORMATS),
  detectors: [onBytes(document), certificate, onBytes(dstack)],
  sure: [onBytes(onlyWhole(document))],
  marks,
  errorCodes: async () => (await import('./error-codes.ts')).errorCodes,
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
