import type { Appraiser, EvidenceFormat, Scheme } from '../../core/scheme.ts'
import { later } from '../../bytes/later.ts'
import { anchors } from './anchors.ts'
import { chainHolds } from './checks/chain-holds.ts'
import { signedByCertificate } from './checks/signed-by-certificate.ts'
import { wellFormed } from './checks/well-formed.ts'
import { readEndorsement, type Endorsement } from './decoded.ts'
import { FORMATS } from './formats.ts'
import { prepare, type PreparedEndorsement } from './prepare.ts'
import { samples } from './samples.ts'
import { endorsementTree } from './tree.ts'

const format: EvidenceFormat<Endorsement> = {
  id: FORMATS.endorsement,
  message: 'reference-values',
  title: 'format.gce.endorsement',
  facts: ({ claims }) => ({ measurements: [], claims }),
  decode(slice) {
    const decoded = readEndorsement(slice)
    const { certificate } = decoded
    return {
      tree: later(() => endorsementTree(slice)),
      decoded,
      spaces: () => [],
      problems: [],
      inner: certificate
        ? [{ slice: certificate, name: 'certificate', format: 'x509.certificate', origin: 'embedded' }]
        : [],
    }
  },
}

const appraiser: Appraiser<PreparedEndorsement> = {
  formats: [FORMATS.endorsement],
  prepare,
  notJudged: ['gce.not-judged.build'],
  checks: [wellFormed, signedByCertificate, chainHolds],
}

export const scheme: Scheme = {
  id: 'gce-endorsement',
  formats: [format as EvidenceFormat],
  appraisers: [appraiser as Appraiser],
  anchors,
  samples,
}
