import type { CheckDefinition } from '../../../core/scheme.ts'
import { toHex } from '../../../bytes/layout.ts'
import { bytesOf } from '../../../core/place.ts'
import type { HandCheck } from '../../../core/verdict.ts'
import { rawSignature } from '../signature.ts'
import { unknownVersion } from '../decoded.ts'
import { isForAnotherTcb } from '../leaf.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { ABI, citesOf, citesOfLeaf, missingLeaf, otherTcb, withReport } from './shared.ts'
import { say } from '../../../core/saying.ts'

const REMEDY = {
  verifies: 'snp.remedy.same-chip',
  claims: 'snp.remedy.same-chip',
  carried: 'snp.remedy.carried',
  meant: 'snp.remedy.meant',
} as const

/** Did the key in the chip's certificate sign exactly these bytes? */
export const signedByChipKey: CheckDefinition<PreparedReport> = {
  id: 'snp.signed-by-chip-key',
  role: 'signature-by-given-key',
  layer: 2,
  weight: 'decides',
  dependsOn: ['snp.report-whole'],
  spec: ABI('7.3, SIGNATURE'),
  byHand: 'snpguest verify attestation certs/ {file}',
  run: withReport((report, prepared) => {
    const { body, signature } = report
    const { artifact, leaf, stated } = prepared
    if (!prepared.isKnownVersion)
      return finding('not-checked', unknownVersion(body.version.value), citesOf(prepared, body.version), {
        params: { version: body.version.value },
      })
    if (stated === 'NONE') return finding('fail', 'snp.unsigned', citesOf(prepared, body.keyInfo))
    const cites = [
      { artifact, path: body.$.path, ranges: [body.$.range] },
      ...citesOf(prepared, signature.r, signature.s),
      ...citesOfLeaf(prepared),
    ]
    const chosen = leaf.chosen
    // A changed algorithm number is a changed byte like any other: where a key is at hand, the signature says so.
    if (body.signatureAlgo.value !== 1 && chosen?.signature?.result !== 'invalid')
      return finding('unsupported', 'snp.signature-algorithm', citesOf(prepared, body.signatureAlgo), {
        params: { algorithm: body.signatureAlgo.value },
      })
    if (!chosen?.signature)
      return {
        outcome: 'not-checked',
        because: missingLeaf(prepared),
        cites: [],
        remedy: say('snp.remedy.certificate'),
      }
    const proves = [
      { from: 'leaf', to: 'report', by: 'signature' as const },
      { from: 'report', to: 'data', by: 'reference' as const },
    ]
    const hand: HandCheck = {
      kind: 'signature',
      algorithm: { kind: 'ecdsa', hash: 'SHA-384', form: 'p1363' },
      signed: [{ artifact, range: body.$.range }],
      signature: toHex(rawSignature(signature.r.value.subarray(0, 48), signature.s.value.subarray(0, 48))),
      key: toHex(bytesOf(chosen.vcek.certificate.spki)),
    }
    switch (chosen.signature.result) {
      case 'valid':
        return finding('pass', 'snp.signed-by-chip-key.holds', cites, {
          params: { certificate: chosen.vcek.kind ?? chosen.vcek.certificate.subject.commonName },
          proves,
          hand,
          uses: [chosen.item.artifact],
          found: `R ${toHex(signature.r.value.toReversed())}\nS ${toHex(signature.s.value.toReversed())}`,
          covers: [
            { artifact, range: body.$.range, by: 'attestation-key' },
            ...[...signature.r.ranges, ...signature.s.ranges].map((range) => ({
              artifact,
              range,
              by: 'signature' as const,
            })),
          ],
        })
      case 'invalid':
        if (isForAnotherTcb(chosen, report))
          return finding('not-checked', 'snp.certificate-other-tcb', cites, {
            params: otherTcb(chosen, report),
            remedy: say(REMEDY.meant),
          })
        return finding('fail', chosen.signature.because.text, cites, {
          params: chosen.signature.because.params,
          proves,
          hand,
          uses: [chosen.item.artifact],
          remedy: say(REMEDY[chosen.belongs]),
        })
      case 'unsupported':
        return finding('unsupported', chosen.signature.because.text, cites, {
          params: chosen.signature.because.params,
          proves,
        })
    }
  }),
}
