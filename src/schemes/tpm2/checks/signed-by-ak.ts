import { toHex } from '../../../bytes/layout.ts'
import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CaseItem, CheckDefinition } from '../../../core/scheme.ts'
import type { Cite, HandCheck } from '../../../core/verdict.ts'
import { hashOf, type DecodedSignature } from '../decoded.ts'
import { statementOf, type PreparedQuote } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { TPM, withAttest } from './shared.ts'

function isSha1(signature: CaseItem): boolean {
  const { structure } = signature.decoded as DecodedSignature
  return structure !== undefined && hashOf(structure.hash.value) === 'SHA-1'
}

function byHand({ artifact, decoded, signature, key }: PreparedQuote): HandCheck | undefined {
  const statement = signature && key && statementOf(signature.item.decoded as DecodedSignature, key)
  if (!statement || 'result' in statement || !decoded.signed) return undefined
  return {
    kind: 'signature',
    algorithm: statement.algorithm,
    signed: [{ artifact, range: rangeOf(decoded.signed) }],
    signature: toHex(statement.signature),
    key: toHex(key.spki),
  }
}

/** Did an attestation key that is at hand sign exactly this structure? */
export const signedByAk: CheckDefinition<PreparedQuote> = {
  id: 'tpm.signed-by-ak',
  role: 'signature-by-given-key',
  layer: 2,
  weight: 'decides',
  dependsOn: ['tpm.attest-whole'],
  spec: TPM('11.3.4, TPMT_SIGNATURE'),
  run: withAttest((attest, prepared) => {
    const { artifact, signature, signatures, key, decoded } = prepared
    if (signatures.length === 0)
      return {
        outcome: 'not-checked',
        because: say('tpm.no-signature'),
        cites: [],
        remedy: say('tpm.remedy.signature'),
      }
    if (!signature || !key)
      return { outcome: 'not-checked', because: say(prepared.unsigned), cites: [], remedy: say('tpm.remedy.key') }
    const whole = (item: typeof signature.item): Cite => ({
      artifact: item.artifact,
      path: '',
      ranges: [{ space: item.slice.space, start: item.slice.start, end: item.slice.end }],
    })
    const cites = [{ artifact, path: attest.$.path, ranges: [attest.$.range] }, whole(signature.item)]
    const proves = [
      { from: 'ak', to: 'quote', by: 'signature' as const },
      { from: 'quote', to: 'nonce', by: 'reference' as const },
    ]
    const hand = byHand(prepared)
    switch (signature.result.result) {
      case 'valid':
        // What else has this digest could be passed off as signed; no collision is known that would fit into a quote, so it is a weakness and not a fault.
        return finding(
          isSha1(signature.item) ? 'warn' : 'pass',
          isSha1(signature.item) ? 'tpm.signature-sha1' : 'tpm.signed-by-ak.holds',
          cites,
          {
            params: { name: key.item.name },
            proves,
            ...(hand ? { hand } : {}),
            uses: [key.item.artifact],
            covers: [
              ...(decoded.signed ? [{ artifact, range: attest.$.range, by: 'attestation-key' as const }] : []),
              ...whole(signature.item).ranges.map((range) => ({
                artifact: signature.item.artifact,
                range,
                by: 'signature' as const,
              })),
            ],
          },
        )
      case 'invalid':
        return { outcome: 'fail', because: signature.result.because, cites, proves, ...(hand ? { hand } : {}) }
      case 'unsupported':
        return { outcome: 'unsupported', because: signature.result.because, cites, proves }
    }
  }),
}
