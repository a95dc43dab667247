import { type ArtifactIndex, bytesOf, rangeOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import type { CollateralUse, RootFinding, TrustNode, WholePath } from '../../core/verdict.ts'
import { toHex } from '../../bytes/layout.ts'
import { verifyCoseMac } from '../../crypto/cose.ts'
import {
  candidateKeys,
  candidateSecrets,
  keyUses,
  rawKeyRoot,
  verifyWithAny,
  type GivenSignature,
} from '../../crypto/given-keys.ts'
import type { CoseMessage } from '../../envelope/cose.ts'
import { bytesClaim, lifecycleOf, type PsaToken } from './decoded.ts'

/** What the checks of a token read. */
export interface PreparedPsa extends Prepared {
  readonly artifact: ArtifactIndex
  readonly token: PsaToken
  readonly signature: GivenSignature | undefined
}

interface Signed {
  readonly signature: GivenSignature
  readonly root: RootFinding
  readonly uses: readonly CollateralUse[]
}

/** Tries the given keys, or for a MAC the given secrets. */
export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedPsa> {
  const token = subject.decoded as PsaToken
  const { message } = token
  const signed =
    message &&
    (message.kind === 'mac0'
      ? await byMac(message, context)
      : await bySignature(message, context, bytesClaim(token, 'instanceId')?.value))
  const lifecycle = lifecycleOf(token)
  const instance = bytesClaim(token, 'instanceId')
  return {
    artifact: subject.artifact,
    token,
    signature: signed?.signature,
    root: signed?.root ?? rawKeyRoot(undefined),
    collateral: signed?.uses ?? [],
    ladders: [],
    timeline: [],
    wishes:
      signed?.root.status === 'none'
        ? [
            {
              kind: message?.kind === 'mac0' ? 'shared-key' : 'public-key',
              key: instance ? toHex(instance.value) : '',
              title: say(message?.kind === 'mac0' ? 'wish.psa.secret' : 'wish.psa.iak'),
              urls: [],
              curl: '',
            },
          ]
        : [],
    nodes: nodesOf(subject.artifact, token, signed),
    wholePath: WHOLE_PATH,
    vendor: {
      scheme: 'psa',
      tcbStatus: null,
      error: null,
      advisories: [],
      tcbDate: null,
      evaluationNumber: null,
      debug: lifecycle ? lifecycle.value >= 0x5000 && lifecycle.value <= 0x50ff : null,
    },
    doesNotProve: [
      'limit.psa.endorsement',
      'limit.psa.revocation',
      'limit.psa.level',
      ...(message?.kind === 'mac0' ? ['limit.psa.mac'] : []),
    ],
  }
}

async function bySignature(
  message: CoseMessage,
  context: AppraisalContext,
  instanceId: Uint8Array | undefined,
): Promise<Signed> {
  const keys = await candidateKeys(context, 'evidence')
  const signature = await verifyWithAny(message, keys, instanceId)
  return {
    signature,
    root: rawKeyRoot(signature.key),
    uses: keyUses(keys, signature.state === 'valid' ? signature.key : undefined),
  }
}

/** Whoever can check a MAC can make one, so a secret is never more than `added`. */
async function byMac(message: CoseMessage, context: AppraisalContext): Promise<Signed> {
  const strangers: CollateralUse[] = []
  for (const item of candidateSecrets(context)) {
    const { result, because } = await verifyCoseMac(message, bytesOf(item.slice))
    const root: RootFinding = {
      status: 'added',
      holder: item.name,
      country: '',
      purpose: 'evidence',
      spkiSha256: item.sha256(),
      sha256: item.sha256(),
    }
    const uses: CollateralUse[] = [
      {
        kind: 'shared-key',
        key: '',
        artifact: item.artifact,
        origin: item.origin,
        use: result === 'valid' ? 'used' : 'not-for-this',
        because: say(result === 'valid' ? 'key.used' : 'key.not-used'),
        from: null,
        to: null,
      },
    ]
    if (result === 'valid') return { signature: { state: result, because, key: undefined }, root, uses }
    strangers.push(...uses)
  }
  // Any small file could be a secret; one that does not fit proves nothing against the token.
  return {
    signature:
      strangers.length > 0
        ? { state: 'other-key', because: say('psa.secret-not-this'), key: undefined }
        : { state: 'none', because: say('psa.mac-no-key'), key: undefined },
    root: rawKeyRoot(undefined),
    uses: strangers,
  }
}

function nodesOf(artifact: ArtifactIndex, token: PsaToken, signed: Signed | undefined): TrustNode[] {
  const nodes: TrustNode[] = []
  if (signed && signed.root.status !== 'none')
    nodes.push({ id: 'root', kind: 'root', title: say('node.psa.key'), name: signed.root.holder })
  if (token.message?.payload)
    nodes.push({
      id: 'token',
      kind: 'content',
      title: say('node.psa.token'),
      cite: { artifact, path: 'payload', ranges: [rangeOf(token.message.payload)] },
    })
  const nonce = bytesClaim(token, 'nonce')
  if (nonce)
    nodes.push({
      id: 'nonce',
      kind: 'data',
      title: say('node.psa.nonce'),
      cite: { artifact, path: nonce.path, ranges: nonce.ranges },
    })
  return nodes
}

const WHOLE_PATH: WholePath = {
  nodes: [
    { id: 'root', kind: 'root', title: say('node.psa.key') },
    { id: 'token', kind: 'content', title: say('node.psa.token') },
    { id: 'nonce', kind: 'data', title: say('node.psa.nonce') },
  ],
  steps: [
    { from: 'root', to: 'token', by: 'signature', check: 'psa.signed-by-device' },
    { from: 'token', to: 'nonce', by: 'reference', check: 'psa.signed-by-device' },
  ],
}
