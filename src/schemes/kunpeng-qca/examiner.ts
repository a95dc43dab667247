import { rangeOf } from '../../core/place.ts'
import type { Examiner } from '../../core/scheme.ts'
import { rootFinding } from '../../pki/path.ts'
import { chainFinding } from './checks/chain-to-root.ts'
import { finding } from '../../core/finding.ts'
import { signatureFinding } from './checks/shared.ts'
import { FORMATS, type AkCertificate } from './decoded.ts'
import { akByDrk, pathAbove } from './prepare.ts'

/** An attestation key that came without a report: whether the device signed it, and what the device hangs on. */
export const akExaminer: Examiner = {
  formats: [FORMATS.ak, FORMATS.akJson],
  anchors: 'own',
  async examine({ artifact, decoded }, context) {
    const ak = decoded as AkCertificate
    const path = ak.drk && (await pathAbove(ak.drk, [], context))
    const result = await akByDrk(ak)
    const cites = [{ artifact, path: '', ranges: [rangeOf(ak.slice)] }]
    const bySignature =
      result && ak.signed && ak.signature
        ? signatureFinding(artifact, {
            result,
            signed: ak.signed,
            signature: ak.signature,
            good: 'qca.ak-signed-by-drk.holds',
            by: 'endorsement',
            proves: [],
          })
        : finding('not-checked', 'qca.no-drk', cites)
    const outside = path?.outside[0]
    return {
      root: path && (await rootFinding(path)),
      findings: [
        { id: 'qca.ak-signed-by-drk', ...bySignature },
        {
          id: 'qca.chain-to-root',
          ...(path ? chainFinding(path, cites) : finding('not-checked', 'qca.no-certificate', cites)),
        },
        ...(path
          ? [
              {
                id: 'qca.certificates-in-date',
                ...(outside
                  ? { outcome: 'not-checked' as const, because: outside.because, cites }
                  : finding('pass', 'qca.certificates-in-date.holds', cites)),
              },
            ]
          : []),
      ],
    }
  },
}
