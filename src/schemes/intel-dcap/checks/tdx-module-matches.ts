import { say } from '../../../core/saying.ts'
import { NODE } from '../nodes.ts'
import { cited, citedItem, SPEC, type QuoteCheck } from './shared.ts'

/** Is the TDX module one that Intel signed? */
export const tdxModuleMatches: QuoteCheck = {
  id: 'intel.tdx-module-matches',
  layer: 6,
  answer: 'genuine',
  weight: 'decides',
  dependsOn: ['intel.tcb-info-authentic'],
  spec: SPEC.verification('4.1.2.5.12'),
  applies: ({ quote }) => quote.body === undefined || quote.body.kind !== 'sgx',
  run(prepared) {
    const { module, tcbInfo, quote } = prepared
    const body = quote.body?.kind === 'sgx' ? undefined : quote.body
    const cites = cited(prepared, body?.report.teeTcbSvn, body?.report.mrSignerSeam, body?.report.seamAttributes)
    const info = tcbInfo.deciding
    if (!module || !info)
      return {
        outcome: 'not-checked',
        because: say('intel.tcb-info-missing'),
        cites,
        remedy: say('intel.remedy.tcb-info'),
      }
    const uses = [info.source.item.artifact]
    switch (module.kind) {
      case 'no-identities':
        return {
          outcome: 'not-checked',
          because: say('tdx.module-no-identities', { id: module.id }),
          cites: [...cites, citedItem(info)],
          uses,
          remedy: say('intel.remedy.tcb-info'),
        }
      case 'no-entry':
        return {
          outcome: 'not-checked',
          because: say('tdx.module-no-entry', { id: module.id }),
          cites: [...cites, citedItem(info)],
          uses,
          remedy: say('intel.remedy.tcb-info'),
        }
      case 'compared': {
        const reference = {
          artifact: info.source.item.artifact,
          path: module.identity.path,
          ranges: [module.identity.range],
        }
        const proves = [
          { from: NODE.tcbInfo, to: NODE.module, by: 'signature' as const },
          { from: NODE.module, to: NODE.body, by: 'equality' as const },
        ]
        const first = module.mismatches[0]
        if (!first)
          return {
            outcome: 'pass',
            because: say('intel.tdx-module-matches.holds', { id: module.id }),
            cites: [...cites, reference],
            uses,
            proves,
          }
        return {
          outcome: 'fail',
          because: say('tdx.module', { fields: module.mismatches.map((one) => one.field).join(', '), id: module.id }),
          cites: [...cited(prepared, first), reference],
          uses,
          proves,
          found: first.found,
          expected: first.expected,
        }
      }
    }
  },
}
