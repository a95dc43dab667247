import { readWhole } from '../../bytes/layout.ts'
import type { Appraiser, EvidenceFormat, Scheme } from '../../core/scheme.ts'
import { anchors } from './anchors.ts'
import { enclaveSignedByMonitor } from './checks/enclave-signed-by-monitor.ts'
import { monitorKeyNotGuessable } from './checks/monitor-key-not-guessable.ts'
import { monitorSignedByDevice } from './checks/monitor-signed-by-device.ts'
import { nothingFollows } from './checks/nothing-follows.ts'
import { wellFormed } from './checks/well-formed.ts'
import type { DecodedReport } from './decoded.ts'
import { FORMATS } from './formats.ts'
import { report } from './layout.ts'
import { prepare, type PreparedKeystone } from './prepare.ts'
import { samples } from './samples.ts'

const reportFormat: EvidenceFormat<DecodedReport> = {
  id: FORMATS.report,
  message: 'evidence',
  title: 'format.keystone.report',
  rows: () => report.rows(),
  decode(slice) {
    const reading = readWhole(report, slice, '', 'Keystone report')
    return {
      tree: () => reading.node,
      decoded: { report: reading.value, trailing: reading.trailing },
      spaces: () => [],
      problems: [],
      inner: [],
    }
  },
  // The hashes are SHA3-512, for which registers have no name: `hash` is left out.
  facts({ report: whole }) {
    if (!whole) return { measurements: [] }
    const { enclave, sm, devPublicKey } = whole
    return {
      ...(enclave.data.value.length > 0 ? { userData: enclave.data } : {}),
      measurements: [
        { name: 'enclave.hash', value: enclave.hash, identity: true },
        { name: 'sm.hash', value: sm.hash, identity: true },
      ],
      deviceId: devPublicKey,
    }
  },
}

const appraiser: Appraiser<PreparedKeystone> = {
  formats: [FORMATS.report],
  prepare,
  notJudged: ['keystone.not-judged.rest'],
  checks: [wellFormed, nothingFollows, enclaveSignedByMonitor, monitorSignedByDevice, monitorKeyNotGuessable],
}

export const scheme: Scheme = {
  id: 'keystone',
  formats: [reportFormat],
  appraisers: [appraiser],
  anchors,
  samples,
  recipes: async () => (await import('./recipe.ts')).recipes,
  lab: async () => (await import('./lab.ts')).presets,
}
