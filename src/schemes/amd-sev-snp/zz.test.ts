import { it } from 'vitest'
import { appraise } from '../../engine/appraise.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { samples, SAMPLE_AT } from './samples.ts'
it('x', async () => {
  const files = [...await samples[0]!.files()]
  const b = files[0]!.bytes.slice(); b[0x1308]! ^= 1
  const v = await appraise([{ name: 'a', bytes: b }, ...files.slice(1)], { at: Date.parse(SAMPLE_AT), atSource: 'given', policy: NO_POLICY })
  console.log(v.headline, v.ifRootTrusted, v.checks.filter((c) => c.outcome !== 'pass').map((c) => `${c.id} ${c.outcome} ${c.because.text} ${JSON.stringify(c.because.params)}`).join('\n'))
})
