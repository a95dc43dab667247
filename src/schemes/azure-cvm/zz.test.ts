import { expect, it } from 'vitest'
import { ACCEPTING, baselineOf, effective, flips, histogram, uncovered } from '../../testing/tamper.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { samples as snp } from '../amd-sev-snp/samples.ts'
import { samples as azure } from './samples.ts'

for (const s of [snp[1]!, azure[0]!]) it(s.id, async () => {
  const files = await s.files(); const at = Date.parse(s.at)
  const baseline = await baselineOf(files, 0, at)
  expect(ACCEPTING).toContain(effective(baseline.view))
  const n = files[0]!.bytes.length
  const all = await flips(files, 0, at, baseline, { offsets: Array.from({ length: Math.ceil(n / 2) }, (_, i) => i * 2 + 1), bits: [0] })
  console.log(`${s.id}\n${histogram(all)}\n${uncovered(baseline)}`)
  const unseen = all.filter((flip) => flip.isCovered && !(flip.headline === 'S0' || flip.headline === 'S1' || (flip.headline === 'S4' && flip.isUnsupported)))
  console.log('UNSEEN', JSON.stringify(unseen.map((f) => `${f.offset.toString(16)} ${f.field} ${f.headline}`)))
  const last = baseline.covered.lastIndexOf(1)
  for (let length = 0; length <= last; length += 37) { const v = await appraise([{ ...files[0]!, bytes: files[0]!.bytes.slice(0, length) }, ...files.slice(1)], { at, atSource: 'given', policy: NO_POLICY }); expect(ACCEPTING, `${length}`).not.toContain(effective(v)) }
}, 1_200_000)
