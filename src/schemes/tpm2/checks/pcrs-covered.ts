import type { CheckDefinition } from '../../../core/scheme.ts'
import { hashOf } from '../decoded.ts'
import { pcrsOf } from '../layout.ts'
import type { PreparedQuote } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { citesOf, TPM, withAttest } from './shared.ts'

/** Does the quote cover any PCR at all, in a bank whose digest can be relied on? A quote over nothing is signed just as well. */
export const pcrsCovered: CheckDefinition<PreparedQuote> = {
  id: 'tpm.pcrs-covered',
  layer: 8,
  weight: 'decides',
  dependsOn: ['tpm.attest-whole'],
  spec: TPM('10.6.2, TPMS_PCR_SELECTION'),
  run: withAttest(({ attested }, prepared) => {
    const { quote } = attested
    if (!quote) return finding('not-applicable', 'tpm.no-pcrs-in-type', [])
    const banks = quote.selections
      .map(({ hash, pcrSelect }) => ({
        name: hashOf(hash.value) ?? `0x${hash.value.toString(16)}`,
        pcrs: pcrsOf(pcrSelect.value),
      }))
      .filter((bank) => bank.pcrs.length > 0)
    const cites =
      quote.selections.length > 0
        ? quote.selections.flatMap(({ hash, pcrSelect }) => citesOf(prepared, hash, pcrSelect))
        : citesOf(prepared, quote.count)
    const found = banks.map((bank) => `${bank.name}: ${bank.pcrs.join(', ')}`).join('\n')
    if (banks.length === 0) return finding('fail', 'tpm.pcr-coverage', cites, { found })
    const count = banks.reduce((sum, bank) => sum + bank.pcrs.length, 0)
    if (banks.every((bank) => bank.name === 'SHA-1'))
      return finding('warn', 'tpm.bank-sha1', cites, { params: { count }, found })
    // One PCR that nobody asks about, in a better bank, makes the others no stronger.
    const strong = new Set(banks.flatMap((bank) => (bank.name === 'SHA-1' ? [] : bank.pcrs)))
    const weak = banks.flatMap((bank) => (bank.name === 'SHA-1' ? bank.pcrs.filter((pcr) => !strong.has(pcr)) : []))
    if (weak.length > 0)
      return finding('warn', 'tpm.bank-sha1-some', cites, { params: { pcrs: weak.join(', ') }, found })
    return finding('pass', 'tpm.pcrs-covered.holds', cites, {
      params: { count, banks: banks.map((bank) => bank.name).join(', ') },
      found,
    })
  }),
}
