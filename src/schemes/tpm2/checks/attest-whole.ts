import type { CheckDefinition } from '../../../core/scheme.ts'
import { hexOffset } from '../../../bytes/layout.ts'
import type { PreparedQuote } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { TPM } from './shared.ts'

/** Is the structure whole, and does it end where the bytes end? What stands behind it is not signed. */
export const attestWhole: CheckDefinition<PreparedQuote> = {
  id: 'tpm.attest-whole',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: TPM('10.12.12, TPMS_ATTEST'),
  run({ decoded, artifact }) {
    const { space, start, end } = decoded.slice
    // Four bytes inside something else can stand there for any reason: only what was delivered as a statement can be a broken one.
    if (!decoded.attest && decoded.isOpenEnded)
      return finding('not-checked', 'tpm.found-fragment', [{ artifact, path: '', ranges: [{ space, start, end }] }], {
        params: { have: end - start },
      })
    if (!decoded.attest)
      return finding('fail', 'tpm.attest-whole.fails', [{ artifact, path: '', ranges: [{ space, start, end }] }], {
        params: { have: end - start },
      })
    const { trailing, statedSize } = decoded
    const size = decoded.attest.$.range.end - decoded.attest.$.range.start
    if (statedSize !== undefined && statedSize !== size)
      return finding(
        'fail',
        'tpm.size',
        [{ artifact, path: 'size', ranges: [{ space, start, end: decoded.attest.$.range.start }] }],
        { params: { stated: statedSize, size }, found: String(statedSize), expected: String(size) },
      )
    const params = { count: trailing.end - trailing.start, at: hexOffset(trailing.start) }
    // A structure that was found in other bytes has neighbours; only one that was delivered by itself can have something added to it.
    if (params.count > 0 && decoded.isOpenEnded)
      return finding(
        'pass',
        'tpm.found-inside',
        [{ artifact, path: decoded.attest.$.path, ranges: [decoded.attest.$.range] }],
        { params },
      )
    if (params.count > 0)
      return finding(
        'fail',
        'tpm.trailing',
        [{ artifact, path: 'trailing', ranges: [{ space, start: trailing.start, end: trailing.end }] }],
        { params },
      )
    return finding('pass', 'tpm.attest-whole.holds', [
      { artifact, path: decoded.attest.$.path, ranges: [decoded.attest.$.range] },
    ])
  },
}
