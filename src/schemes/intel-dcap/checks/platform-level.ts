import { say } from '../../../core/saying.ts'
import { bestLevelShortfall, notMatched } from './shared-levels.ts'
import { SPEC, type QuoteCheck } from './shared.ts'

/** Which level of the TCB info does the platform reach by itself? */
export const platformLevel: QuoteCheck = {
  id: 'intel.platform-level',
  layer: 6,
  weight: 'notes',
  dependsOn: ['intel.tcb-info-applies'],
  spec: SPEC.verification('4.1.2.5.18.1–.3'),
  run(prepared) {
    const { tcb, tcbInfo } = prepared
    const info = tcbInfo.deciding
    if (!tcb || !info) return { outcome: 'not-checked', because: say('intel.tcb-info-missing'), cites: [] }
    const uses = [info.source.item.artifact]
    const { platform } = tcb.launch
    if (!platform.matched) {
      const { part, found, expected, cites } = notMatched(prepared)
      return { outcome: 'fail', because: say('intel.platform-level.fails', { part }), cites, uses, found, expected }
    }
    const { level } = platform
    const common = { cites: [{ artifact: info.source.item.artifact, path: level.path, ranges: [level.range] }], uses }
    const params = { status: level.status, date: level.date.slice(0, 10) }
    if (level.status === 'UpToDate')
      return { outcome: 'pass', because: say('intel.platform-level.holds', params), ...common, found: level.status }
    const short = bestLevelShortfall(prepared)
    return {
      outcome: 'warn',
      because: say('intel.platform-level.lower', params),
      ...common,
      ...(short
        ? { found: short.found, expected: short.expected, ...(short.remedy ? { remedy: short.remedy } : {}) }
        : { found: level.status }),
    }
  },
}
