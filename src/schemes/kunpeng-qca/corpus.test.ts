import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { inspect } from '../../engine/inspect.ts'
import { corpus, evidenceFile, filesIn } from '../../testing/evidence.ts'

/** Real reports, when EVIDENCE_CORPUS names the folder that holds them. */
describe.runIf(corpus !== undefined)('real reports', () => {
  const names = corpus === undefined ? [] : filesIn('domestic', /^(?:qca|kunpeng)-/)

  it('are read whole, hold where their signature can be verified, and hang on Huawei’s root', async () => {
    const rows: string[] = []
    for (const name of names) {
      const files = [{ name, bytes: evidenceFile(`domestic/${name}`) }]
      const inspection = await inspect(files)
      for (const artifact of inspection.artifacts) expect(artifact.tiled, `${name} ${artifact.name}`).toBe(true)
      const view = await appraise(files, {
        at: Date.parse('2026-11-24T00:00:00Z'),
        atSource: 'given',
        policy: NO_POLICY,
      })
      const standing = view.examined.find(({ findings }) => findings.some(({ id }) => id.startsWith('qca.')))
      rows.push(`  ${name.padEnd(36)} ${view.headline} ${standing?.root?.status ?? view.root.status}`)
      if (name.includes('with_daa')) expect(view.headline, name).toBe('S4')
      else if (name.includes('akcert')) {
        expect([view.headline, standing?.root?.holder], name).toEqual(['SN', 'Huawei 华为'])
        expect(standing?.findings.map(({ outcome }) => outcome)).toEqual(['pass', 'pass', 'pass'])
      } else {
        expect([view.headline, view.root.status, view.root.holder], name).toEqual(['S5', 'pinned', 'Huawei 华为'])
        const changed = files[0]?.bytes.slice() ?? new Uint8Array()
        // A byte of the nonce, and one of the measurement.
        const at = name.endsWith('.bin') ? 14 : new TextDecoder('latin1').decode(changed).lastIndexOf('"nonce"') + 14
        changed[at] = (changed[at] ?? 0) ^ 1
        const other = await appraise([{ name, bytes: changed }], {
          at: Date.parse('2026-11-24T00:00:00Z'),
          atSource: 'given',
          policy: NO_POLICY,
        })
        expect(other.headline, name).toBe('S1')
      }
    }
    console.log(`kunpeng-qca: ${names.length} files\n${rows.join('\n')}`)
    expect(rows).toHaveLength(names.length)
  }, 60_000)
})
