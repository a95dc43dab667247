import type { CheckDefinition } from '../../../core/scheme.ts'
import { VMPL_HOST } from '../layout.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { ABI, citesOf, withReport } from './shared.ts'

/** Did something inside the guest ask for the report? The host can ask too; then REPORT_DATA is the host's. */
export const askedForByGuest: CheckDefinition<PreparedReport> = {
  id: 'snp.asked-for-by-guest',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: ABI('7.3, VMPL'),
  run: withReport(({ body }, prepared) => {
    const cites = citesOf(prepared, body.vmpl)
    const vmpl = body.vmpl.value
    if (vmpl === VMPL_HOST)
      return finding('fail', 'snp.host-requested', cites, { found: '0xffffffff', expected: '0–3' })
    return vmpl <= 3
      ? finding('pass', 'snp.asked-for-by-guest.holds', cites, { params: { vmpl }, found: String(vmpl) })
      : finding('fail', 'snp.vmpl-range', cites, { params: { vmpl }, found: String(vmpl), expected: '0–3' })
  }),
}
