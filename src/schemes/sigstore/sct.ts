import { bytesOf } from '../../core/place.ts'
import { isContext, octetStringOf, oidOf, readDerStrict, sequenceOf, type DerElement } from '../../bytes/der.ts'
import { explicit, sequence } from '../../bytes/der-writer.ts'
import { joinBytes } from '../../bytes/join.ts'
import { sameBytes } from '../../bytes/layout.ts'
import { digest, verifySignature } from '../../crypto/verify.ts'
import type { Certificate } from '../../pki/types.ts'
import type { LogKey } from './material.ts'

/** Signed certificate timestamps in a certificate (RFC 6962 sections 3.2 and 3.3). */

const SCT_LIST = '1.3.6.1.4.1.11129.2.4.2'

export type SctStanding =
  | { readonly state: 'holds'; readonly key: LogKey; readonly at: number }
  | { readonly state: 'missing' | 'no-key' | 'form' | 'fails' | 'dates' }

interface Sct {
  readonly logId: Uint8Array
  readonly timestamp: bigint
  readonly extensions: Uint8Array
  readonly signature: Uint8Array
}

/** Whether a log that is known signed that it listed this certificate, before the issuer signed it. */
export async function sctStanding(
  leaf: Certificate,
  issuer: Certificate | undefined,
  keys: readonly LogKey[],
): Promise<SctStanding> {
  const extension = leaf.extensions.find(({ oid }) => oid === SCT_LIST)
  if (!extension) return { state: 'missing' }
  const list = octetStringOf(readDerStrict(extension.value))
  const stamps = list && readList(bytesOf(list))
  const tbs = withoutList(leaf)
  if (!stamps || stamps.length === 0 || !tbs) return { state: 'form' }
  if (!issuer) return { state: 'no-key' }
  const keyHash = await digest('SHA-256', bytesOf(issuer.spki))
  let last: SctStanding = { state: 'no-key' }
  for (const { logId, timestamp, extensions, signature } of stamps) {
    const key = keys.find(({ id }) => sameBytes(id, logId))
    if (!key) continue
    const at = Number(timestamp)
    if (at < key.from || at > key.to) {
      last = { state: 'dates' }
      continue
    }
    const signed = joinBytes([
      Uint8Array.of(0, 0),
      wide(timestamp, 8),
      Uint8Array.of(0, 1),
      keyHash,
      wide(BigInt(tbs.length), 3),
      tbs,
      wide(BigInt(extensions.length), 2),
      extensions,
    ])
    const { result } = await verifySignature(
      { kind: 'ecdsa', hash: 'SHA-256', form: 'der' },
      key.spki,
      signed,
      signature,
    )
    if (result === 'valid') return { state: 'holds', key, at }
    last = { state: 'fails' }
  }
  return last
}

function wide(value: bigint, bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, i) => Number((value >> BigInt(8 * (bytes - 1 - i))) & 0xffn))
}

const MOST = 16

function readList(bytes: Uint8Array): Sct[] | undefined {
  const found: Sct[] = []
  const size = (at: number) => 256 * (bytes[at] ?? 0) + (bytes[at + 1] ?? 0)
  if (bytes.length < 2 || size(0) !== bytes.length - 2) return undefined
  for (let at = 2; at < bytes.length && found.length < MOST; at += 2 + size(at)) {
    const one = readSct(bytes.subarray(at + 2, at + 2 + size(at)))
    if (!one || at + 2 + size(at) > bytes.length) return undefined
    found.push(one)
  }
  return found
}

/** version, log id, time, extensions, hash and signature algorithm, signature. */
function readSct(bytes: Uint8Array): Sct | undefined {
  const size = (at: number) => 256 * (bytes[at] ?? 0) + (bytes[at + 1] ?? 0)
  if (bytes.length < 47 || bytes[0] !== 0) return undefined
  const behind = 43 + size(41)
  // SHA-256 with ECDSA.
  if (bytes[behind] !== 4 || bytes[behind + 1] !== 3) return undefined
  if (behind + 4 + size(behind + 2) !== bytes.length) return undefined
  let timestamp = 0n
  for (const byte of bytes.subarray(33, 41)) timestamp = timestamp * 256n + BigInt(byte)
  return {
    logId: bytes.subarray(1, 33),
    timestamp,
    extensions: bytes.subarray(43, behind),
    signature: bytes.subarray(behind + 4),
  }
}

const raw = ({ content, range }: DerElement): Uint8Array => content.bytes.subarray(range.start, range.end)

/** What the issuer showed the log: the certificate's content without the list that did not exist yet. */
function withoutList(leaf: Certificate): Uint8Array | undefined {
  const parts = sequenceOf(readDerStrict(leaf.tbs))
  const held = parts?.find((one) => isContext(one, 3))
  const extensions = held && sequenceOf(held.children?.[0])
  if (!parts || !extensions) return undefined
  const kept = extensions.filter((one) => oidOf(sequenceOf(one)?.[0]) !== SCT_LIST)
  return sequence(...parts.map((one) => (one === held ? explicit(3, sequence(...kept.map(raw))) : raw(one))))
}
