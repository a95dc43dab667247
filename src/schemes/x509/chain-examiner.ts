import { rangeOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Examination, Examiner } from '../../core/scheme.ts'
import { sameBytes } from '../../bytes/layout.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { ANY_CHAIN, anchorsAmong, purposeAmong } from '../../pki/any-chain.ts'
import { issuersAmong } from '../../pki/issuers.ts'
import { rootFinding, verifyPath } from '../../pki/path.ts'
import type { Certificate } from '../../pki/types.ts'

/** Most certificates of one case that are looked at. */
const CERTIFICATES = 400

const isSelfSigned = (one: Certificate) => sameBytes(one.issuer.der, one.subject.der)

/** A certificate that vouches for no other here: the end of a chain, and where each question starts. */
export const chainExaminer: Examiner = {
  formats: ['x509.certificate'],
  anchors: 'all',
  async examine(item: CaseItem, context: AppraisalContext): Promise<Examination | undefined> {
    // A key file tells about the chain of its key itself.
    const leaf = item.hints['examined'] === 'with-key' ? undefined : readCertificate(item.slice)
    if (!leaf) return undefined
    const others = context.items
      .slice(0, CERTIFICATES)
      .flatMap((one) => (one.format === 'x509.certificate' ? (readCertificate(one.slice) ?? []) : []))
    const vouches = others.some((one) => !isSelfSigned(one) && sameBytes(one.issuer.der, leaf.subject.der))
    if (vouches) return undefined
    const family = relatives(item, context.items)
    const pool = await issuersAmong(leaf, others, context.anchors)
    const anchors = anchorsAmong([leaf, ...pool, ...family], context.anchors)
    const request = { leaf, pool, anchors, purpose: purposeAmong(anchors), profile: ANY_CHAIN, at: context.at }
    const path = await verifyPath(request)
    const cites = [{ artifact: item.artifact, path: 'certificate', ranges: [rangeOf(leaf.slice)] }]
    const names = path.path.map(({ subject }) => subject.commonName || subject.text)
    const fault = path.faults[0]
    // A file that brings its root claims to be a whole chain; one without may end where it likes.
    const beyond = path.missingIssuer === undefined ? undefined : family.find(isSelfSigned)
    const isCut = beyond !== undefined
    const limit = path.unsupported[0]
    return {
      // Beyond a gap the file's own root is named for what it is; that nothing leads to it is what the chain says.
      root: await rootFinding(beyond ? await verifyPath({ ...request, leaf: beyond, pool: [] }) : path),
      findings: [
        {
          id: 'x509.chain-holds',
          cites,
          found: names.join(' ← '),
          ...(fault
            ? { outcome: 'fail' as const, because: fault.because }
            : limit
              ? { outcome: 'unsupported' as const, because: limit.because }
              : isCut
                ? {
                    outcome: 'fail' as const,
                    because: say('x509.chain-gap', { issuer: path.missingIssuer?.text ?? '' }),
                  }
                : path.missingIssuer
                  ? {
                      outcome: 'not-checked' as const,
                      because: say('x509.issuer-missing', { issuer: path.missingIssuer.text }),
                    }
                  : { outcome: 'pass' as const, because: say('x509.chain-holds.holds', { count: path.path.length }) }),
        },
        {
          id: 'x509.certificates-in-date',
          cites,
          ...(path.outside[0]
            ? { outcome: 'not-checked' as const, because: path.outside[0].because }
            : { outcome: 'pass' as const, because: say('x509.certificates-in-date.holds') }),
        },
        { id: 'x509.not-revoked', cites, outcome: 'not-checked', because: say('x509.revocation-open') },
      ],
    }
  },
}

/** Certificates that came in the same file of certificates: they claim to belong together. */
function relatives(item: CaseItem, items: readonly CaseItem[]): Certificate[] {
  // A log or a list holds certificates of many; only a file of nothing but certificates claims to be one chain.
  const isChainFile = items.find(({ artifact }) => artifact === item.parent)?.format?.startsWith('x509.') === true
  return items.flatMap((one) =>
    item.parent !== null && one.parent === item.parent && one.format === 'x509.certificate' && isChainFile
      ? (readCertificate(one.slice) ?? [])
      : [],
  )
}
