import { say } from '../../core/saying.ts'
import type { RootFinding } from '../../core/verdict.ts'
import { isoOf } from '../../bytes/der-node.ts'
import { sameBytes } from '../../bytes/layout.ts'
import { spkiSha256 } from '../../pki/certificate.ts'
import type { Certificate } from '../../pki/types.ts'
import type { AppraisalContext, Examiner } from '../../core/scheme.ts'
import { rootFinding, verifyPath } from '../../pki/path.ts'
import { FORMATS } from './formats.ts'
import { rimStanding, type Rim } from './rim.ts'
import { CHAIN_PROFILE } from './rules.ts'

/** A manifest by itself: its signature, the digest of what it says, and the chain of its signer. */
export const rimExaminer: Examiner = {
  formats: [FORMATS.rim],
  anchors: 'own',
  async examine(item, context) {
    const rim = item.decoded as Rim
    // By itself a demonstration manifest speaks to nobody: it is looked at as one, and its root says what it is.
    const standing = await rimStanding(item, rim, context, 'demonstration')
    const { path, signer, pool } = standing
    if (!path)
      return {
        root: undefined,
        findings: [{ id: 'nvidia.manifest-signed', outcome: 'fail', because: say(standing.reason), cites: [] }],
      }
    const fault = path.faults[0]
    const outside = path.outside[0]
    const revoked = standing.revocation?.standings.find(({ state }) => state === 'revoked')
    const open = standing.revocation?.standings.find(({ state }) => state === 'not-checked')
    const answer = (isGood: boolean, id: string) => ({
      id,
      outcome: isGood ? ('pass' as const) : ('fail' as const),
      because: say(`${id}.${isGood ? 'holds' : 'fails'}`),
      cites: [],
    })
    const stranded = path.missingIssuer ? pool.find((one) => sameBytes(one.issuer.der, one.subject.der)) : undefined
    return {
      root: stranded ? await strandedRoot(stranded, context) : await rootFinding(path, 'reference-values'),
      findings: [
        answer(standing.signedInfo, 'nvidia.manifest-signed'),
        answer(standing.documentDigest, 'nvidia.manifest-digest'),
        {
          id: 'nvidia.manifest-chain',
          cites: [],
          found: signer?.subject.commonName ?? '',
          ...(fault
            ? { outcome: 'fail' as const, because: fault.because }
            : path.missingIssuer && stranded
              ? {
                  outcome: 'fail' as const,
                  because: say('nvidia.rim.chain-gap', {
                    issuer: path.missingIssuer.text,
                    root: stranded.subject.commonName,
                  }),
                }
              : path.missingIssuer
                ? {
                    outcome: 'not-checked' as const,
                    because: say('nvidia.issuer-missing', { issuer: path.missingIssuer.text }),
                  }
                : { outcome: 'pass' as const, because: say('nvidia.chain-holds.holds', { count: path.path.length }) }),
        },
        {
          id: 'nvidia.manifest-in-date',
          cites: [],
          found: signer ? `${isoOf(signer.notBefore)} – ${isoOf(signer.notAfter)}` : '',
          ...(outside
            ? { outcome: 'not-checked' as const, because: outside.because }
            : { outcome: 'pass' as const, because: say('nvidia.certificates-in-date.holds') }),
        },
        {
          id: 'nvidia.manifest-signers-not-revoked',
          cites: [],
          ...(revoked
            ? { outcome: 'fail' as const, because: revoked.because }
            : open
              ? { outcome: 'not-checked' as const, because: open.because }
              : (standing.revocation?.standings.length ?? 0) === 0 || path.missingIssuer
                ? // Of a signer whose issuer is not here nobody can be asked.
                  {
                    outcome: 'not-checked' as const,
                    because: say('nvidia.signers-not-asked', { issuer: path.missingIssuer?.text ?? '' }),
                  }
                : {
                    outcome: 'pass' as const,
                    because: say('nvidia.manifest-signers-not-revoked.holds', { count: path.path.length - 1 }),
                  }),
        },
      ],
    }
  },
}

/** NVIDIA CoRIM L1 Root CA Debug Only: the vendor's own test root. It is named, and vouches for nothing. */
const DEBUG_ROOT = '80addca88e061ffe'

/** A root beyond a gap is named for what it is; that nothing leads to it is what the chain says. */
async function strandedRoot(root: Certificate, { anchors, at }: AppraisalContext): Promise<RootFinding> {
  const purpose = 'reference-values'
  const found = await rootFinding(
    await verifyPath({ leaf: root, pool: [], anchors, purpose, profile: CHAIN_PROFILE, at }),
    purpose,
  )
  const isDebug = found.status === 'unknown' && (await spkiSha256(root)).startsWith(DEBUG_ROOT)
  return isDebug ? { ...found, status: 'development' } : found
}
