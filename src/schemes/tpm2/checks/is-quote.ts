import type { CheckDefinition } from '../../../core/scheme.ts'
import { ATTEST_TYPE, QUOTE } from '../layout.ts'
import type { PreparedQuote } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { citesOf, TPM, withAttest } from './shared.ts'

/** Is it a quote over PCRs? A TPM signs other things with the same key, which say nothing about what runs: they are genuine, but nothing here appraises them. */
export const isQuote: CheckDefinition<PreparedQuote> = {
  id: 'tpm.is-quote',
  layer: 1,
  weight: 'decides',
  dependsOn: ['tpm.attest-whole'],
  spec: TPM('6.9, TPM_ST'),
  run: withAttest(({ type }, prepared) => {
    const name = ATTEST_TYPE[type.value]
    const found = name ?? `0x${type.value.toString(16)}`
    const cites = citesOf(prepared, type)
    if (type.value === QUOTE) return finding('pass', 'tpm.is-quote.holds', cites, { found })
    const rest = { params: { type: found }, found, expected: ATTEST_TYPE[QUOTE] ?? '' }
    return name === undefined
      ? finding('fail', 'tpm.type-unknown', cites, rest)
      : finding('unsupported', 'tpm.type', cites, rest)
  }),
}
