import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedQuote } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { citesOf, TPM, withAttest } from './shared.ts'

/** Is the TPM's clock known not to have gone back? */
export const clockSafe: CheckDefinition<PreparedQuote> = {
  id: 'tpm.clock-safe',
  layer: 7,
  weight: 'notes',
  dependsOn: ['tpm.attest-whole'],
  spec: TPM('10.11.1, TPMS_CLOCK_INFO'),
  run: withAttest(({ clockInfo }, prepared) => {
    const cites = citesOf(prepared, clockInfo.safe, clockInfo.clock)
    return clockInfo.safe.value === 1
      ? finding('pass', 'tpm.clock-safe.holds', cites)
      : finding('warn', 'tpm.clock-unsafe', cites)
  }),
}
