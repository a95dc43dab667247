import type { CheckDefinition } from '../../../core/scheme.ts'
import { toHex } from '../../../bytes/layout.ts'
import { chipAgrees } from '../leaf.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { citesOf, citesOfLeaf, KDS, withLeaf } from './shared.ts'

/** Is the certificate for the chip that the report names? Eight bytes on Turin, 64 before; a host may mask the chip's id, and a provider's key (VLEK) names no chip. */
export const chipMatchesCertificate: CheckDefinition<PreparedReport> = {
  id: 'snp.chip-matches-certificate',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: KDS('3.1, hwID'),
  run: withLeaf(({ body }, { vcek }, prepared) => {
    const cites = [...citesOf(prepared, body.chipId), ...citesOfLeaf(prepared, vcek.hwId)]
    if (vcek.kind === 'VLEK')
      return finding('not-applicable', 'snp.vlek-names-no-chip', cites, { params: { provider: vcek.cspId ?? '' } })
    const found = toHex(vcek.hwId?.value ?? new Uint8Array())
    const expected = toHex(body.chipId.value)
    switch (chipAgrees(vcek, body.chipId.value)) {
      case 'equal':
        return finding('pass', 'snp.chip-matches-certificate.holds', cites, { found, expected })
      case 'masked':
        return finding('not-applicable', 'snp.chip-id-masked', cites, { found })
      case 'differs':
        return finding('fail', 'snp.vcek-hwid', cites, { found, expected })
      case 'no-hwid':
        return finding('fail', 'snp.vcek-hwid-missing', cites, { expected })
    }
  }),
}
