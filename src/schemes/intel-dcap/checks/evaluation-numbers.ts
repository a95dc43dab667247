import { say } from '../../../core/saying.ts'
import { citedItem, SPEC, type QuoteCheck } from './shared.ts'

// Intel's library takes unequal numbers and reports the lower one
/** Are TCB info and identity of the same edition, and of the newest one known? */
export const evaluationNumbersCheck: QuoteCheck = {
  id: 'intel.evaluation-numbers',
  layer: 6,
  weight: 'notes',
  dependsOn: ['intel.tcb-info-authentic', 'intel.qe-identity-authentic'],
  spec: SPEC.collateral('TCB Evaluation Data Numbers'),
  run({ tcbInfo, identity, evaluationNumbers }) {
    const info = tcbInfo.deciding
    const own = info?.source.value.evaluationNumber
    if (!info || own === undefined) return { outcome: 'not-checked', because: say('intel.tcb-info-missing'), cites: [] }
    const other = identity.deciding
    const second = other?.source.value.evaluationNumber
    const cites = [citedItem(info), ...(other ? [citedItem(other)] : [])]
    const uses = [info.source.item.artifact, ...(other ? [other.source.item.artifact] : [])]
    // A higher number may come from the list, or from another item of the case.
    const known = [
      ...(evaluationNumbers.deciding?.source.value.entries ?? []).map((entry) => entry.number),
      ...tcbInfo.superseded.map((item) => item.source.value.evaluationNumber ?? 0),
      tcbInfo.chosen?.source.value.evaluationNumber ?? 0,
    ]
    const newest = Math.max(own, ...known)
    const found = second === undefined ? String(own) : `${own} / ${second}`
    if (newest > own)
      return {
        outcome: 'warn',
        because: say('tcb.older-edition', { own, newest }),
        cites,
        uses,
        found,
        expected: String(newest),
        remedy: say('intel.remedy.tcb-info'),
      }
    if (second !== undefined && second !== own)
      return {
        outcome: 'warn',
        because: say('tcb.unequal-editions', { info: own, identity: second, lower: Math.min(own, second) }),
        cites,
        uses,
        found,
      }
    return { outcome: 'pass', because: say('intel.evaluation-numbers.holds', { number: own }), cites, uses, found }
  },
}
