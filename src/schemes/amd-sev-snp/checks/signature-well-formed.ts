import type { CheckDefinition } from '../../../core/scheme.ts'
import { hexOffset, isZero } from '../../../bytes/layout.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { ABI, citesOf, withReport } from './shared.ts'

/** Is the signature written as it must be: two little-endian numbers of 48 bytes in 72, and zeros to the end? No signature covers these zeros, so only this question protects them. */
export const signatureWellFormed: CheckDefinition<PreparedReport> = {
  id: 'snp.signature-well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: ['snp.report-whole'],
  spec: ABI('10, table "format for an ECDSA P-384 with SHA-384 signature"'),
  run: withReport(({ signature }, prepared) => {
    const zeros = [signature.rUpper, signature.sUpper, signature.reserved]
    const odd = zeros.filter((field) => !isZero(field.value))
    const first = odd[0]
    if (first) {
      const at = (first.ranges[0]?.start ?? 0) + first.value.findIndex((byte) => byte !== 0)
      return finding('fail', 'snp.sig-format', citesOf(prepared, ...odd), { params: { at: hexOffset(at) } })
    }
    const { artifact } = prepared
    return finding('pass', 'snp.signature-well-formed.holds', citesOf(prepared, signature.r, signature.s), {
      covers: zeros.flatMap((field) => field.ranges.map((range) => ({ artifact, range, by: 'signature' as const }))),
    })
  }),
}
