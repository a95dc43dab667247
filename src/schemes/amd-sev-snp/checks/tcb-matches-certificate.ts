import type { CheckDefinition } from '../../../core/scheme.ts'
import { say } from '../../../core/saying.ts'
import { isMisfit, tcbDifferences } from '../leaf.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { citeTcb, citesOfLeaf, COMPONENT_LABEL, KDS, otherTcb, tcbText, withLeaf } from './shared.ts'

/** Is the certificate for the very TCB that the report states? The chip derives its key from the TCB, so a key says which firmware it was made under. Component by component. */
export const tcbMatchesCertificate: CheckDefinition<PreparedReport> = {
  id: 'snp.tcb-matches-certificate',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: KDS('3.1, extensions under 1.3.6.1.4.1.3704.1.3'),
  run: withLeaf((report, { vcek }, prepared) => {
    const product = vcek.product ?? prepared.product
    const tcb = report.body.reportedTcb
    const differing = tcbDifferences(vcek, tcb, product)
    const cites = [
      citeTcb(prepared, tcb),
      ...(differing.length === 0
        ? citesOfLeaf(prepared)
        : differing.flatMap(({ component }) => citesOfLeaf(prepared, vcek.tcb[component]))),
    ]
    if (differing.length === 0)
      return finding('pass', 'snp.tcb-matches-certificate.holds', cites, {
        found: tcbText(tcb, product),
        expected: tcbText(tcb, product),
        proves: [{ from: 'leaf', to: 'report', by: 'equality' }],
      })
    const { chosen } = prepared.leaf
    // A certificate that did not sign it and came by itself may be the wrong one: it says nothing against the report.
    if (chosen && isMisfit(prepared.leaf, report))
      return finding('not-checked', 'snp.certificate-other-tcb', cites, {
        params: otherTcb(chosen, report),
        remedy: say('snp.remedy.meant'),
      })
    const side = (which: 'report' | 'certificate') =>
      differing.map((one) => `${COMPONENT_LABEL[one.component]} ${one[which] ?? '–'}`).join(' · ')
    return finding('fail', 'snp.vcek-tcb', cites, {
      params: { report: side('report'), certificate: side('certificate') },
      found: side('certificate'),
      expected: side('report'),
    })
  }),
}
