import { isoOf } from '../../../bytes/der-node.ts'
import { say } from '../../../core/saying.ts'
import type { Finding } from '../../../core/verdict.ts'
import type { Authenticated, Signed } from '../collateral/authenticate.ts'
import type { Selected } from '../collateral/select.ts'
import { citedItem } from './shared.ts'

type Missing = Pick<Finding, 'because' | 'remedy'>
export const NO_TCB_INFO: Missing = { because: say('intel.tcb-info-missing'), remedy: say('intel.remedy.tcb-info') }
export const NO_IDENTITY: Missing = { because: say('intel.no-identity'), remedy: say('intel.remedy.qe-identity') }

const spanOf = ({ source: { value } }: Authenticated<Signed>) => ({
  from: value.issueDateMs === undefined ? '–' : isoOf(value.issueDateMs),
  to: value.nextUpdateMs === undefined ? '–' : isoOf(value.nextUpdateMs),
})

/** Whether an item and its signer's certificate had ended. Intel's library asks this too. */
export function notExpired<T extends Signed>(id: string, selected: Selected<T>, missing: Missing, at: number): Finding {
  const item = selected.chosen
  if (!item) return { outcome: 'not-checked', ...missing, cites: [] }
  const span = { ...spanOf(item), at: isoOf(Math.floor(at / 1000) * 1000) }
  const common = { cites: [citedItem(item)], uses: [item.source.item.artifact], found: `${span.from} – ${span.to}` }
  if (item.standing === 'undated') return { outcome: 'not-checked', because: say('collateral.undated'), ...common }
  if (item.standing === 'expired')
    return {
      outcome: 'not-checked',
      because: say('collateral.expired', span, 'collateral-expired'),
      ...common,
      remedy: say('intel.remedy.newer'),
    }
  const signer = item.path?.outside.find((one) => one.because.code === 'expired')
  return signer
    ? { outcome: 'not-checked', because: signer.because, ...common, remedy: say('intel.remedy.newer') }
    : { outcome: 'pass', because: say(`${id}.holds`, span), ...common }
}

/** Whether an item and its signer's certificate had begun. Intel's library does not ask this. */
export function begun<T extends Signed>(id: string, selected: Selected<T>, missing: Missing, at: number): Finding {
  const item = selected.chosen
  if (!item) return { outcome: 'not-checked', ...missing, cites: [] }
  const span = { ...spanOf(item), at: isoOf(Math.floor(at / 1000) * 1000) }
  const common = { cites: [citedItem(item)], uses: [item.source.item.artifact], found: span.from }
  if (item.standing === 'future')
    return {
      outcome: 'not-checked',
      because: say('collateral.future', span),
      ...common,
      remedy: say('intel.remedy.as-of'),
    }
  const signer = item.path?.outside.find((one) => one.because.code === 'not-yet-valid')
  return signer
    ? { outcome: 'not-checked', because: signer.because, ...common, remedy: say('intel.remedy.as-of') }
    : { outcome: 'pass', because: say(`${id}.holds`, span), ...common }
}
