import type { Appraiser, EvidenceFormat, Scheme } from '../../core/scheme.ts'
import { anchors } from './anchors.ts'
import { cekSignedByHsk } from './checks/cek-signed-by-hsk.ts'
import { chainToRoot } from './checks/chain-to-root.ts'
import { containerAgrees } from './checks/container-agrees.ts'
import { curveOfHsk } from './checks/curve-of-hsk.ts'
import { curveOfPek } from './checks/curve-of-pek.ts'
import { generation } from './checks/generation.ts'
import { hskSignedByRoot } from './checks/hsk-signed-by-root.ts'
import { mac } from './checks/mac.ts'
import { maskConsistent } from './checks/mask-consistent.ts'
import { noRevocation } from './checks/no-revocation.ts'
import { notDebug } from './checks/not-debug.ts'
import { pekSignedByCek } from './checks/pek-signed-by-cek.ts'
import { reportSignedByCek } from './checks/report-signed-by-cek.ts'
import { reportSignedByPek } from './checks/report-signed-by-pek.ts'
import { rtmr0IsMeasure } from './checks/rtmr0-is-measure.ts'
import { usageOfCek } from './checks/usage-of-cek.ts'
import { usageOfPek } from './checks/usage-of-pek.ts'
import { wellFormed } from './checks/well-formed.ts'
import { claimsFormat } from './claims.ts'
import { certificatesFormat, dcuJsonFormat, dcuResponseFormat, evidenceFormat, jsonFormat } from './containers.ts'
import { FORMATS } from './decoded.ts'
import { caFormat, certificateFormat, dcuFormat, reportFormat } from './formats.ts'
import { prepare, type PreparedCsv } from './prepare.ts'
import { samples } from './samples.ts'

const appraiser: Appraiser<PreparedCsv> = {
  formats: [FORMATS.report, FORMATS.dcu],
  prepare,
  notJudged: ['csv.not-judged.owner', 'csv.not-judged.firmware'],
  checks: [
    wellFormed,
    usageOfPek,
    curveOfPek,
    containerAgrees,
    rtmr0IsMeasure,
    reportSignedByPek,
    reportSignedByCek,
    mac,
    chainToRoot,
    noRevocation,
    pekSignedByCek,
    usageOfCek,
    cekSignedByHsk,
    curveOfHsk,
    hskSignedByRoot,
    notDebug,
    maskConsistent,
    generation,
  ],
}

export const scheme: Scheme = {
  id: 'hygon-csv',
  anchors,
  samples,
  recipes: async () => (await import('./recipe.ts')).recipes,
  lab: async () => (await import('./lab.ts')).presets,
  appraisers: [appraiser as Appraiser],
  formats: [
    caFormat as EvidenceFormat,
    certificateFormat as EvidenceFormat,
    reportFormat as EvidenceFormat,
    dcuFormat as EvidenceFormat,
    certificatesFormat,
    evidenceFormat,
    jsonFormat,
    claimsFormat as EvidenceFormat,
    dcuResponseFormat,
    dcuJsonFormat,
  ],
}
