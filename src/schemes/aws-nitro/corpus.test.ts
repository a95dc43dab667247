import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { inspect } from '../../engine/inspect.ts'
import { awsRootG1 } from './anchors.ts'
import { readDocument } from './decoded.ts'
import { casesIn } from '../../testing/evidence.ts'

/** Real documents, when EVIDENCE_CORPUS names the folder that holds them: at their own time, and long after. */
const corpus = process.env['EVIDENCE_CORPUS'] ?? ''
const LATER = Date.parse('2026-11-24T00:00:00Z')

interface Case {
  readonly id: string
  readonly files: readonly string[]
  readonly at: string | null
  readonly expect: { readonly root?: string; readonly debug?: boolean }
}

describe.runIf(corpus !== '')('real AWS Nitro documents', () => {
  const cases = corpus === '' ? [] : casesIn<Case>('nitro/')
  const filesOf = (one: Case) =>
    one.files.map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(corpus, name))) }))

  it('hold at their own time, are expired now, and debug ones are refused at both', async () => {
    const rows: string[] = []
    for (const one of cases) {
      const files = filesOf(one)
      const inspection = await inspect(files)
      const own = inspection.evidenceTime ?? Number.NaN
      if (one.at !== null) expect(Math.abs(own - Date.parse(one.at)), one.id).toBeLessThan(1000)
      const at = async (instant: number) => appraise(files, { at: instant, atSource: 'given', policy: NO_POLICY })
      const [then, now] = [await at(own), await at(LATER)]
      rows.push(
        `  ${one.id.padEnd(36)} own time ${then.headline}${then.ifRootTrusted === null ? '' : ` (else ${then.ifRootTrusted})`}   now ${now.headline}${now.ifRootTrusted === null ? '' : ` (else ${now.ifRootTrusted})`}`,
      )
      const isDebug = then.subjects[0]?.vendor?.debug === true
      if (one.expect.debug !== undefined) expect(isDebug, one.id).toBe(one.expect.debug)
      const wanted = one.expect.root === 'unknown' ? ['S2', 'S2'] : isDebug ? ['S3', 'S3'] : ['S5', 'S4']
      expect([then.headline, now.headline], one.id).toEqual(wanted)
      if (now.headline === 'S4') expect(now.sentence.text, one.id).toBe('headline.S4.expired')
      expect(then.answers.current.state, one.id).toBe('not-applicable')
      for (const artifact of inspection.artifacts) expect(artifact.tiled, `${one.id} ${artifact.name}`).toBe(true)
    }
    console.log(`nitro: ${cases.length} cases run\n${rows.join('\n')}`)
    expect(rows).toHaveLength(cases.length)
  }, 120_000)

  it('carry the pinned root first in their bundles', () => {
    const roots = [
      'base-org.bin',
      'evervault-valid-2023.cose',
      'marlin-sample1.bin',
      'oyster-aws.bin',
      'turnkey-mock-genesis.bin',
    ].map((name) => {
      const { document } = readDocument(sliceOf('', new Uint8Array(readFileSync(join(corpus, 'nitro', name)))))
      return createHash('sha256')
        .update(bytesOf(document.cabundle[0] ?? sliceOf('', new Uint8Array())))
        .digest('hex')
    })
    expect([...new Set(roots)]).toEqual([awsRootG1.sha256])
  })
})
