import { bytesOf, sliceAt, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import { isZero } from '../../bytes/layout.ts'
import { joinBytes } from '../../bytes/join.ts'
import { ecSpki } from '../../crypto/keys.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import { verifyEndorsement } from '../../crypto/remember.ts'
import { verifySignature } from '../../crypto/verify.ts'
import type { CaCertificate, CsvCertificate } from './decoded.ts'
import { CURVE_SM2 } from './numbers.ts'

/** Bytes of a coordinate or of one half of a signature. */
const WIDTH = 32

/** A signer: its key, and the user id that every SM2 signature by it includes. */
export interface Signer {
  readonly spki: Uint8Array
  readonly userId: Uint8Array
}

/** Most significant byte first; undefined when one of the 40 bytes above the number is not zero: readers disagree on those, so none is taken. */
export function numberOf(bytes: Uint8Array): Uint8Array | undefined {
  return isZero(bytes.subarray(WIDTH)) ? bytes.subarray(0, WIDTH).toReversed() : undefined
}

/** The key of a certificate, whichever of the two kinds; undefined for another curve, odd numbers or a user id that is too long. */
export function signerOf({ body }: CaCertificate | CsvCertificate): Signer | undefined {
  const x = numberOf(body.qx.value)
  const y = numberOf(body.qy.value)
  if (!x || !y || body.curve.value !== CURVE_SM2 || body.uidLength.value > body.uid.value.length) return undefined
  return {
    spki: ecSpki('SM2', joinBytes([x, y])),
    userId: body.uid.value.subarray(0, body.uidLength.value),
  }
}

/** SM2 with the signer's own user id over bytes as they are stored. Certificates come back with every report of a chip: their good signatures are remembered. */
export async function verifyBy(
  signer: Signer | undefined,
  signed: Slice,
  r: Uint8Array,
  s: Uint8Array,
  what: 'report' | 'certificate' = 'certificate',
): Promise<VerifyResult> {
  if (!signer) return { result: 'invalid', because: say('csv.key-odd') }
  const halves = [numberOf(r), numberOf(s)]
  if (halves.some((half) => half === undefined)) return { result: 'invalid', because: say('csv.limbs') }
  const verify = what === 'report' ? verifySignature : verifyEndorsement
  return verify(
    { kind: 'sm2', userId: signer.userId, form: 'p1363' },
    signer.spki,
    bytesOf(signed),
    joinBytes(halves.flatMap((half) => (half ? [half] : []))),
  )
}

/** The bytes of a certificate that its signatures cover. */
export function signedPart(slice: Slice, value: CaCertificate | CsvCertificate): Slice {
  return sliceAt(slice, value.body.$.range)
}
