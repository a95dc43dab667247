import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared, TrustAnchor } from '../../core/scheme.ts'
import { type ArtifactIndex, bytesOf, sliceAt } from '../../core/place.ts'
import { base64Text } from '../../envelope/base64.ts'
import { verifySignature } from '../../crypto/verify.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import type { DecodedNote } from './decoded.ts'

/** What the checks of a note read: everything worked out once. */
export interface PreparedNote extends Prepared {
  readonly artifact: ArtifactIndex
  readonly decoded: DecodedNote
  /** Undefined when there is nothing to verify, or no key to verify it with. */
  readonly signature: VerifyResult | undefined
}

/** Finds the key and verifies the one signature. */
export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedNote> {
  const decoded = subject.decoded as DecodedNote
  const anchor = context.anchors.find((one) => one.format === 'raw-key')
  const signed = decoded.signed
  const signature =
    signed && anchor
      ? await verifySignature(
          { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' },
          keyOf(anchor),
          bytesOf(sliceAt(subject.slice, signed.note.$.range)),
          signed.signature.value,
        )
      : undefined
  return {
    artifact: subject.artifact,
    decoded,
    signature,
    collateral: [],
    wishes: [],
    timeline: [],
    ladders: [],
    doesNotProve: ['limit.example'],
    root: {
      status: anchor?.status ?? 'none',
      holder: anchor?.holder ?? '',
      country: anchor?.country ?? '',
      purpose: 'evidence',
      spkiSha256: anchor?.spkiSha256 ?? '',
      sha256: anchor?.sha256 ?? '',
    },
    nodes: signed
      ? [
          { id: 'root', kind: 'root', title: say('node.example.root'), name: anchor?.holder ?? '' },
          {
            id: 'note',
            kind: 'content',
            title: say('node.example.note'),
            cite: { artifact: subject.artifact, path: 'note', ranges: [signed.note.$.range] },
          },
          {
            id: 'data',
            kind: 'data',
            title: say('node.example.data'),
            cite: {
              artifact: subject.artifact,
              path: signed.note.reportData.path,
              ranges: signed.note.reportData.ranges,
            },
          },
        ]
      : [],
    vendor: {
      scheme: 'example',
      tcbStatus: null,
      error: null,
      advisories: [],
      tcbDate: null,
      evaluationNumber: null,
      debug: signed ? signed.note.flags.flags.DEBUG === 1 : null,
    },
  }
}

function keyOf(anchor: TrustAnchor): Uint8Array {
  const read = base64Text(anchor.spki)
  return read ? bytesOf(read.slice) : new Uint8Array()
}
