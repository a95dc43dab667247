import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import type { AppraisalView, InputFile } from '../engine/api.ts'
import { appraise } from '../engine/appraise.ts'
import { entries, loadScheme } from '../engine/registry.ts'
import { ACCEPTING, baselineOf, effective, flips, histogram, uncovered } from './tamper.ts'

/**
 * One bit of every byte (`SOAK=1`; else of some) of the files beside the evidence: certificates, manifests, lists, answers.
 * Who hands over such a file may be anybody: a changed one never breaks the evidence, and a covered byte that changes counts as if the file were missing, or worse.
 */

const isSoak = process.env['SOAK'] === '1'
/** Bytes of one file that are tried by default. */
const SOME = 24

/** Schemes whose files beside the subject are its own, in their own words. */
const OWN_FILES: Readonly<Record<string, string>> = {
  'amd-sev-legacy': 'a platform exports its certificates one by one: together with the report they are what it says',
}

const accepts = (view: AppraisalView) => ACCEPTING.includes(effective(view))

const others = entries.filter(({ id }) => !Object.hasOwn(OWN_FILES, id))

describe.each(others.map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
  it('a changed file beside the evidence breaks nothing, and is worth no more than none', async () => {
    const scheme = await loadScheme(entry)
    for (const sample of scheme.samples) {
      if (!ACCEPTING.some((headline) => headline === sample.expect)) continue
      const files: readonly InputFile[] = await sample.files()
      const at = Date.parse(sample.at)
      for (let file = 1; file < files.length; file++) {
        const baseline = await baselineOf(files, file, at)
        const own = baseline.inspection.artifacts.filter((artifact) => artifact.file === file)
        // Evidence in a second file is evidence, and is changed bit by bit as such where it comes first.
        if (own.some(({ message }) => message === 'evidence')) continue
        const without = await appraise(
          files.filter((__, index) => index !== file),
          { at, atSource: 'given', policy: NO_POLICY },
        )
        const length = files[file]?.bytes.length ?? 0
        const step = isSoak ? 1 : Math.max(1, Math.ceil(length / SOME))
        const offsets = Array.from({ length: Math.ceil(length / step) }, (__, i) => i * step)
        const all = await flips(files, file, at, baseline, { offsets, bits: [0] })
        console.log(
          `${sample.id} ${files[file]?.name}: headline × field of ${all.length} flips\n${histogram(all)}\nnot covered:\n${uncovered(baseline)}`,
        )
        const wrong = all.filter(
          (flip) =>
            (flip.headline === 'S1' && !flip.isJoined) ||
            (flip.isCovered && ACCEPTING.includes(flip.headline) && !accepts(without)),
        )
        expect(
          wrong.map(
            (flip) =>
              `${sample.id} ${files[file]?.name} 0x${flip.offset.toString(16)} ${flip.field} → ${flip.headline}`,
          ),
        ).toEqual([])
      }
    }
  }, 3_600_000)
})
