import type { CheckDefinition } from '../../../core/scheme.ts'
import { say } from '../../../core/saying.ts'
import { toHex } from '../../../bytes/layout.ts'
import type { PreparedQuote } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { citesOf, TPM, withAttest } from './shared.ts'

/** Are the PCR values that came along the ones whose digest was signed? */
export const pcrDigestMatches: CheckDefinition<PreparedQuote> = {
  id: 'tpm.pcr-digest-matches',
  layer: 2,
  answer: 'software',
  weight: 'decides',
  dependsOn: ['tpm.attest-whole'],
  spec: TPM('10.12.1, TPMS_QUOTE_INFO'),
  run: withAttest(({ attested }, prepared) => {
    const { quote } = attested
    const { pcrs } = prepared
    const remedy = say('tpm.remedy.pcrs')
    if (!quote) return finding('not-applicable', 'tpm.no-pcrs-in-type', [])
    if (!pcrs) return finding('not-checked', 'tpm.no-pcr-values', citesOf(prepared, quote.digest), { remedy })
    const { space, start, end } = pcrs.item.slice
    const range = { space, start, end }
    const cites = [...citesOf(prepared, quote.digest), { artifact: pcrs.item.artifact, path: '', ranges: [range] }]
    const values = { found: pcrs.digest, expected: toHex(quote.digest.value) }
    return pcrs.matches
      ? finding('pass', 'tpm.pcr-digest-matches.holds', cites, {
          ...values,
          covers: [{ artifact: pcrs.item.artifact, range, by: 'hash' }],
        })
      : pcrs.isOwn
        ? finding('fail', 'tpm.pcr-digest', cites, values)
        : finding('not-checked', 'tpm.pcrs-of-another', cites, { ...values, remedy })
  }),
}
