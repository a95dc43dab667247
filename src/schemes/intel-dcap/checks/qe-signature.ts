import { toHex } from '../../../bytes/layout.ts'
import { bytesOf, rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { HandCheck } from '../../../core/verdict.ts'
import { certificateCite, NODE } from '../nodes.ts'
import { cited, covering, placed, SPEC, UNREADABLE, type QuoteCheck } from './shared.ts'

/** Did the platform's PCK key sign the report of the quoting enclave? */
export const qeSignature: QuoteCheck = {
  id: 'intel.qe-report-signed-by-pck',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.verification('4.1.2.5.13'),
  run(prepared) {
    const { chain, quote } = prepared
    const { qeReportSlice, qeReportSignature, certification } = quote
    if (!qeReportSlice || !qeReportSignature) return UNREADABLE
    const report = placed('signatureData.qeReport', qeReportSlice)
    const leaf = certificateCite(prepared, chain.leaf)
    const cites = [...cited(prepared, report, qeReportSignature), ...(leaf ? [leaf] : [])]
    const proves = [{ from: NODE.pck, to: NODE.qe, by: 'signature' as const }]
    const result = chain.qeSignature
    if (!result || !chain.leaf)
      return {
        outcome: 'not-checked',
        because: say('chain.no-certificate', { type: certification?.type.value ?? 0 }),
        cites,
        proves: [],
        remedy: say('intel.remedy.pck'),
      }
    const hand: HandCheck = {
      kind: 'signature',
      algorithm: { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' },
      signed: [{ artifact: prepared.artifact, range: rangeOf(qeReportSlice) }],
      signature: toHex(qeReportSignature.value),
      key: toHex(bytesOf(chain.leaf.spki)),
    }
    switch (result.result) {
      case 'valid':
        return {
          outcome: 'pass',
          because: say('intel.qe-report-signed-by-pck.holds'),
          cites,
          hand,
          proves,
          covers: [...covering(prepared, 'endorsement', report), ...covering(prepared, 'signature', qeReportSignature)],
        }
      case 'invalid':
        return {
          outcome: 'fail',
          because: result.because.code === 'signature' ? say('intel.qe-report-signed-by-pck.fails') : result.because,
          cites,
          hand,
          proves,
        }
      case 'unsupported':
        return { outcome: 'unsupported', because: result.because, cites, proves }
    }
  },
}
