import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedQuote } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'

/**
 * Does the certificate of the attestation key lead to a root of whoever runs the TPM? It says whose TPM service it is, and nothing about the machine's memory being protected:
 * that is the report's to say. So this never moves an answer.
 */
export const akCertificateChains: CheckDefinition<PreparedQuote> = {
  id: 'tpm.ak-certificate-chains',
  layer: 3,
  weight: 'notes',
  dependsOn: [],
  spec: { title: 'RFC 5280', section: '6.1' },
  byHand: 'openssl verify -CAfile root.pem -untrusted intermediates.pem ak.pem',
  applies: ({ akCertificate }) => akCertificate !== undefined,
  run({ akCertificate }) {
    if (!akCertificate) return finding('not-applicable', 'check.not-applicable', [])
    const { item, certificate, path } = akCertificate
    const { space, start, end } = certificate.slice
    const cites = [{ artifact: item.artifact, path: 'certificate', ranges: [{ space, start, end }] }]
    const names = path.path.map((one) => one.subject.commonName).join(' ← ')
    const fault = path.faults[0]
    if (fault) return { outcome: 'fail', because: fault.because, cites, found: names }
    const unsupported = path.unsupported[0]
    if (unsupported) return { outcome: 'unsupported', because: unsupported.because, cites, found: names }
    if (path.rootStatus === 'none')
      return {
        outcome: 'not-checked',
        because: say('tpm.ak-issuer-missing', {
          issuer: path.missingIssuer?.commonName ?? path.missingIssuer?.text ?? '',
        }),
        cites,
        found: names,
        remedy: say('tpm.remedy.intermediates'),
      }
    if (path.rootStatus !== 'pinned')
      return finding('not-checked', 'tpm.ak-root-not-pinned', cites, {
        params: { root: path.path.at(-1)?.subject.commonName ?? '' },
        found: names,
      })
    const outside = path.outside[0]
    if (outside) return { outcome: 'not-checked', because: outside.because, cites, found: names }
    return finding('pass', 'tpm.ak-certificate-chains.holds', cites, {
      params: { holder: path.anchor?.holder ?? '', names },
      found: names,
      covers: [{ artifact: item.artifact, range: { space, start, end }, by: 'endorsement' }],
    })
  },
}
