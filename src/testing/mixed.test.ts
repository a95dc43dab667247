import { describe, expect, it } from 'vitest'
import type { TextTable } from '../core/saying.ts'
import type { FindingCode } from '../core/verdict.ts'
import { NO_POLICY, type Policy } from '../core/policy.ts'
import type { InputFile } from '../engine/api.ts'
import { appraise } from '../engine/appraise.ts'
import { textsFor } from '../engine/catalogue.ts'
import { speaker } from '../engine/contract.ts'
import { entries, loadScheme } from '../engine/registry.ts'

/** Several schemes in one case: each subject speaks in its own words, as it does alone. */

type Kind = 'debug' | 'expired' | 'foreign key'
const KINDS: readonly Kind[] = ['debug', 'expired', 'foreign key']
const CENTURY_MS = 100 * 365.25 * 86_400_000

interface Specimen {
  readonly scheme: string
  readonly files: readonly InputFile[]
  readonly at: number
  readonly off: readonly string[]
  readonly codes: ReadonlySet<FindingCode | undefined>
}

/** One sample of each scheme: the one that is under debug, where there is such a one. */
async function specimens(): Promise<Specimen[]> {
  const found: Specimen[] = []
  for (const entry of entries) {
    const scheme = await loadScheme(entry)
    let best: Specimen | undefined
    for (const sample of scheme.samples) {
      const at = Date.parse(sample.at)
      const files = await sample.files()
      const view = await appraise(files, { at, atSource: 'given', policy: NO_POLICY })
      const codes = new Set(view.checks.map((check) => check.code))
      if (view.subjects.length > 0 && (!best || (codes.has('debug') && !best.codes.has('debug'))))
        best = { scheme: entry.id, files, at, off: scheme.anchors.map((anchor) => anchor.spkiSha256), codes }
    }
    if (best) found.push(best)
  }
  return found
}

const hole = /\{[A-Za-z0-9]+\}/

describe('mixed cases', () => {
  it('no text has two sentences in two tables', async () => {
    for (const locale of ['en', 'zh'] as const) {
      const said = new Map<string, { readonly scheme: string; readonly sentence: string }>()
      const faults: string[] = []
      for (const entry of entries)
        for (const [key, sentence] of Object.entries(await entry.texts[locale]())) {
          const first = said.get(key)
          if (first && first.sentence !== sentence) faults.push(`${key}: ${first.scheme} and ${entry.id}`)
          said.set(key, first ?? { scheme: entry.id, sentence })
        }
      expect(faults).toEqual([])
      expect(said.size).toBeGreaterThan(entries.length)
    }
  })

  it.each(KINDS)(
    'every pair, %s: each subject in its own words',
    async (kind) => {
      const all = await specimens()
      expect(all.filter((one) => one.codes.has('debug')).length).toBeGreaterThan(2)
      const own = new Map<string, TextTable>()
      for (const { id } of entries) own.set(id, await textsFor([id], 'en'))
      const faults: string[] = []
      let heard = 0
      for (const [index, one] of all.entries())
        for (const other of all.slice(index + 1)) {
          const policy: Policy =
            kind === 'foreign key' ? { ...NO_POLICY, anchorsOff: [...one.off, ...other.off] } : NO_POLICY
          const at = Math.max(one.at, other.at) + (kind === 'expired' ? CENTURY_MS : 0)
          const view = await appraise([...one.files, ...other.files], { at, atSource: 'given', policy })
          const together = speaker(await textsFor([...new Set(view.subjects.map((subject) => subject.scheme))], 'en'))
          for (const check of view.checks) {
            const subject = view.subjects[check.subject]
            const table = own.get(subject?.scheme ?? '')
            if (!subject || !table || check.outcome === 'pass' || check.outcome === 'not-applicable') continue
            const alone = speaker(table)
            heard++
            for (const saying of [check.because, subject.sentence])
              if (together(saying) !== alone(saying) || hole.test(together(saying)))
                faults.push(
                  `${one.scheme} and ${other.scheme}: ${saying.text} of ${subject.scheme}: ${together(saying)}`,
                )
          }
        }
      expect([...new Set(faults)]).toEqual([])
      expect(heard).toBeGreaterThan(all.length)
    },
    300_000,
  )
})
