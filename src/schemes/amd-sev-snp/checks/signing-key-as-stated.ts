import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { ABI, citesOf, citesOfLeaf, withLeaf } from './shared.ts'

/** Is the certificate of the kind that the report says signed it, and does it stand under the authority of that kind? A chip's key under ASK, a provider's under ASVK. */
export const signingKeyAsStated: CheckDefinition<PreparedReport> = {
  id: 'snp.signing-key-as-stated',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: ABI('7.3, SIGNING_KEY'),
  run: withLeaf(({ body }, { vcek }, prepared) => {
    const stated = prepared.stated
    const issuer = vcek.certificate.issuer.commonName
    const cites = [...citesOf(prepared, body.keyInfo), ...citesOfLeaf(prepared)]
    if (stated === undefined)
      return finding('unsupported', 'snp.signing-key-unknown', cites, {
        params: { value: body.keyInfo.flags.SIGNING_KEY },
      })
    const name = vcek.certificate.subject.commonName
    const isUnderVlek = issuer.startsWith('SEV-VLEK')
    const agrees = vcek.kind === stated && isUnderVlek === (stated === 'VLEK')
    const values = {
      found: `${name} ← ${issuer}`,
      expected: stated === 'VLEK' ? 'SEV-VLEK ← SEV-VLEK-…' : 'SEV-VCEK ← SEV-…',
    }
    if (agrees) return finding('pass', 'snp.signing-key-as-stated.holds', cites, { params: { stated }, ...values })
    return finding('fail', 'snp.signing-key', cites, {
      params: { stated, certificate: `${name} ← ${issuer}` },
      ...values,
    })
  }),
}
