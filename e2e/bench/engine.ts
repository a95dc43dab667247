import { NO_POLICY } from '../../src/core/policy.ts'
import { forgetEndorsements, forgetEvidence } from '../../src/crypto/remember.ts'
import type { InputFile } from '../../src/engine/api.ts'
import { appraiseCase } from '../../src/engine/appraise.ts'
import { forgetFiles, openCase } from '../../src/engine/case.ts'
import { forgetCertificates } from '../../src/pki/read-once.ts'

/** The whole appraisal, from bytes to headline: unwrap, detect, decode, every check. The trees for the screen are not built, as no verifier builds any. */
export async function verdictOf(files: readonly InputFile[], at: number): Promise<string> {
  const view = await appraiseCase(await openCase(files), { at, atSource: 'given', policy: NO_POLICY })
  const headline = view.ifRootTrusted === null ? view.headline : `${view.headline} (else ${view.ifRootTrusted})`
  const status = view.subjects[0]?.vendor?.tcbStatus
  return status == null ? headline : `${headline} ${status}`
}

/** Forgets what is kept between cases: good signatures of endorsements, and what was read in certificates and collateral files. Imported keys stay, as the floor's do. */
export function forget(): void {
  forgetEndorsements()
  forgetFiles()
  forgetCertificates()
}

/** Forgets the evidence itself, as if another piece of the same fleet came next. */
export const forgetOwn = forgetEvidence
