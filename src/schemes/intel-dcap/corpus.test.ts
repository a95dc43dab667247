import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { tilingFaults } from '../../bytes/layout.ts'
import { corpus, evidenceFile, filesIn } from '../../testing/evidence.ts'
import type { TcbInfo } from './decoded.ts'
import { intelFormats } from './formats.ts'
import { decodeQuote, pckCandidate } from './formats/quote.ts'
import { readPckExtensions } from './formats/pck.ts'
import { nodesIn } from './formats/testing.ts'
import { entry } from './index.ts'

const bytesIn = (name: string) =>
  filesIn(`intel/${name}`).map((file) => ({ file, bytes: evidenceFile(`intel/${name}/${file}`) }))

/** Decodes by detection, and everything inside that this scheme knows. */
function readAll(bytes: Uint8Array): { formats: string[]; faults: string[] } {
  const slice = sliceOf('', bytes)
  const best = entry.detectors
    .map((each) => each(slice))
    .filter((each) => each !== undefined)
    .sort((a, b) => b.score - a.score)[0]
  const formats: string[] = []
  const faults: string[] = []
  const queue = best ? [{ slice, format: best.format, hints: {} as Readonly<Record<string, string>> }] : []
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { slice: own, format, hints } = next
    const definition = intelFormats.find((each) => each.id === format)
    formats.push(format)
    if (!definition) continue
    const decoding = definition.decode(own, { hints })
    const { holes, overlaps } = tilingFaults(decoding.tree(), own)
    if (holes.length + overlaps.length > 0) faults.push(`${format} is not tiled`)
    if (format === 'intel.tcb-info' || format === 'intel.qe-identity') {
      const { formatFaults, signature, body } = decoding.decoded as TcbInfo
      faults.push(...formatFaults.map((fault) => `${fault.because.text} ${JSON.stringify(fault.because.params)}`))
      if (!signature || !body) faults.push(`${format} without signature`)
    }
    for (const inner of decoding.inner)
      if (inner.format !== undefined) queue.push({ slice: inner.slice, format: inner.format, hints: inner.hints ?? {} })
  }
  return { formats, faults }
}

describe.skipIf(corpus === undefined)('real evidence', () => {
  it('reads every quote whole, with a PCK certificate or the reason why there is none', () => {
    const quotes = bytesIn('quotes')
    let chains = 0
    const odd: string[] = []
    for (const { file, bytes } of quotes) {
      const slice = sliceOf('', bytes)
      const { decoded, tree, spaces } = decodeQuote(slice)
      for (const space of spaces())
        expect(tilingFaults(tree(), sliceOf(space.id, space.bytes)), `${file} ${space.id}`).toEqual({
          holes: [],
          overlaps: [],
        })
      expect(tilingFaults(tree(), slice), file).toEqual({ holes: [], overlaps: [] })
      expect(decoded.malformed, file).toBeUndefined()
      expect(decoded.qeReport && decoded.signature && decoded.signedBytes, file).toBeDefined()
      const pck = pckCandidate(decoded.certificates)
      if (!pck) {
        odd.push(`${file}: type ${decoded.certification?.type.value}`)
        continue
      }
      chains++
      const { faults, fmspc, pceSvn, components, configuration } = readPckExtensions(
        pck,
        decoded.certificatePaths[decoded.certificates.indexOf(pck)],
      )
      const paths = new Set(nodesIn(tree()).map((node) => node.path))
      for (const located of [fmspc, pceSvn, configuration?.smtEnabled])
        if (located) expect(paths.has(located.path), `${file}: ${located.path}`).toBe(true)
      expect(faults, file).toEqual([])
      expect([fmspc?.value.length, components.length]).toEqual([6, 16])
    }
    console.log(
      `quotes: ${quotes.length} whole, ${chains} with a PCK certificate, ${odd.length} without (${odd.join('; ')})`,
    )
    expect(chains + odd.length).toBe(quotes.length)
    // Encrypted identifiers instead of a certificate are the exception.
    expect(chains).toBeGreaterThan(odd.length)
  })

  it('reads collateral without a fault of format', () => {
    const counts: Record<string, number> = {}
    const files = ['collateral', 'collateral-bundles'].flatMap((name) => bytesIn(name))
    for (const { file, bytes } of files) {
      const { formats, faults } = readAll(bytes)
      expect(faults, file).toEqual([])
      for (const format of formats.length > 0 ? formats : ['none']) counts[format] = (counts[format] ?? 0) + 1
      if (formats.length === 0) console.log('not of this scheme:', file)
    }
    console.log(`collateral: ${files.length} files`, counts)
    expect(counts['intel.tcb-info']).toBeGreaterThan(0)
  })

  it('reads reports, and every other file without throwing', () => {
    const counts: Record<string, number> = {}
    let total = 0
    const folders = readdirSync(join(corpus ?? '', 'intel'), { withFileTypes: true })
    for (const { name } of folders.filter((entry) => entry.isDirectory()))
      for (const { file, bytes } of bytesIn(name)) {
        total++
        const { formats, faults } = readAll(bytes)
        expect(
          faults.filter((fault) => fault.includes('tiled')),
          file,
        ).toEqual([])
        const key = `${name}: ${formats[0] ?? 'none'}`
        counts[key] = (counts[key] ?? 0) + 1
      }
    console.log(`all: ${total} files`, counts)
    expect(counts['tdreport: intel.tdreport']).toBe(filesIn('intel/tdreport').length)
  })
})
