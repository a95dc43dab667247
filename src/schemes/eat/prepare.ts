import { type ArtifactIndex, rangeOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import { candidateKeys, keyUses, rawKeyRoot, verifyWithAny, type GivenSignature } from '../../crypto/given-keys.ts'
import { bytesClaim, dateClaim, intClaim, type Cwt } from './decoded.ts'

/** What the checks of a token read. */
export interface PreparedCwt extends Prepared {
  readonly artifact: ArtifactIndex
  readonly cwt: Cwt
  readonly signature: GivenSignature | undefined
}

/** Tries the given keys. A MAC is left to those who hold its secret. */
export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedCwt> {
  const cwt = subject.decoded as Cwt
  const { message } = cwt
  const keys = await candidateKeys(context, 'evidence')
  const signature = message?.kind === 'sign1' ? await verifyWithAny(message, keys) : undefined
  const nonce = bytesClaim(cwt, 10, 'eat_nonce')
  const debug = intClaim(cwt, 263, 'dbgstat')
  const from = dateClaim(cwt, 5, 'nbf') ?? dateClaim(cwt, 6, 'iat')
  const to = dateClaim(cwt, 4, 'exp')
  return {
    artifact: subject.artifact,
    cwt,
    signature,
    root: rawKeyRoot(signature?.key),
    collateral: keyUses(keys, signature?.state === 'valid' ? signature.key : undefined),
    ladders: [],
    wishes:
      signature && !signature.key
        ? [{ kind: 'public-key', key: '', title: say('wish.eat.key'), urls: [], curl: '' }]
        : [],
    timeline:
      from || to
        ? [
            {
              id: 'token',
              title: say('timeline.eat.token'),
              kind: 'evidence',
              from: from ? new Date(from.value).toISOString() : null,
              to: to ? new Date(to.value).toISOString() : null,
            },
          ]
        : [],
    nodes: [
      ...(signature?.key
        ? [{ id: 'root', kind: 'root' as const, title: say('node.eat.key'), name: signature.key.holder }]
        : []),
      ...(message?.payload
        ? [
            {
              id: 'token',
              kind: 'content' as const,
              title: say('node.eat.token'),
              cite: { artifact: subject.artifact, path: 'payload', ranges: [rangeOf(message.payload)] },
            },
          ]
        : []),
      ...(nonce
        ? [
            {
              id: 'nonce',
              kind: 'data' as const,
              title: say('node.eat.nonce'),
              cite: { artifact: subject.artifact, path: nonce.path, ranges: nonce.ranges },
            },
          ]
        : []),
    ],
    vendor: {
      scheme: 'eat',
      tcbStatus: null,
      error: null,
      advisories: [],
      tcbDate: null,
      evaluationNumber: null,
      debug: debug ? debug.value === 0 : null,
    },
    doesNotProve: ['limit.eat.signer', 'limit.eat.profile'],
  }
}
