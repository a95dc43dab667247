import type { CheckDefinition } from '../../../core/scheme.ts'
import { TPM_GENERATED } from '../layout.ts'
import type { PreparedQuote } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { citesOf, TPM, withAttest } from './shared.ts'

const hex = (value: number) => `0x${value.toString(16).padStart(8, '0')}`

/** Does it start with the value that a TPM puts in front of its own statements, and refuses to sign for anybody else? */
export const madeByTpm: CheckDefinition<PreparedQuote> = {
  id: 'tpm.made-by-tpm',
  layer: 1,
  weight: 'decides',
  dependsOn: ['tpm.attest-whole'],
  spec: TPM('6.2, TPM_GENERATED'),
  run: withAttest(({ magic }, prepared) => {
    const values = { found: hex(magic.value), expected: hex(TPM_GENERATED) }
    return magic.value === TPM_GENERATED
      ? finding('pass', 'tpm.made-by-tpm.holds', citesOf(prepared, magic), values)
      : finding('fail', 'tpm.magic', citesOf(prepared, magic), values)
  }),
}
