import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf, type Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import type { Detection, Mark } from '../core/scheme.ts'
import { tilingFaults } from '../bytes/layout.ts'
import { corpus, evidenceFile, filesIn } from '../testing/evidence.ts'
import { peel } from './unwrap.ts'

/** Real files in which people keep quotes. Runs when EVIDENCE_CORPUS names the folder; nothing of it is ever copied in. */

const VENDOR = [0x93, 0x9a, 0x72, 0x33, 0xf7, 0x9c, 0x4c, 0xa9]
function detectQuote(slice: Slice): Detection[] {
  const head = bytesOf(slice)
  const isQuote = (from: number) =>
    (head[from] ?? 0) >= 3 &&
    (head[from] ?? 9) <= 5 &&
    head[from + 1] === 0 &&
    VENDOR.every((byte, i) => head[from + 12 + i] === byte)
  return isQuote(0) || isQuote(16) ? [{ format: 'quote', score: 1, because: say('x') }] : []
}

const MARKS: readonly Mark[] = [{ bytes: VENDOR, behind: 12, end: ({ end }) => end }]

describe.runIf(corpus !== undefined)('files in which people keep quotes', () => {
  it('leads to each of them', () => {
    const files = filesIn('intel/containers')
    let found = 0
    for (const name of files) {
      const slice = sliceOf('', evidenceFile(`intel/containers/${name}`))
      const peeled = peel(slice, detectQuote, MARKS)
      const paths =
        peeled.parts.length > 0
          ? peeled.parts.map((part) => [
              ...part.path,
              ...(peel(part.slice, detectQuote, MARKS).readings[0]?.path ?? ['?']),
            ])
          : peeled.readings.slice(0, 1).map((reading) => reading.path)
      if (paths.length > 0) found++
      if (peeled.tree) expect(tilingFaults(peeled.tree, slice), name).toEqual({ holes: [], overlaps: [] })
      console.log(
        `${name}: ${paths.length === 0 ? peeled.problems.map((problem) => problem.because.text).join(', ') : paths.map((path) => path.join(' → ') || 'as it stands').join('; ')}`,
      )
    }
    console.log(`unwrapping: ${found} of ${files.length} files lead to a quote`)
    expect(found).toBe(files.length)
  }, 60_000)
})
