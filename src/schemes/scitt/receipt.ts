import { type ArtifactIndex, bytesOf, rangeOf, type ByteRange, type Slice } from '../../core/place.ts'
import { cborBytes, cborHead, cborMap } from '../../bytes/cbor-writer.ts'
import { readCbor } from '../../bytes/cbor.ts'
import { embeddedSlice } from '../../bytes/cbor-node.ts'
import { joinBytes } from '../../bytes/join.ts'
import { sameBytes, toHex } from '../../bytes/layout.ts'
import { verifySignature, digest } from '../../crypto/verify.ts'
import { readCose, valueAt, withoutTags, type CoseMessage } from '../../envelope/cose.ts'

/** Receipts of a CCF ledger (draft-birkholz-cose-receipts-ccf-profile): that a statement stands in a ledger, proved by a path of hashes to a signed root. */
export interface Receipt {
  readonly range: ByteRange
  readonly message: CoseMessage | undefined
  /** Of the ledger, as the receipt names it. */
  readonly ledger: string
  /** Milliseconds since 1970: when the ledger says it registered the statement. */
  readonly registeredAt: number | undefined
  readonly transaction: string
  /** Lower-case hex of SHA-256 over the service key, as text. */
  readonly keyId: string
  /** 2 = CCF. Other structures are named, not verified. */
  readonly structure: string
  readonly proofs: readonly LedgerProof[]
}

interface LedgerProof {
  readonly transaction: Uint8Array
  readonly evidence: Uint8Array
  readonly data: Uint8Array
  readonly path: readonly { readonly isLeft: boolean; readonly hash: Uint8Array }[]
}

const MOST_STEPS = 64

/** Reads a receipt; never throws. */
export function readReceipt(slice: Slice): Receipt {
  const { message } = readCose(slice)
  const header = message?.protectedHeader ?? []
  const claims = withoutTags(valueAt(header, 15)).item
  const entries = claims?.kind === 'map' ? claims.entries : []
  const issuer = valueAt(entries, 1)
  const at = withoutTags(valueAt(entries, 6)).item
  const kid = valueAt(header, 4)
  const structure = valueAt(header, 395)
  const ccf = valueAt(header, 'ccf.v1')
  const transaction = ccf?.kind === 'map' ? valueAt(ccf.entries, 'txid') : undefined
  return {
    range: rangeOf(slice),
    message,
    ledger: issuer?.kind === 'text' ? issuer.text : '',
    registeredAt: at?.kind === 'int' ? Number(at.value) * 1000 : undefined,
    transaction: transaction?.kind === 'text' ? transaction.text : '',
    keyId: kid?.kind === 'bytes' ? new TextDecoder().decode(bytesOf(kid.content)) : '',
    structure: structure?.kind === 'int' ? String(structure.value) : '',
    proofs: message ? proofsOf(message) : [],
  }
}

function proofsOf(message: CoseMessage): LedgerProof[] {
  const held = valueAt(message.unprotectedHeader, 396)
  const list = held?.kind === 'map' ? valueAt(held.entries, -1) : undefined
  if (list?.kind !== 'array') return []
  return list.items.slice(0, 8).flatMap((one) => {
    const { item } = one.kind === 'bytes' ? readCbor(embeddedSlice(one.content).slice) : { item: one }
    const leaf = item?.kind === 'map' ? valueAt(item.entries, 1) : undefined
    const path = item?.kind === 'map' ? valueAt(item.entries, 2) : undefined
    const [transaction, evidence, data] = leaf?.kind === 'array' ? leaf.items : []
    if (transaction?.kind !== 'bytes' || evidence?.kind !== 'text' || data?.kind !== 'bytes') return []
    const steps = path?.kind === 'array' && path.items.length <= MOST_STEPS ? path.items : []
    return [
      {
        transaction: bytesOf(transaction.content),
        evidence: bytesOf(evidence.content),
        data: bytesOf(data.content),
        path: steps.flatMap((step) => {
          const [left, hash] = step.kind === 'array' ? step.items : []
          return left?.kind === 'simple' && hash?.kind === 'bytes'
            ? [{ isLeft: left.value === 21, hash: bytesOf(hash.content) }]
            : []
        }),
      },
    ]
  })
}

/** A service key that somebody dropped, or that is known here. */
export interface ServiceKey {
  readonly spki: Uint8Array
  readonly sha256: string
  readonly artifact: ArtifactIndex | undefined
}

/** `other`: the receipt is for another statement. `no-key`: its service's key is not here. `signature`: that key did not sign this root. */
export type ReceiptOutcome = 'holds' | 'other' | 'no-key' | 'signature' | 'unsupported' | 'form'

export interface ReceiptStanding {
  readonly receipt: Receipt
  readonly outcome: ReceiptOutcome
  readonly key: ServiceKey | undefined
}

const sha256 = (...parts: readonly Uint8Array[]) => digest('SHA-256', joinBytes(parts))

/** What a ledger hashes: the statement with its tag, and an empty unprotected header in the place of its own. */
function registered(statement: CoseMessage): Uint8Array {
  const { protectedBytes, payload, signature } = statement
  return joinBytes([
    cborHead(6, 18),
    cborHead(4, 4),
    cborBytes(bytesOf(protectedBytes)),
    cborMap(),
    payload ? cborBytes(bytesOf(payload)) : Uint8Array.of(0xf6),
    cborBytes(bytesOf(signature)),
  ])
}

/** Follows one receipt from the statement to the signed root. */
export async function receiptStanding(
  receipt: Receipt,
  statement: CoseMessage,
  keys: readonly ServiceKey[],
): Promise<ReceiptStanding> {
  const answer = (outcome: ReceiptOutcome, key?: ServiceKey): ReceiptStanding => ({ receipt, outcome, key })
  const { message, proofs } = receipt
  if (!message) return answer('unsupported')
  if (receipt.structure !== '2') return answer('unsupported')
  if (proofs.length === 0 || message.payload) return answer('form')
  const data = await sha256(registered(statement))
  const key = keys.find((one) => one.sha256 === receipt.keyId)
  let last: ReceiptOutcome = 'form'
  for (const proof of proofs) {
    if (!sameBytes(proof.data, data)) {
      last = 'other'
      continue
    }
    if (!key) {
      last = 'no-key'
      continue
    }
    let root = await sha256(proof.transaction, await sha256(proof.evidence), proof.data)
    for (const { isLeft, hash } of proof.path) root = isLeft ? await sha256(hash, root) : await sha256(root, hash)
    const { result } = await verifyDetached(message, root, key.spki)
    if (result === 'valid') return answer('holds', key)
    last = result === 'unsupported' ? 'unsupported' : 'signature'
  }
  return answer(last, key)
}

/** RFC 9052 section 4.4 with a payload that is not in the message. */
async function verifyDetached(message: CoseMessage, payload: Uint8Array, spki: Uint8Array) {
  const context = new TextEncoder().encode('Signature1')
  const signed = joinBytes([
    cborHead(4, 4),
    cborHead(3, context.length),
    context,
    cborBytes(bytesOf(message.protectedBytes)),
    cborBytes(new Uint8Array()),
    cborBytes(payload),
  ])
  const hash = { '-7': 'SHA-256', '-35': 'SHA-384', '-36': 'SHA-512' } as const
  const id = message.algorithm?.isProtected === true ? message.algorithm.id : ''
  const name = id === '-7' || id === '-35' || id === '-36' ? hash[id] : undefined
  if (!name) return { result: 'unsupported' as const }
  return verifySignature({ kind: 'ecdsa', hash: name, form: 'p1363' }, spki, signed, bytesOf(message.signature))
}

/** A key's name in receipts. */
export const keyName = async (spki: Uint8Array) => toHex(await digest('SHA-256', spki))
