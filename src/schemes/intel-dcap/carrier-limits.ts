import type { CaseItem } from '../../core/scheme.ts'
import { FORMATS } from './decoded.ts'

/** Text ids of what evidence does not prove because of the certificate that brought it along, at whatever depth. */
export function carrierLimits(subject: CaseItem, items: readonly CaseItem[]): readonly string[] {
  for (let at: CaseItem | undefined = subject; at; at = parentOf(at, items))
    if (at.format === FORMATS.carrier) return ['limit.intel.carrier']
  return []
}

function parentOf({ parent }: CaseItem, items: readonly CaseItem[]): CaseItem | undefined {
  return items.find((one) => one.artifact === parent)
}
