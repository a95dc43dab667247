import { type ArtifactIndex, bytesOf, rangeOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import { joinBytes } from '../../bytes/join.ts'
import { candidateKeys, rawKeyRoot } from '../../crypto/given-keys.ts'
import { digest, verifySignature } from '../../crypto/verify.ts'
import type { Assertion } from './attestation.ts'
import { clientDataOf } from './client-data.ts'
import { FORMATS } from './formats.ts'
import type { Part } from './statement.ts'

/** What the check of an assertion reads. */
export interface PreparedAssertion extends Prepared {
  readonly artifact: ArtifactIndex
  readonly assertion: Assertion
  readonly signed: Part
  /** Attestation whose key signed it. */
  readonly binds: readonly number[]
}

/** An assertion hangs on the key that an attestation vouched for: those of the case are tried, and keys that were given. */
export async function prepareAssertion(subject: CaseItem, context: AppraisalContext): Promise<PreparedAssertion> {
  const assertion = subject.decoded as Assertion
  const candidates = await candidateKeys(context, 'evidence')
  const keys = [
    ...context.items.flatMap((item) =>
      item.format === FORMATS.attestation && item.facts.attestedKey
        ? [{ spki: item.facts.attestedKey.value, artifact: item.artifact, candidate: undefined }]
        : [],
    ),
    ...candidates.map((candidate) => ({ spki: candidate.spki, artifact: undefined, candidate })),
  ]
  const clientData = await clientDataOf(subject, context)
  const found = await tried(assertion, keys, clientData)
  return {
    artifact: subject.artifact,
    assertion,
    signed: found.part,
    binds: found.key?.artifact === undefined ? [] : [found.key.artifact],
    root: rawKeyRoot(found.key?.candidate),
    collateral: [],
    ladders: [],
    timeline: [],
    wishes: [],
    nodes: [
      {
        id: 'statement',
        kind: 'content',
        title: say('node.device.statement'),
        cite: { artifact: subject.artifact, path: '', ranges: [rangeOf(assertion.slice)] },
      },
    ],
    vendor: null,
    doesNotProve: ['limit.device.app'],
  }
}

async function tried<K extends { readonly spki: Uint8Array }>(
  { signature, authData }: Assertion,
  keys: readonly K[],
  clientData: readonly { readonly hash: Uint8Array; readonly recipe: string }[],
): Promise<{ part: Part; key: K | undefined }> {
  if (!signature || !authData?.isWhole)
    return { part: { state: 'fails', because: say('webauthn.not-whole') }, key: undefined }
  if (keys.length === 0) return { part: { state: 'open', because: say('webauthn.assertion-no-key') }, key: undefined }
  for (const key of keys.slice(0, 8))
    for (const { hash, recipe } of clientData) {
      const plain = joinBytes([bytesOf(authData.slice), hash])
      // App Attest signs the digest of both; WebAuthn signs both as they stand.
      for (const data of [plain, await digest('SHA-256', plain)]) {
        const { result } = await verifySignature(
          { kind: 'ecdsa', hash: 'SHA-256', form: 'der' },
          key.spki,
          data,
          bytesOf(signature),
        )
        if (result === 'valid')
          return { part: { state: 'holds', because: say('webauthn.signature-holds', { recipe }) }, key }
      }
    }
  return { part: { state: 'open', because: say('webauthn.client-data-other') }, key: undefined }
}
