import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { textClaim } from '../decoded.ts'
import type { PreparedToken } from '../prepare.ts'
import { citeOf, MAA } from './shared.ts'

/** Is the report data that the token quotes the digest of the runtime data that it quotes? */
export const reportdataFromRuntime: CheckDefinition<PreparedToken> = {
  id: 'maa.reportdata-from-runtime',
  layer: 2,
  weight: 'notes',
  dependsOn: [],
  spec: MAA('azurevm'),
  applies: ({ runtime }) => runtime !== undefined,
  run(prepared) {
    const cites = citeOf(
      prepared,
      textClaim(prepared.token, 'x-ms-isolation-tee.x-ms-sevsnpvm-reportdata') ??
        textClaim(prepared.token, 'x-ms-isolation-tee.tdx_report_data'),
    )
    return prepared.runtime === 'holds'
      ? { outcome: 'pass', because: say('maa.reportdata-from-runtime.holds'), cites }
      : { outcome: 'not-checked', because: say('maa.runtime-order-unknown'), cites }
  },
}
