import { type ArtifactIndex, bytesOf, rangeOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import type { TrustNode } from '../../core/verdict.ts'
import { isoOf } from '../../bytes/der-node.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import { verifySignature } from '../../crypto/verify.ts'
import { readPem } from '../../envelope/pem.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { rootFinding, verifyPath } from '../../pki/path.ts'
import type { Certificate, PathProfile, PathResult } from '../../pki/types.ts'
import type { Endorsement } from './decoded.ts'

export interface PreparedEndorsement extends Prepared {
  readonly artifact: ArtifactIndex
  readonly endorsement: Endorsement
  readonly leaf: Certificate | undefined
  readonly signature: VerifyResult | undefined
  readonly path: PathResult | undefined
}

const PROFILE: PathProfile = {
  id: 'gce',
  knownCritical: [],
  algorithms: [
    'rsa/sha256WithRSAEncryption',
    'rsa/sha384WithRSAEncryption',
    'rsa/sha512WithRSAEncryption',
    'ec:P-256/ecdsa-with-SHA256',
    'ec:P-384/ecdsa-with-SHA384',
  ],
}
/** As the signer writes it, and as no other tool may choose. */
const PSS = { kind: 'rsa-pss', hash: 'SHA-256', mgfHash: 'SHA-256', saltLength: 32 } as const

/** The certificate stands inside the signed bytes: it is read first, and counts only once its chain holds. */
export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedEndorsement> {
  const endorsement = subject.decoded as Endorsement
  const { certificate, bundle, golden, signature, groups, firmware, claims } = endorsement
  const leaf = certificate && readCertificate(certificate)
  const carried = bundle ? readPem(bundle, '').blocks.flatMap((block) => readCertificate(block.slice) ?? []) : []
  const beside = context.items.flatMap((item) =>
    item.format === 'x509.certificate' ? (readCertificate(item.slice) ?? []) : [],
  )
  const path =
    leaf &&
    (await verifyPath({
      leaf,
      pool: [...carried, ...beside],
      anchors: context.anchors,
      purpose: 'reference-values',
      profile: PROFILE,
      at: context.at,
    }))
  const root = path
    ? await rootFinding(path, 'reference-values')
    : {
        status: 'none' as const,
        holder: '',
        country: '',
        purpose: 'reference-values' as const,
        spkiSha256: '',
        sha256: '',
      }
  return {
    artifact: subject.artifact,
    endorsement,
    leaf,
    path,
    root,
    signature:
      leaf && golden && signature
        ? await verifySignature(PSS, bytesOf(leaf.spki), bytesOf(golden), bytesOf(signature))
        : undefined,
    collateral: [],
    ladders: [],
    wishes: [],
    timeline: leaf
      ? [
          {
            id: 'signer',
            title: say('timeline.gce.signer'),
            kind: 'certificate',
            from: isoOf(leaf.notBefore),
            to: isoOf(leaf.notAfter),
          },
        ]
      : [],
    nodes: nodesOf(subject.artifact, endorsement, path),
    vendor: null,
    doesNotProve: ['limit.gce.word'],
    statement: {
      issuer: leaf ? leaf.subject.commonName : '',
      about: '',
      isSigned: true,
      groups,
      files: firmware ? [{ name: 'UEFI', hash: 'sha384', digest: firmware }] : [],
      claims,
    },
  }
}

function nodesOf(artifact: ArtifactIndex, { golden }: Endorsement, path: PathResult | undefined): TrustNode[] {
  const certificates = (path?.path ?? []).map((certificate, i): TrustNode => ({
    id: `certificate${i}`,
    kind: i > 0 && i + 1 === path?.path.length && path.rootStatus !== 'none' ? 'root' : 'certificate',
    title: say('node.gce.certificate'),
    name: certificate.subject.commonName,
    from: isoOf(certificate.notBefore),
    to: isoOf(certificate.notAfter),
  }))
  return [
    ...certificates.toReversed(),
    ...(golden
      ? [
          {
            id: 'statement',
            kind: 'content' as const,
            title: say('node.gce.statement'),
            cite: { artifact, path: '', ranges: [rangeOf(golden)] },
          },
        ]
      : []),
  ]
}
