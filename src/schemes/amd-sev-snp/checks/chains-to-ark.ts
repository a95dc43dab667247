import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { Cite, Coverage, TrustEdge } from '../../../core/verdict.ts'
import { certificatesWithin } from '../within.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { KDS, missingLeaf } from './shared.ts'

/** Does every certificate from the chip's up to the root bear the next one's signature, and may each do so? Which root it is, is a status of its own. */
export const chainsToArk: CheckDefinition<PreparedReport> = {
  id: 'snp.chains-to-ark',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: KDS('1.3, certificate hierarchy'),
  byHand: 'openssl verify -CAfile ark.pem -untrusted ask.pem vcek.pem',
  run(prepared) {
    const { path, leaf } = prepared
    if (!path || !leaf.chosen)
      return {
        outcome: 'not-checked',
        because: missingLeaf(prepared),
        cites: [],
        remedy: say('snp.remedy.certificate'),
      }
    const places = certificatesWithin(prepared)
    const cites: Cite[] = places.map(({ artifact, range }) => ({ artifact, path: 'certificate', ranges: [range] }))
    const names = path.path.map((certificate) => certificate.subject.commonName).join(' ← ')
    const last = path.path.length - 1
    const idOf = (index: number) => (index === 0 ? 'leaf' : index >= last ? 'root' : 'intermediate')
    const proves = path.links
      .filter((link) => link.issuer !== link.subject)
      .map((link): TrustEdge => ({
        from: idOf(link.issuer),
        to: idOf(link.subject),
        by: 'signature',
        outcome: link.outcome,
      }))
    const fault = path.faults[0]
    if (fault) {
      const at = places.find((one) => one.index === fault.index)
      const isBroken = fault.because.code === 'chain-signature'
      // A broken signature is this family's own case: a certificate that the authority it names never signed.
      const because = isBroken
        ? say('snp.chain', {
            subject: path.path[fault.index]?.subject.commonName ?? '',
            issuer: path.path[fault.index]?.issuer.commonName ?? '',
          })
        : fault.because
      return {
        outcome: 'fail',
        because,
        cites: at ? [{ artifact: at.artifact, path: 'certificate', ranges: [fault.range] }, ...cites] : cites,
        proves,
        found: names,
      }
    }
    const unsupported = path.unsupported[0]
    if (unsupported) return { outcome: 'unsupported', because: unsupported.because, cites, proves, found: names }
    // The name of a root that we know, over a certificate which that root did not sign: whatever key identifier it claims.
    if (prepared.isUnderFalseName)
      return finding('fail', 'snp.chain', cites, {
        params: { subject: path.path[last]?.subject.commonName ?? '', issuer: path.missingIssuer?.commonName ?? '' },
        proves,
        found: names,
      })
    // AMD's authorities have fixed names: a chip of a known generation is certified by them or by nobody.
    const product = leaf.chosen.vcek.product
    if (path.rootStatus === 'none' && last === 0 && product)
      return finding('fail', 'snp.issuer-unknown', cites, {
        params: { issuer: path.missingIssuer?.text ?? '', product },
        found: path.missingIssuer?.text ?? '',
        expected: `SEV-${product} / SEV-VLEK-${product}`,
      })
    if (path.rootStatus === 'none')
      return finding('not-checked', 'snp.authority-missing', cites, {
        params: { issuer: path.missingIssuer?.commonName ?? '' },
        proves,
        found: names,
        remedy: say('snp.remedy.chain'),
      })
    const covers = places.map(({ artifact, range }): Coverage => ({ artifact, range, by: 'endorsement' }))
    return finding('pass', 'snp.chains-to-ark.holds', cites, { params: { names }, proves, covers, found: names })
  },
}
