import { describe, expect, it } from 'vitest'
import { corpus, evidenceFile as read, filesIn as list } from '../testing/evidence.ts'
import { readLink, writeLink } from './link.ts'
import { linkDictionary } from './link-dictionary.ts'

/** How long links come out for real evidence, and that they give back every byte. Runs when EVIDENCE_CORPUS names the folder; nothing of it is ever copied in. */
const BUDGET = 2000
/** Length of the page's own address and of `#link=`: part of what a messenger counts. */
const BEFORE = 'https://attestation.example/#link='.length

function lengthOf(name: string, bytes: Uint8Array): number | undefined {
  const link = writeLink(
    { files: [{ name, bytes, origin: 'dropped' }], left: [], locale: 'en', panel: 'verdict', at: 1751587200000 },
    linkDictionary(1),
  )
  if (link === undefined) return undefined
  const files = readLink(link, linkDictionary).state?.files
  expect(files?.[0]?.bytes, name).toEqual(bytes)
  return BEFORE + link.length
}

function table(title: string, names: readonly string[]): { readonly ran: number; readonly misses: string[] } {
  const rows = names.map((name) => ({
    name,
    size: read(name).length,
    length: lengthOf(name.split('/').at(-1) ?? name, read(name)),
  }))
  const misses = rows
    .filter((row) => row.length === undefined || row.length >= BUDGET)
    .map((row) => `${row.name} (${row.size} bytes): ${row.length ?? 'too large for a link'}`)
  const lengths = rows.flatMap((row) => (row.length === undefined ? [] : [row.length])).sort((a, b) => a - b)
  console.log(
    [
      `${title}: ${rows.length} files, links of ${lengths[0]} to ${lengths.at(-1)} characters, middle ${lengths[Math.floor(lengths.length / 2)]}; ${misses.length} at or over ${BUDGET}`,
      ...rows.map(
        (row) => `  ${String(row.length ?? 'too large').padStart(9)}  ${String(row.size).padStart(6)} B  ${row.name}`,
      ),
      ...misses.map((miss) => `  over: ${miss}`),
    ].join('\n'),
  )
  return { ran: rows.length, misses }
}

describe.skipIf(corpus === undefined)('links of real evidence', () => {
  it('Intel quotes: all under 2,000 characters', () => {
    const { misses } = table(
      'Intel quotes',
      list('intel/quotes').map((name) => `intel/quotes/${name}`),
    )
    expect(misses).toEqual([])
  }, 300_000)
  it('AMD reports', () => {
    const { misses } = table(
      'AMD reports',
      list('amd', /^snp-v\d.*\.bin$/).map((name) => `amd/${name}`),
    )
    expect(misses).toEqual([])
  }, 300_000)
  it('Nitro documents', () => {
    const { misses, ran } = table(
      'Nitro documents',
      list('nitro', /\.(bin|cose|b64|hex)$/).map((name) => `nitro/${name}`),
    )
    expect(misses.length).toBeLessThanOrEqual(ran)
  }, 300_000)
  it('containers, bundles and collateral', () => {
    const names = [
      'intel/containers',
      'intel/collateral',
      'intel/collateral-bundles',
      'intel/azure',
      'intel/tdreport',
      'azure-vtpm',
      'cca',
      'maa',
      'nvidia',
    ].flatMap((folder) => list(folder).map((name) => `${folder}/${name}`))
    expect(table('Other evidence and collateral', names).ran).toBe(names.length)
  }, 300_000)
  it('quotes written in other ways stay byte-exact', () => {
    let ran = 0
    const quotes = list('intel/quotes')
    for (const name of quotes) {
      const quote = read(`intel/quotes/${name}`)
      const hex = Buffer.from(quote).toString('hex')
      const base64 = Buffer.from(quote).toString('base64')
      const latin = Buffer.from(quote).toString('latin1')
      const variants = [
        hex,
        hex.toUpperCase(),
        `0x${hex}\n`,
        base64,
        (base64.match(/.{1,76}/g) ?? []).join('\r\n'),
        Buffer.from(quote).toString('base64url'),
        JSON.stringify({ quote: hex, nonce: '00' }),
        latin.replaceAll('\n', '\r\n'),
        `${latin}\0`,
        `${latin}${'\0'.repeat(300)}`,
        latin.replace(/\n\0*$/, ''),
        latin.replace(/([A-Za-z0-9+/]{64})\n([A-Za-z0-9+/]{12})/g, '$1$2\n'),
        `${latin}trailing`,
      ]
      for (const variant of variants) {
        lengthOf(
          name,
          Uint8Array.from(variant, (character) => character.charCodeAt(0)),
        )
        ran += 1
      }
    }
    console.log(`${ran} variants, every one byte-exact`)
    expect(ran).toBe(quotes.length * 13)
  }, 600_000)
})
