import { bytesOf, sliceAt } from '../../core/place.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import { verifyEvidence } from '../../crypto/remember.ts'
import type { DecodedReport } from './decoded.ts'
import type { Vcek } from './vcek.ts'

/** R ‖ S, big-endian, from the report's two little-endian numbers. Their upper 24 bytes are a check's business. */
export function rawSignature(r: Uint8Array, s: Uint8Array): Uint8Array {
  return Uint8Array.from([...r.toReversed(), ...s.toReversed()])
}

/** Verifies the report's signature over the bytes as they stand in the file. */
export async function verifyReport(decoded: DecodedReport, key: Vcek): Promise<VerifyResult | undefined> {
  const { report, slice } = decoded
  if (!report) return undefined
  return verifyEvidence(
    { kind: 'ecdsa', hash: 'SHA-384', form: 'p1363' },
    bytesOf(key.certificate.spki),
    bytesOf(sliceAt(slice, report.body.$.range)),
    rawSignature(report.signature.r.value, report.signature.s.value),
  )
}
