import { bytesOf } from '../../core/place.ts'
import { joinBytes } from '../../bytes/join.ts'
import { sameBytes, toHex } from '../../bytes/layout.ts'
import { base64Text, toBase64 } from '../../envelope/base64.ts'
import { digest, verifySignature } from '../../crypto/verify.ts'
import type { LogEntry } from './bundle.ts'
import type { LogKey } from './material.ts'

/** What proves that an entry stands in a transparency log: the log's promise, the path of hashes to a root, and the signed note that holds the root. */

export type Step =
  | { readonly state: 'holds'; readonly key?: LogKey }
  | { readonly state: 'missing' | 'no-key' | 'unsupported' }
  | { readonly state: 'fails'; readonly text: string }

const fails = (text: string): Step => ({ state: 'fails', text })

async function verifiedBy({ spki }: LogKey, data: Uint8Array, signature: Uint8Array) {
  const isEd = spki.length === 44
  const { result } = await verifySignature(
    isEd ? { kind: 'ed25519' } : { kind: 'ecdsa', hash: 'SHA-256', form: 'der' },
    spki,
    data,
    signature,
  )
  return result
}

/** The log's promise (SET): its signature over the entry in canonical JSON (RFC 8785). */
export async function promiseOf(entry: LogEntry, keys: readonly LogKey[]): Promise<Step> {
  const { promise, body, logId, logIndex, integratedTime } = entry
  if (!promise) return { state: 'missing' }
  if (!body || !logId || logIndex === undefined || integratedTime === undefined) return fails('sigstore.entry.form')
  const key = keys.find(({ id }) => sameBytes(id, logId.located.value))
  if (!key) return { state: 'no-key' }
  const canonical = `{"body":"${toBase64(bytesOf(body.slice))}","integratedTime":${integratedTime},"logID":"${toHex(logId.located.value)}","logIndex":${logIndex}}`
  const at = Number(integratedTime) * 1000
  if (at < key.from || at > key.to) return fails('sigstore.log-key-dates')
  switch (await verifiedBy(key, new TextEncoder().encode(canonical), promise.located.value)) {
    case 'valid':
      return { state: 'holds', key }
    case 'invalid':
      return fails('sigstore.set-signed.fails')
    case 'unsupported':
      return { state: 'unsupported' }
  }
}

const MOST_HASHES = 64

/** RFC 6962 section 2.1.1: from the entry's own hash, up to the root of a tree of that size. */
export async function inclusionOf(entry: LogEntry): Promise<Step> {
  const { proof, body } = entry
  if (!proof) return { state: 'missing' }
  const { treeSize, rootHash } = proof
  // Protobuf leaves out a zero.
  const index = proof.logIndex ?? 0n
  if (!body || treeSize === undefined || !rootHash || index >= treeSize) return fails('sigstore.entry.form')
  const hashes = proof.hashes.map((one) => one?.located.value)
  if (hashes.length > MOST_HASHES || hashes.some((one) => one?.length !== 32)) return fails('sigstore.entry.form')
  let hash = await digest('SHA-256', joinBytes([Uint8Array.of(0), bytesOf(body.slice)]))
  let node = index
  let last = treeSize - 1n
  const used: Uint8Array[] = []
  for (const sibling of hashes) {
    if (!sibling || last === 0n) return fails('sigstore.entry-included.fails')
    if (node % 2n === 1n || node === last) {
      hash = await digest('SHA-256', joinBytes([Uint8Array.of(1), sibling, hash]))
      while (node % 2n === 0n && node !== 0n) {
        node >>= 1n
        last >>= 1n
      }
    } else hash = await digest('SHA-256', joinBytes([Uint8Array.of(1), hash, sibling]))
    node >>= 1n
    last >>= 1n
    used.push(sibling)
  }
  return last === 0n && sameBytes(hash, rootHash.located.value)
    ? { state: 'holds' }
    : fails('sigstore.entry-included.fails')
}

interface Note {
  readonly signed: Uint8Array
  readonly origin: string
  readonly size: string
  readonly root: Uint8Array | undefined
  readonly signatures: readonly { readonly name: string; readonly hint: Uint8Array; readonly signature: Uint8Array }[]
}

/** A note (C2SP signed-note): lines, a blank line, and signatures behind dashes. */
export function readNote(text: string): Note | undefined {
  const gap = text.indexOf('\n\n')
  if (gap < 0 || text.length > 100_000) return undefined
  const signed = text.slice(0, gap + 1)
  const [origin = '', size = '', root = ''] = signed.split('\n')
  const signatures = text
    .slice(gap + 2)
    .split('\n')
    .flatMap((line) => {
      const match = /^\u2014 (\S+) (\S+)$/.exec(line)
      const bytes = match?.[2] === undefined ? undefined : fromBase64(match[2])
      return match?.[1] !== undefined && bytes && bytes.length > 4
        ? [{ name: match[1], hint: bytes.subarray(0, 4), signature: bytes.subarray(4) }]
        : []
    })
  return { signed: new TextEncoder().encode(signed), origin, size, root: fromBase64(root), signatures }
}

function fromBase64(text: string): Uint8Array | undefined {
  const read = base64Text(text)
  return read && bytesOf(read.slice)
}

/** The note must name the proof's own size and root, and be signed by the log that the entry names; witnesses add lines of their own. */
export async function checkpointOf(entry: LogEntry, keys: readonly LogKey[]): Promise<Step> {
  const { proof, logId } = entry
  if (!proof?.checkpoint) return { state: 'missing' }
  const note = readNote(proof.checkpoint.value)
  if (!note?.root || note.signatures.length === 0) return fails('sigstore.checkpoint.form')
  if (!proof.rootHash || !sameBytes(note.root, proof.rootHash.located.value)) return fails('sigstore.checkpoint.root')
  if (proof.treeSize === undefined || note.size !== String(proof.treeSize)) return fails('sigstore.checkpoint.size')
  const key = keys.find(({ id }) => logId !== undefined && sameBytes(id, logId.located.value))
  if (!key) return { state: 'no-key' }
  const own = note.signatures.find(
    ({ hint, name }) => sameBytes(hint, key.id.subarray(0, 4)) && note.origin.split(' ')[0] === name,
  )
  if (!own) return fails('sigstore.checkpoint.hint')
  switch (await verifiedBy(key, note.signed, own.signature)) {
    case 'valid':
      return { state: 'holds', key }
    case 'invalid':
      return fails('sigstore.checkpoint-signed.fails')
    case 'unsupported':
      return { state: 'unsupported' }
  }
}
