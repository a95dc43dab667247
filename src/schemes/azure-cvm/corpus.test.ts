import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../../core/policy.ts'
import { toHex } from '../../bytes/layout.ts'
import { appraise } from '../../engine/appraise.ts'
import { inspect } from '../../engine/inspect.ts'
import { filesIn } from '../../testing/evidence.ts'

/** Real evidence. Runs when EVIDENCE_CORPUS names the folder; nothing of it is ever copied in. */
const corpus = process.env['EVIDENCE_CORPUS']
const file = (folder: string, name: string) => new Uint8Array(readFileSync(join(corpus ?? '', folder, name)))
const AT = Date.parse('2026-01-01T00:00:00Z')

describe.runIf(corpus !== undefined)('real evidence', () => {
  it('every file of azure-vtpm/ is read and tiled, and nothing throws', async () => {
    const names = filesIn('azure-vtpm')
    const unread: string[] = []
    for (const name of names) {
      const inspection = await inspect([{ name: 'file', bytes: file('azure-vtpm', name) }])
      for (const artifact of inspection.artifacts)
        expect(artifact.tiled, `${name}: ${artifact.name} (${artifact.format})`).toBe(true)
      if (inspection.artifacts.every((artifact) => artifact.format === null)) unread.push(name)
    }
    console.log(`azure-vtpm/: ${names.length} files read`)
    expect(unread).toEqual([])
  }, 60_000)

  it('quotes are signed by the listed key, the key is vouched for, PCRs and nonce are as recorded', async () => {
    const cases: readonly [folder: string, name: string, nonce: string | null, snp: boolean][] = [
      ['amd', 'az-snp-evidence-v0.json', toHex(new TextEncoder().encode('challenge')), true],
      ['amd', 'az-snp-evidence-v2.json', null, true],
      ['amd', 'az-snp-evidence-genoa.json', null, true],
      ['azure-vtpm', 'coco-az-snp-evidence-v0.json', toHex(new TextEncoder().encode('challenge')), true],
      ['azure-vtpm', 'coco-az-tdx-evidence-v0.json', toHex(new TextEncoder().encode('challenge')), false],
      ['azure-vtpm', 'coco-az-tdx-evidence-v1.json', toHex(new TextEncoder().encode('challenge')), false],
      ['azure-vtpm', 'flashbots-azure-tdx-1764662251.yaml', null, false],
    ]
    for (const [folder, name, nonce, isSnp] of cases) {
      const view = await appraise([{ name, bytes: file(folder, name) }], {
        at: AT,
        atSource: 'given',
        policy: nonce === null ? NO_POLICY : { ...NO_POLICY, nonce },
      })
      const outcomes = Object.fromEntries(view.checks.map((check) => [check.id, check.outcome]))
      const wanted = {
        'tpm.made-by-tpm': 'pass',
        'tpm.is-quote': 'pass',
        'tpm.signed-by-ak': 'pass',
        'tpm.ak-vouched-for': 'pass',
        'tpm.pcr-digest-matches': 'pass',
        ...(isSnp
          ? { 'snp.accompanying-data-bound': 'pass', 'snp.signed-by-chip-key': 'pass' }
          : { 'azure.runtime-data-bound': 'pass', 'azure.td-report-vouched-for': 'pass' }),
      }
      expect(outcomes, name).toMatchObject(wanted)
      if (nonce !== null)
        for (const subject of view.subjects)
          expect(subject.answers.fresh.state, `${name}: ${subject.format}`).toBe('holds')
      expect(view.headline, name).toBe('S4')
    }
    console.log(`azure: ${cases.length} cases run`)
  }, 60_000)

  it('HCL reports around a TDREPORT: bound, and not to be verified here', async () => {
    for (const name of ['az-hcl-v2-tdx-a.bin', 'az-hcl-v2-tdx-b.bin', 'az-hcl-v2-tdx-c.bin']) {
      const view = await appraise([{ name, bytes: file('amd', name) }], {
        at: AT,
        atSource: 'given',
        policy: NO_POLICY,
      })
      expect(view.headline).toBe('S4')
      expect(Object.fromEntries(view.checks.map((check) => [check.id, check.because.text]))).toMatchObject({
        'azure.runtime-data-bound': 'azure.runtime-data-bound.holds',
        'azure.td-report-vouched-for': 'azure.mac-only',
      })
    }
  })
})
