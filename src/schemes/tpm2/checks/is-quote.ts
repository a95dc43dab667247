import type { CheckDefinition } from '../../../core/scheme.ts'
import { ATTEST_TYPE, QUOTE } from '../layout.ts'
import type { PreparedQuote } from '../prepare.ts'
import { citesOf, finding, TPM, withAttest } from './shared.ts'

/** Is it a quote over PCRs? A TPM signs other things with the same key, which say nothing about what runs. */
export const isQuote: CheckDefinition<PreparedQuote> = {
  id: 'tpm.is-quote', layer: 1, weight: 'decides', dependsOn: ['tpm.attest-whole'], spec: TPM('6.9, TPM_ST'),
  run: withAttest(({ type }, prepared) => {
    const found = ATTEST_TYPE[type.value] ?? `0x${type.value.toString(16)}`
    return type.value === QUOTE ? finding('pass', 'tpm.is-quote.holds', citesOf(prepared, type), { found }) : finding('fail', 'tpm.type', citesOf(prepared, type), { params: { type: found }, found, expected: ATTEST_TYPE[QUOTE] ?? '' })
  }),
}
