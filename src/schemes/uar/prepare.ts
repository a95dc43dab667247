import { type ArtifactIndex, bytesOf, rangeOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import { candidateKeys, keyUses, rawKeyRoot, type CandidateKey } from '../../crypto/given-keys.ts'
import type { SignatureAlgorithm } from '../../crypto/types.ts'
import { verifySignature } from '../../crypto/verify.ts'
import type { UasResult } from './open.ts'

export interface PreparedResult extends Prepared {
  readonly artifact: ArtifactIndex
  readonly result: UasResult
  /** The given key that signed the text; undefined where none did. */
  readonly key: CandidateKey | undefined
  /** Keys that were tried. */
  readonly tried: number
}

/** By the key's kind; the standard leaves it open, and other ways are not tried. */
function algorithmFor(kind: string): SignatureAlgorithm | undefined {
  if (kind.startsWith('rsa')) return { kind: 'rsa-pkcs1', hash: 'SHA-256' }
  if (kind === 'ec:P-256') return { kind: 'ecdsa', hash: 'SHA-256', form: 'der' }
  return kind === 'ec:SM2'
    ? { kind: 'sm2', userId: new TextEncoder().encode('1234567812345678'), form: 'der' }
    : undefined
}

/** A result carries no key: who signed it is known only if the reader gives the service's. */
export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedResult> {
  const result = subject.decoded as UasResult
  const keys = await candidateKeys(context, 'service-token')
  let key: CandidateKey | undefined
  let tried = 0
  for (const one of result.signed && result.signature ? keys.slice(0, 16) : []) {
    const algorithm = algorithmFor(one.kind)
    if (!algorithm || !result.signed || !result.signature) continue
    tried++
    const found = await verifySignature(algorithm, one.spki, bytesOf(result.signed), result.signature.value)
    if (found.result === 'valid') key = one
    if (key) break
  }
  return {
    artifact: subject.artifact,
    result,
    key,
    tried,
    root: { ...rawKeyRoot(key), purpose: 'service-token' },
    collateral: keyUses(keys, key),
    wishes: key ? [] : [{ kind: 'public-key', key: '', title: say('wish.uar.key'), urls: [], curl: '' }],
    timeline: [],
    ladders: [],
    vendor: null,
    doesNotProve: ['limit.uar.quoted'],
    nodes: [
      ...(key ? [{ id: 'root', kind: 'root' as const, title: say('node.uar.service'), name: key.holder }] : []),
      {
        id: 'result',
        kind: 'content',
        title: say('node.uar.result'),
        cite: { artifact: subject.artifact, path: '', ranges: [rangeOf(subject.slice)] },
      },
    ],
  }
}
