import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { inspect } from '../../engine/inspect.ts'

/** Real tokens, when EVIDENCE_CORPUS names the folder that holds them: with the published test key, and without any. */
const corpus = process.env['EVIDENCE_CORPUS'] ?? ''
const AT = Date.parse('2026-11-24T00:00:00Z')
const TOKENS = [
  'coco-cca-example-token.cbor',
  'tfm-cca_example_token.cbor',
  'tfm-cca_token.cbor',
  'veraison-bug-33.cbor',
  'veraison-cca-token-02.cbor',
]

describe.runIf(corpus !== '')('real CCA tokens', () => {
  const file = (name: string) => ({ name, bytes: new Uint8Array(readFileSync(join(corpus, 'cca', name))) })
  it('hang on a published test key, or on a key that is not known; one is not bound', async () => {
    const rows: string[] = []
    for (const name of TOKENS) {
      const at = { at: AT, atSource: 'given' as const, policy: NO_POLICY }
      const files = [file(name), file('veraison-cpak.json')]
      const [withKey, without, inspection] = [
        await appraise(files, at),
        await appraise([file(name)], at),
        await inspect(files),
      ]
      const failing = withKey.checks
        .filter((check) => check.outcome === 'fail')
        .map((check) => `${check.id} ${check.because.text}`)
      rows.push(
        `  ${name.padEnd(32)} with the test key ${withKey.headline} (${withKey.root.status}, else ${withKey.ifRootTrusted})   without ${without.headline}   ${failing.join(', ')}`,
      )
      const isBug = name === 'veraison-bug-33.cbor'
      expect([withKey.root.status, withKey.ifRootTrusted], name).toEqual(['development', isBug ? 'S1' : 'S5'])
      expect(failing, name).toEqual(isBug ? ['cca.realm-key-bound-to-platform cca.binding'] : [])
      if (!isBug) {
        expect(withKey.headline, name).toBe('S2')
        expect([without.headline, without.sentence.text], name).toEqual(['S4', 'headline.S4.no-key'])
      }
      for (const artifact of inspection.artifacts) expect(artifact.tiled, `${name} ${artifact.name}`).toBe(true)
    }
    console.log(`cca: ${TOKENS.length} tokens run\n${rows.join('\n')}`)
  }, 60_000)
})
