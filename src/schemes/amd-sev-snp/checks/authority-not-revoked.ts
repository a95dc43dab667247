import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { Cite, Finding, TrustEdge } from '../../../core/verdict.ts'
import type { Crl, Revocation } from '../../../pki/types.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { KDS } from './shared.ts'

const ACTS: TrustEdge = { from: 'crl', to: 'intermediate', by: 'reference' }

/**
 * Has AMD revoked the authority above the chip's key? A listed one is revoked whatever the dates of the list say; not being listed counts only in a list of the right time.
 * A report carries no time of its own, so one that is made under a key revoked later may have been made afterwards. Chips are not listed one by one: all their serial numbers are zero.
 */
export const authorityNotRevoked: CheckDefinition<PreparedReport> = {
  id: 'snp.authority-not-revoked',
  layer: 4,
  weight: 'decides',
  dependsOn: ['snp.chains-to-ark'],
  spec: KDS('4.2, certificate revocation list'),
  byHand: 'openssl crl -in milan.crl -inform DER -noout -text',
  run(prepared): Finding {
    const { revocation, leafRevocation } = prepared
    if (leafRevocation?.state === 'listed') return listed(prepared, leafRevocation)
    if (!revocation)
      return finding('not-checked', prepared.path ? 'snp.authority-missing-for-list' : 'snp.no-certificate', [])
    const remedy = say('snp.remedy.crl')
    switch (revocation.state) {
      case 'listed':
        return listed(prepared, revocation)
      case 'not-checked':
        return {
          outcome: 'not-checked',
          because: revocation.because,
          cites: revocation.standings.flatMap((one) => citeCrl(prepared, one.crl)),
          remedy,
        }
      case 'not-listed': {
        const { crl } = revocation.standing
        return {
          ...finding('pass', 'snp.authority-not-revoked.holds', citeCrl(prepared, crl), {
            params: revocation.because.params,
          }),
          uses: usesOf(prepared, crl),
          proves: [{ from: 'root', to: 'crl', by: 'signature' }, ACTS],
          covers: citeCrl(prepared, crl).flatMap((cite) =>
            cite.ranges.map((range) => ({ artifact: cite.artifact, range, by: 'collateral' as const })),
          ),
        }
      }
    }
  },
}

function listed(prepared: PreparedReport, found: Extract<Revocation, { state: 'listed' }>): Finding {
  const { crl } = found.standing
  const cites = citeCrl(prepared, crl).map((cite) => ({ ...cite, ranges: [found.entry.range] }))
  const because = found.revokedBefore ? found.because : say('snp.revoked-later', found.because.params)
  return { outcome: 'fail', because, cites, uses: usesOf(prepared, crl), proves: [ACTS] }
}

function citeCrl({ crls }: PreparedReport, crl: Crl): Cite[] {
  const held = crls.find((one) => one.crl === crl)
  const { space, start, end } = crl.slice
  return held ? [{ artifact: held.item.artifact, path: 'crl', ranges: [{ space, start, end }] }] : []
}

function usesOf({ crls }: PreparedReport, crl: Crl): number[] {
  return crls.filter((one) => one.crl === crl).map((one) => one.item.artifact)
}
