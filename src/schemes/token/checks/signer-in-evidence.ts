import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { Cite } from '../../../core/verdict.ts'
import { isZero, sameBytes, toHex } from '../../../bytes/layout.ts'
import { pemHash, type PreparedToken } from '../prepare.ts'
import { citeSignature, MAA } from './shared.ts'

/** Registers that say whose program holds the key; the first that the evidence has is named. */
const NAMED = ['MRSIGNER', 'MEASUREMENT', 'MRTD'] as const
const DIGEST = 32

/** Does evidence that came along name the key that signed this? A service's own enclave speaks so (tokens.md, the key's certificate carries the quote); that evidence is not judged here, only read. */
export const signerInEvidence: CheckDefinition<PreparedToken> = {
  id: 'jwt.signer-in-evidence',
  layer: 9,
  weight: 'notes',
  dependsOn: ['jwt.signed-by-key'],
  spec: MAA('signing certificate'),
  applies: ({ signature }) => signature.state === 'valid' && signature.spki !== undefined,
  async run(prepared, { items }) {
    const { spki } = prepared.signature
    const wanted = spki && (await pemHash(spki))
    for (const { artifact, message, facts } of items) {
      const { userData, measurements, debug } = facts
      const field = message === 'evidence' ? userData?.value : undefined
      if (!field || !userData || !wanted || !sameBytes(field.subarray(0, DIGEST), wanted)) continue
      if (!isZero(field.subarray(DIGEST))) continue
      const named = NAMED.flatMap((name) => measurements.find((one) => one.name === name) ?? [])[0]
      const cites: Cite[] = [
        ...citeSignature(prepared),
        ...[userData, named?.value].flatMap((one) => (one ? [{ artifact, path: one.path, ranges: one.ranges }] : [])),
      ]
      const name = named ? `${named.name} ${toHex(named.value.value)}` : ''
      return debug?.value === true
        ? { outcome: 'warn', because: say('jwt.signer-in-debug', { name }), cites, uses: [artifact] }
        : { outcome: 'pass', because: say('jwt.signer-in-evidence.holds', { name }), cites, uses: [artifact] }
    }
    return { outcome: 'not-applicable', because: say('jwt.no-evidence-of-signer'), cites: [] }
  },
}
