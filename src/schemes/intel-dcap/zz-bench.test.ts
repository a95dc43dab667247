import { it } from 'vitest'
import { openCase } from '../../engine/case.ts'
import { appraiseCase } from '../../engine/appraise.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { samples } from './samples.ts'
import { prepareQuote } from './prepare.ts'
import { anchors } from './anchors.ts'
import { workOut } from './work.ts'
import { quoteAppraiser } from './appraisers.ts'
import { forgetEndorsements } from '../../crypto/remember.ts'
import { verificationCount, resetVerificationCount } from '../../crypto/verify.ts'
it('bench', async () => {
  const sample = samples[0]; if (!sample) return
  const files = await sample.files()
  const at = Date.parse(sample.at)
  const time = async (name: string, n: number, f: () => Promise<unknown>) => { for (let i=0;i<5;i++) await f(); const t: number[] = []; for (let i = 0; i < n; i++) { const s = performance.now(); await f(); t.push(performance.now() - s) } t.sort((a,b)=>a-b); console.log(name, t[n>>1]?.toFixed(2), 'ms median', t[0]?.toFixed(2), 'min') }
  await time('open', 40, () => openCase(files))
  const opened = await openCase(files)
  const subject = opened.artifacts[0]; if (!subject) return
  const context = { at, policy: NO_POLICY, anchors, items: opened.artifacts.slice(1) }
  await time('workOut warm', 40, () => workOut(subject, context))
  await time('workOut cold', 40, () => { forgetEndorsements(); return workOut(subject, context) })
  await time('prepare warm', 40, () => prepareQuote(subject, context))
  forgetEndorsements(); resetVerificationCount(); const p = await prepareQuote(subject, context); console.log('verifications', verificationCount())
  resetVerificationCount(); await prepareQuote(subject, context); console.log('verifications warm', verificationCount())
  await time('checks', 40, async () => { for (const c of quoteAppraiser.checks) if (!c.applies || c.applies(p)) await c.run(p, context) })
  await time('appraiseCase', 40, () => appraiseCase(opened, { at, atSource: 'given', policy: NO_POLICY }))
})
