import { say } from '../../../core/saying.ts'
import { cited, SPEC, UNREADABLE, type QuoteCheck } from './shared.ts'

/** Bits 1 to 7 of TDATTRIBUTES: by Intel's specification, any bit of the first byte makes the TD one not to rely on. */
const UNDER_DEBUG = 0xfen

/** Is debug mode off? */
export const notDebug: QuoteCheck = {
  id: 'intel.not-debug',
  role: 'debug-mode',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.attributes('ATTRIBUTES'),
  run(prepared) {
    const { body } = prepared.quote
    if (!body) return UNREADABLE
    const flags = body.kind === 'sgx' ? body.report.attributes : body.report.tdAttributes
    const common = { cites: cited(prepared, flags), found: `DEBUG = ${flags.flags.DEBUG}`, expected: 'DEBUG = 0' }
    if (flags.flags.DEBUG === 1) return { outcome: 'fail', because: say('intel.debug', {}, 'debug'), ...common }
    const others = body.kind === 'sgx' ? 0n : body.report.tdAttributes.value & UNDER_DEBUG
    if (others !== 0n)
      return {
        outcome: 'fail',
        because: say('tdx.under-debug'),
        ...common,
        found: `0x${others.toString(16)}`,
        expected: '0x0',
      }
    return { outcome: 'pass', because: say('intel.not-debug.holds'), ...common }
  },
}
