import { say } from '../../../core/saying.ts'
import { cited, SPEC, type QuoteCheck } from './shared.ts'

/** Which level of its identity does the quoting enclave reach? */
export const qeLevel: QuoteCheck = {
  id: 'intel.qe-level',
  layer: 6,
  weight: 'notes',
  dependsOn: ['intel.qe-identity-authentic'],
  spec: SPEC.verification('4.1.2.5.16'),
  run(prepared) {
    const { tcb, identity, quote } = prepared
    const source = identity.deciding
    const qe = tcb?.launch.qe
    if (!source || !qe || !quote.qeReport)
      return { outcome: 'not-checked', because: say('intel.no-identity'), cites: [] }
    const svn = quote.qeReport.isvSvn
    const common = { cites: cited(prepared, svn), uses: [source.source.item.artifact], found: String(svn.value) }
    if (!qe.matched) return { outcome: 'fail', because: say('intel.qe-level.fails', { svn: svn.value }), ...common }
    const { status, isvSvn, date } = qe.level
    const params = { svn: svn.value, status, date: date.slice(0, 10) }
    const place = { artifact: source.source.item.artifact, path: qe.level.path, ranges: [qe.level.range] }
    const best = Math.max(...source.source.value.levels.map((level) => level.isvSvn))
    return status === 'UpToDate'
      ? {
          outcome: 'pass',
          because: say('intel.qe-level.holds', params),
          ...common,
          cites: [...common.cites, place],
          expected: `≥ ${isvSvn}`,
        }
      : {
          outcome: 'warn',
          because: say('intel.qe-level.lower', params),
          ...common,
          cites: [...common.cites, place],
          expected: `≥ ${best}`,
          remedy: say('tcb.remedy.qe'),
        }
  },
}
