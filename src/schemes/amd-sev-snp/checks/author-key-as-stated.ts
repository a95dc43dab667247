import type { CheckDefinition } from '../../../core/scheme.ts'
import { isZero } from '../../../bytes/layout.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { ABI, citesOf, withReport } from './shared.ts'

/** Does the author key's digest stand there exactly when the report says that an author key was used? */
export const authorKeyAsStated: CheckDefinition<PreparedReport> = {
  id: 'snp.author-key-as-stated',
  layer: 1,
  weight: 'decides',
  dependsOn: ['snp.report-whole'],
  spec: ABI('7.3, AUTHOR_KEY_EN and AUTHOR_KEY_DIGEST'),
  run: withReport(({ body }, prepared) => {
    const isStated = body.keyInfo.flags.AUTHOR_KEY_EN === 1
    const isThere = !isZero(body.authorKeyDigest.value)
    const cites = citesOf(prepared, body.keyInfo, body.authorKeyDigest)
    if (isStated === isThere)
      return finding('pass', isStated ? 'snp.author-key-as-stated.holds' : 'snp.author-key.none', cites)
    return finding('fail', isThere ? 'snp.author-key.unstated' : 'snp.author-key.missing', cites)
  }),
}
