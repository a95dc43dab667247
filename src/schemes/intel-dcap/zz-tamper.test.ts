import { it } from 'vitest'
import { baselineOf, flips, histogram, uncovered } from '../../testing/tamper.ts'
import { samples } from './samples.ts'
import { writeFileSync } from 'node:fs'
it('x', async () => {
  let out = ''
  let n = 0
  for (const sample of samples.filter((s) => ['S5', 'S5w'].includes(s.expect))) {
    n++
    const files = await sample.files()
    const at = Date.parse(sample.at)
    const baseline = await baselineOf(files, 0, at)
    const step = n <= 3 ? 1 : 7
    const len = files[0]!.bytes.length
    const all = await flips(files, 0, at, baseline, { offsets: Array.from({ length: Math.ceil(len / step) }, (_, i) => i * step), bits: [n % 8] })
    out += `${sample.id}\n${histogram(all)}\nnot covered\n${uncovered(baseline)}\n`
    const unseen = all.filter((flip) => flip.isCovered && !(flip.headline === 'S0' || flip.headline === 'S1' || (flip.headline === 'S4' && flip.isUnsupported)))
    out += `UNSEEN ${unseen.length}\n` + unseen.map((f) => `0x${f.offset.toString(16)} ${f.field} ${f.headline}`).join('\n') + '\n'
    writeFileSync('/tmp/tamper-out.txt', out)
  }
}, 3_000_000)
