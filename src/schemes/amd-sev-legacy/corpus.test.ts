import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { inspect } from '../../engine/inspect.ts'

/** Real chains. Runs when EVIDENCE_CORPUS names the folder; nothing of it is ever copied in. */
const corpus = process.env['EVIDENCE_CORPUS']
const file = (name: string) => ({
  name,
  bytes: new Uint8Array(readFileSync(join(corpus ?? '', 'amd', `sevlegacy-${name}`))),
})

describe.runIf(corpus !== undefined)('real chains', () => {
  it.each([
    ['naples', 'S4'],
    ['rome', 'S4'],
  ] as const)("%s: PDH ← PEK ← CEK ← ASK ← ARK all hold, under AMD's root", async (generation, headline) => {
    const view = await appraise(
      ['pdh', 'pek', 'cek', 'oca', 'ask', 'ark'].map((part) => file(`${generation}-${part}.cert`)),
      { at: Date.parse('2026-01-01T00:00:00Z'), atSource: 'given', policy: NO_POLICY },
    )
    expect(Object.fromEntries(view.checks.map((check) => [check.id, check.outcome]))).toMatchObject({
      'sev.signed-by-pek': 'pass',
      'sev.pek-signed-by-cek': 'pass',
      'sev.pek-signed-by-owner': 'pass',
      'sev.cek-signed-by-ask': 'pass',
      'sev.ask-signed-by-ark': 'pass',
    })
    expect(view.root.status).toBe('pinned')
    expect(view.headline).toBe(headline)
  })
  it('every authority is read as one, and the broken one as broken', async () => {
    for (const generation of ['naples', 'rome', 'milan', 'genoa', 'turin'])
      for (const part of ['ark', 'ask'])
        expect((await inspect([file(`${generation}-${part}.cert`)])).artifacts[0]).toMatchObject({
          format: 'amd.sev-ca-certificate',
          tiled: true,
        })
    const broken = (await inspect([file('naples-ark.cert.bad')])).artifacts[0]
    expect(broken?.format).toBe('amd.sev-ca-certificate')
    expect(broken?.problems.map((problem) => problem.because.text)).toContain('layout.truncated')
  })
})
