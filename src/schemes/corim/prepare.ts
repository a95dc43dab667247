import { type ArtifactIndex, bytesOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import type { RootFinding } from '../../core/verdict.ts'
import { candidateKeys, keyUses, rawKeyRoot, verifyWithAny, type GivenSignature } from '../../crypto/given-keys.ts'
import { verifyCose } from '../../crypto/cose.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { rootFinding, verifyPath } from '../../pki/path.ts'
import type { PathProfile, PathResult } from '../../pki/types.ts'
import type { Corim } from './decoded.ts'

/** What the checks of a CoRIM read. */
export interface PreparedCorim extends Prepared {
  readonly artifact: ArtifactIndex
  readonly corim: Corim
  /** By a key that was given, where it carries no certificate. */
  readonly given: GivenSignature | undefined
  /** By the certificate that it carries. */
  readonly carried: VerifyResult | undefined
  readonly path: PathResult | undefined
}

const PROFILE: PathProfile = {
  id: 'corim',
  knownCritical: [],
  algorithms: [
    'ec:P-256/ecdsa-with-SHA256',
    'ec:P-384/ecdsa-with-SHA384',
    'ec:P-521/ecdsa-with-SHA512',
    'rsa/sha256WithRSAEncryption',
    'rsa/sha384WithRSAEncryption',
    'rsa/sha512WithRSAEncryption',
  ],
}

/** Profiles whose names of components are those of the evidence. */
export const PROFILES: readonly RegExp[] = [
  /^http:\/\/arm\.com\/(?:psa\/iot\/1|cca\/(?:ssd|realm)\/1|iot\/profile\/1)$/,
  /^tag:arm\.com,\d{4}:(?:psa|cca_platform|cca_realm)#/,
  /^2\.16\.840\.1\.113741\.1\.16\.[12]$/,
  /^tag:amd\.com,\d{4}:snp-corim-profile$/,
]

export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedCorim> {
  const corim = subject.decoded as Corim
  const { message } = corim
  const [leaf, ...pool] = corim.chain.flatMap((one) => readCertificate(one) ?? [])
  const keys = corim.isSigned && !leaf ? await candidateKeys(context, 'reference-values') : []
  const given = message && !leaf ? await verifyWithAny(message, keys) : undefined
  const path =
    leaf &&
    (await verifyPath({
      leaf,
      pool,
      anchors: context.anchors,
      purpose: 'reference-values',
      profile: PROFILE,
      at: context.at,
    }))
  const root: RootFinding = path
    ? await rootFinding(path, 'reference-values')
    : { ...rawKeyRoot(given?.state === 'valid' ? given.key : undefined), purpose: 'reference-values' }
  return {
    artifact: subject.artifact,
    corim,
    given,
    carried: message && leaf ? await verifyCose(message, bytesOf(leaf.spki)) : undefined,
    path,
    root,
    collateral: keyUses(keys, given?.state === 'valid' ? given.key : undefined),
    ladders: [],
    wishes: [],
    timeline: corim.validity.map(({ of, from, to }) => ({
      id: of,
      title: say(`timeline.corim.${of}`),
      kind: 'collateral',
      from: from === undefined ? null : new Date(from).toISOString(),
      to: to === undefined ? null : new Date(to).toISOString(),
    })),
    nodes: [
      ...(root.status === 'none'
        ? []
        : [{ id: 'root', kind: 'root' as const, title: say('node.corim.key'), name: root.holder }]),
      {
        id: 'statement',
        kind: 'content',
        title: say('node.corim.manifest'),
        name: corim.signer,
        cite: { artifact: subject.artifact, path: '', ranges: [corim.mapRange] },
      },
    ],
    vendor: null,
    doesNotProve: ['limit.corim.word'],
    statement: {
      issuer: corim.signer,
      about: corim.isOfParts ? corim.id : (corim.groups[0]?.name ?? corim.id),
      isSigned: corim.isSigned,
      groups: corim.groups,
      files: [],
      claims: [
        { name: 'id', value: corim.id },
        { name: 'profile', value: corim.profile },
      ].filter(({ value }) => value !== ''),
    },
  }
}
