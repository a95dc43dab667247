import { toHex } from '../../../bytes/layout.ts'
import { bytesOf, rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { HandCheck } from '../../../core/verdict.ts'
import { joseAlgorithm, joseSignature } from '../../../crypto/jose.ts'
import { headerText } from '../decoded.ts'
import type { PreparedToken } from '../prepare.ts'
import { citeSignature, JWS } from './shared.ts'

/** Of the compact form, where header, dot and payload stand as they are signed. */
function byHand({ artifact, token, signature }: PreparedToken): HandCheck | undefined {
  const header = token.message?.signatures[0]?.header.text
  const payload = token.message?.payload.text
  const name = joseAlgorithm(headerText(token, 'alg') ?? '')
  const isCompact = header && payload && header.space === payload.space && payload.start === header.end + 1
  if (!isCompact || !name || !signature.spki || !token.signature) return undefined
  return {
    kind: 'signature',
    algorithm: joseSignature(name),
    signed: [{ artifact, range: { space: header.space, start: header.start, end: payload.end } }],
    signature: toHex(bytesOf(token.signature)),
    key: toHex(signature.spki),
  }
}

/** Did the key that belongs to this issuer sign exactly this header and these claims? */
export const signedByKey: CheckDefinition<PreparedToken> = {
  id: 'jwt.signed-by-key',
  role: 'signature-by-given-key',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: JWS('5.2'),
  run(prepared) {
    const { signature, token, artifact } = prepared
    const cites = citeSignature(prepared)
    const proves = [
      { from: signature.from === 'chain' ? 'certificate0' : 'root', to: 'token', by: 'signature' as const },
    ]
    const uses = signature.used?.source ? [signature.used.source.item.artifact] : []
    const hand = byHand(prepared)
    switch (signature.state) {
      case 'none':
        return { outcome: 'not-checked', because: signature.because, cites, remedy: say('jwt.give-keys') }
      case 'valid':
        return {
          outcome: 'pass',
          because: say(
            signature.from !== 'token'
              ? 'jwt.signed-by-key.holds'
              : signature.isNotByGiven
                ? 'jwt.signed-by-own-key-only'
                : 'jwt.signed-by-own-key',
          ),
          cites,
          uses,
          ...(hand ? { hand } : {}),
          proves,
          covers: [
            ...(token.header ? [{ artifact, range: rangeOf(token.header.slice), by: 'attestation-key' as const }] : []),
            ...(token.payload
              ? [{ artifact, range: rangeOf(token.payload.slice), by: 'attestation-key' as const }]
              : []),
            ...(token.signature ? [{ artifact, range: rangeOf(token.signature), by: 'signature' as const }] : []),
          ],
        }
      case 'invalid':
        return { outcome: 'fail', because: signature.because, cites, proves, uses, ...(hand ? { hand } : {}) }
      case 'unsupported':
        return { outcome: 'unsupported', because: signature.because, cites, proves }
    }
  },
}
