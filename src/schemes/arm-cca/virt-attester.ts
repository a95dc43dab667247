import { bytesOf, sliceOf } from '../../core/place.ts'
import { cborArray, cborBytes, cborHead, cborInt, cborMap, cborTag, cborText } from '../../bytes/cbor-writer.ts'
import { joinBytes } from '../../bytes/join.ts'
import { readCose } from '../../envelope/cose.ts'
import type { SignatureAlgorithm } from '../../crypto/types.ts'
import { basicConstraints, issueCertificate, keyUsage, name, signWith, spkiOf } from '../../pki/issue.ts'
import keys from './demo-virt-keys.json'

/** Makes tokens and device certificates of virtCCA's shape under a demonstration root. */

/** Keys for demonstrations: public on purpose, good for nothing else. Those of real machines have 4096 bits. */
export const virtKeys: Readonly<Record<'root' | 'realm' | 'other', JsonWebKey>> = keys

const RS256: SignatureAlgorithm = { kind: 'rsa-pkcs1', hash: 'SHA-256' }
const PS256: SignatureAlgorithm = { kind: 'rsa-pss', hash: 'SHA-256', mgfHash: 'SHA-256', saltLength: 32 }
const named = (title: string) => name({ C: 'XX', O: 'Attestation Explorer', OU: 'Demonstration', CN: title })
const ROOT_NAME = named('demonstration.virtcca')
const dates = { notBefore: Date.parse('2025-01-01T00:00:00Z'), notAfter: Date.parse('2055-01-01T00:00:00Z') }

/** How the demonstration's root was made; the anchors pin what came out.
 * @public */
export const makeVirtRoot = (): Promise<Uint8Array> =>
  issueCertificate({
    ...dates,
    subject: ROOT_NAME,
    issuer: ROOT_NAME,
    issuerKey: virtKeys.root,
    subjectKey: virtKeys.root,
    serial: 1,
    algorithm: RS256,
    extensions: [basicConstraints(true), keyUsage('keyCertSign')],
  })

/** The device's certificate (AIK), for the token's key or another, under the root or under somebody who only uses its name. */
export const makeAik = (
  subjectKey: JsonWebKey = virtKeys.realm,
  issuerKey: JsonWebKey = virtKeys.root,
): Promise<Uint8Array> =>
  issueCertificate({
    ...dates,
    subject: named('DEMOAIK0001'),
    issuer: ROOT_NAME,
    issuerKey,
    subjectKey,
    serial: 2,
    algorithm: RS256,
    extensions: [keyUsage('digitalSignature')],
  })

/** A token as openEuler's virtCCA writes it: no platform, RSA, the claims in a byte string of their own. */
export async function makeVirtToken(signer: JsonWebKey = virtKeys.realm): Promise<Uint8Array> {
  const filled = (length: number, value: number) => cborBytes(new Uint8Array(length).fill(value))
  const claims = cborMap(
    [10, filled(64, 1)],
    [44235, filled(64, 2)],
    [44236, cborText('sha-256')],
    [44237, cborBytes(spkiOf(virtKeys.realm))],
    [44238, filled(32, 3)],
    [44239, cborArray(filled(32, 4), filled(32, 5), filled(32, 6), filled(32, 7))],
    [44240, cborText('sha-256')],
  )
  const message = (signature: Uint8Array) =>
    cborTag(
      18,
      joinBytes([
        cborHead(4, 4),
        cborBytes(cborMap([1, cborInt(-37)])),
        cborMap(),
        cborBytes(cborBytes(claims)),
        cborBytes(signature),
      ]),
    )
  const unsigned = readCose(sliceOf('', message(new Uint8Array(256)))).message
  const signature = await signWith(signer, PS256, unsigned ? bytesOf(unsigned.toBeSigned) : new Uint8Array())
  return cborTag(399, cborMap([44241, cborBytes(message(signature))]))
}
