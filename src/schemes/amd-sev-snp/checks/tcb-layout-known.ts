import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { ABI, citeTcb, tcbText, withReport } from './shared.ts'

/** Is it known how the eight bytes of a TCB_VERSION are ordered? Turin puts FMC first, so every other component moves; version 2 does not say which generation it is from. */
export const tcbLayoutKnown: CheckDefinition<PreparedReport> = {
  id: 'snp.tcb-layout-known',
  layer: 1,
  weight: 'notes',
  dependsOn: [],
  spec: ABI('2.2, TCB_VERSION'),
  run: withReport(({ body }, prepared) => {
    const { decoded, product } = prepared
    const cites = [citeTcb(prepared, body.reportedTcb)]
    const params = { product: product ?? (decoded.tcbLayout === 'turin' ? 'Turin' : 'Milan / Genoa') }
    const found = tcbText(body.reportedTcb, decoded.tcbLayout === 'turin' ? 'Turin' : 'Milan')
    switch (decoded.tcbFrom) {
      case 'cpuid':
        return finding('pass', 'snp.tcb-layout-known.holds', cites, { params, found })
      case 'certificate':
        return finding('pass', 'snp.tcb-layout-by-certificate', cites, { params, found })
      case 'chip-id':
        return finding('warn', 'snp.tcb-layout-by-chip-id', cites, { params, found })
      case 'default':
        return finding('warn', 'snp.tcb-layout-assumed', cites, { params, found })
    }
  }),
}
