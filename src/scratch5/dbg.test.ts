import { readFileSync } from 'node:fs'
import { it } from 'vitest'
import { inspect } from '../engine/inspect.ts'
import { appraise } from '../engine/appraise.ts'
import { dump } from '../testing/dump.ts'
const C = process.env['EVIDENCE_CORPUS'] ?? ''
it('dbg', async () => {
  for (const f of (process.env['F'] ?? '').split(';')) {
    const files = f.split(',').map((n) => ({ name: n, bytes: new Uint8Array(readFileSync(`${C}/${n}`)) }))
    const i = await inspect(files)
    for (const a of i.artifacts) console.log(a.index, a.parent, a.name, a.format, a.unwrapped.join('>'), a.size, a.tiled, a.unexplained, JSON.stringify(a.readings.map(r => [r.format, r.score])), JSON.stringify(a.problems.slice(0, 5).map(p => [p.path, p.because])))
    for (const at of [i.evidenceTime ?? Date.parse('2026-11-24T00:00:00Z'), Date.parse('2026-11-24T00:00:00Z')]) {
      const v = await appraise(files, { at, atSource: 'given', policy: { schema: 'policy/1' } })
      console.log(f, new Date(at).toISOString(), v.headline, v.root.status, v.root.holder, v.ifRootTrusted, JSON.stringify(v.sentence), v.decidedBy)
      if (process.env['V']) for (const c of v.checks) console.log('  ', c.id, c.outcome, c.weight, JSON.stringify(c.because), c.found ?? '')
    }
    if (process.env['D']) for (const a of i.artifacts) console.log(dump(a.tree))
  }
})
