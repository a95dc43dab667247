import { say } from '../../../core/saying.ts'
import { cited, SPEC, type QuoteCheck } from './shared.ts'

/** Which level of its identity does the TDX module reach? */
export const tdxModuleLevel: QuoteCheck = {
  id: 'intel.tdx-module-level',
  layer: 6,
  weight: 'notes',
  dependsOn: ['intel.tdx-module-matches'],
  spec: SPEC.verification('4.1.2.5.18.4'),
  applies: ({ quote }) => quote.body === undefined || quote.body.kind !== 'sgx',
  run(prepared) {
    const { tcb, tcbInfo, module, quote } = prepared
    const source = tcbInfo.deciding
    const body = quote.body?.kind === 'sgx' ? undefined : quote.body
    if (!tcb || !source || !body) return { outcome: 'not-checked', because: say('intel.tcb-info-missing'), cites: [] }
    const cites = cited(prepared, body.report.teeTcbSvn)
    const uses = [source.source.item.artifact]
    const level = tcb.launch.module
    // Modules of major version 0 are compared as the first two components of the platform's level.
    if (!level) return { outcome: 'not-applicable', because: say('intel.tdx-module-level.in-platform'), cites, uses }
    if (module?.kind !== 'compared')
      return {
        outcome: 'not-checked',
        because: say(module?.kind === 'no-identities' ? 'tdx.module-no-identities' : 'tdx.module-no-entry', {
          id: level.id,
        }),
        cites,
        uses,
      }
    if (!level.matched)
      return {
        outcome: 'fail',
        because: say('intel.tdx-module-level.fails', { id: level.id, svn: level.svn }),
        cites,
        uses,
        found: String(level.svn),
      }
    const params = { id: level.id, svn: level.svn, status: level.level.status, date: level.level.date.slice(0, 10) }
    const place = { artifact: source.source.item.artifact, path: level.level.path, ranges: [level.level.range] }
    const best = Math.max(...module.identity.levels.map((one) => one.isvSvn))
    return level.level.status === 'UpToDate'
      ? {
          outcome: 'pass',
          because: say('intel.tdx-module-level.holds', params),
          cites: [...cites, place],
          uses,
          found: String(level.svn),
          expected: `≥ ${level.level.isvSvn}`,
        }
      : {
          outcome: 'warn',
          because: say('intel.tdx-module-level.lower', params),
          cites: [...cites, place],
          uses,
          found: String(level.svn),
          expected: `≥ ${best}`,
          remedy: say('tcb.remedy.module'),
        }
  },
}
