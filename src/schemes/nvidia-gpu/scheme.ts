import type { Appraiser, EvidenceFormat, Scheme } from '../../core/scheme.ts'
import { readWhole } from '../../bytes/layout.ts'
import { anchors } from './anchors.ts'
import { certificatesInDate } from './checks/certificates-in-date.ts'
import { chainHolds } from './checks/chain-holds.ts'
import { devicesConnected } from './checks/devices-connected.ts'
import { devicesDistinct } from './checks/devices-distinct.ts'
import { driverMatches } from './checks/driver-matches.ts'
import { fwidMatches } from './checks/fwid-matches.ts'
import { manifestSigners } from './checks/manifest-signers.ts'
import { notRevoked } from './checks/not-revoked.ts'
import { reportSigned } from './checks/report-signed.ts'
import { vbiosMatches } from './checks/vbios-matches.ts'
import { wellFormed } from './checks/well-formed.ts'
import { claimsFormat, instancesFormat, parsedFormat } from './claims.ts'
import type { ReportDecoded } from './decoded.ts'
import { identityOf } from './device.ts'
import { evidenceListFormat } from './evidence-list.ts'
import { FORMATS } from './formats.ts'
import { report } from './layout.ts'
import { prepare, type PreparedReport } from './prepare.ts'
import { rimFormat } from './rim.ts'
import { rimExaminer } from './rim-examiner.ts'
import { samples } from './samples.ts'
import { contentsOf } from './structured.ts'
import { tokenAppraiser } from './token-appraiser.ts'
import { tokenFormat } from './token.ts'

const reportFormat: EvidenceFormat<ReportDecoded> = {
  id: FORMATS.report,
  message: 'evidence',
  title: 'format.nvidia.report',
  rows: () => report.rows(),
  decode(slice) {
    const reading = readWhole(report, slice, 'report', 'NVIDIA device report')
    const { expand } = reading
    const contents = reading.value && contentsOf(reading.value)
    return {
      tree: () => reading.node,
      decoded: { report: reading.value, trailing: reading.trailing },
      spaces: () => [],
      problems: [],
      inner: contents
        ? [{ slice: contents.slice, name: 'block 0xFD', format: 'corim.spdm-contents', origin: 'embedded' }]
        : [],
      ...(expand ? { expand: (path: string, from: number, to: number) => expand(path, from, to) ?? [] } : {}),
    }
  },
  facts({ report: read }) {
    if (!read) return { measurements: [] }
    const identity = identityOf(read)
    const versions = Object.entries({
      arch: identity.arch,
      driver: identity.driver,
      vbios: identity.vbios,
      driverRim: identity.driverRim,
      vbiosRim: identity.vbiosRim,
      mode: identity.mode,
      protectedPcie: identity.protectedPcie,
      nvdec0: identity.nvdec0,
      opaqueForm: read.response.opaque.content.form,
      blocks: String(read.response.record.items.length),
    }).filter(([, value]) => value !== '')
    return {
      nonce: read.request.nonce,
      productId: identity.chip,
      versions: Object.fromEntries(versions),
      measurements: [
        ...read.response.record.items
          .filter((one) => one.value.value.length === 48)
          .map((one) => ({ name: `MEASUREMENT${one.index.value - 1}`, value: one.value, identity: false })),
        ...(contentsOf(read)?.parts ?? []).map(({ name, value }) => ({ name, value, identity: false })),
      ],
    }
  },
}

const reportAppraiser: Appraiser<PreparedReport> = {
  formats: [FORMATS.report],
  prepare,
  notJudged: ['nvidia.not-judged.exchange', 'nvidia.not-judged.names'],
  checks: [
    wellFormed,
    reportSigned,
    fwidMatches,
    chainHolds,
    certificatesInDate,
    notRevoked,
    manifestSigners,
    driverMatches,
    vbiosMatches,
    devicesConnected,
    devicesDistinct,
  ],
}

export const scheme: Scheme = {
  id: 'nvidia-gpu',
  formats: [reportFormat, rimFormat, tokenFormat, evidenceListFormat, claimsFormat, parsedFormat, instancesFormat],
  appraisers: [reportAppraiser, tokenAppraiser],
  examiners: [rimExaminer],
  anchors,
  samples,
  recipes: async () => (await import('./recipe.ts')).recipes,
  lab: async () => (await import('./lab.ts')).presets,
}
