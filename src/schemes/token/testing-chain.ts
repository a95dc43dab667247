import { bytesOf } from '../../core/place.ts'
import type { AppraisalContext } from '../../core/scheme.ts'
import { toBase64 } from '../../envelope/base64.ts'
import { AT, chain, KEYS, leafExtensions, make, NAMES } from '../../pki/testing.ts'
import { makeToken } from './attester.ts'
import { withoutKeys } from './testing.ts'

/** A token that carries its chain, and a context that knows the root. `swapLeaf`: a leaf of the attacker's own in front of the real chain. */
export async function chainToken(
  recipe: { readonly swapLeaf?: boolean } = {},
): Promise<{ readonly token: string; readonly context: AppraisalContext }> {
  const { root, authority, leaf, anchor } = await chain()
  const own = await make({
    subject: NAMES.leaf,
    issuer: NAMES.authority,
    issuerKey: KEYS.sub,
    subjectKey: KEYS.sub,
    serial: 3,
    extensions: await leafExtensions(KEYS.sub, KEYS.authority),
  })
  const x5c = [recipe.swapLeaf ? own : leaf, authority, root].map((one) => toBase64(bytesOf(one.slice)))
  const token = await makeToken({
    key: recipe.swapLeaf ? KEYS.sub : KEYS.leaf,
    header: { x5c },
    claims: { iss: 'https://example.invalid', iat: AT / 1000 },
  })
  return { token, context: { ...withoutKeys, at: AT, anchors: [anchor] } }
}
