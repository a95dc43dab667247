// @ts-check
// Real evidence for the bench, with what the peers take, when EVIDENCE_CORPUS names a folder of it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {{ id: string, files: string[], at: string | null, expect: Record<string, unknown>, peers?: Record<string, string> }} Case */

/** Most different pieces of evidence in one row. */
const ROW_LIMIT = 16

/** @returns {{ inputs: import('./page.ts').BenchInput[], notes: string[] }} */
export function realInputs() {
  const corpus = process.env['EVIDENCE_CORPUS']
  if (corpus === undefined || corpus === '')
    return { inputs: [], notes: ['EVIDENCE_CORPUS is not set: attester-made evidence only'] }
  /** @param {string} file */
  const bytes = (file) => readFileSync(join(corpus, file))
  /** @param {string | undefined} file */
  const base64 = (file) => (file === undefined ? '' : bytes(file).toString('base64'))
  /** @type {Case[]} */
  const cases = readFileSync(join(corpus, 'cases.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

  /** @param {Case} one @param {Record<string, string>} peer @returns {import('./page.ts').Variant} */
  const variant = (one, peer) => ({
    files: one.files.map((name) => ({ name, base64: base64(name) })),
    peer,
    at: one.at === null ? Date.now() : Date.parse(one.at),
  })
  /** @param {Case} one */
  const intel = (one) =>
    variant(one, { quote: base64(one.files[0]), collateral: bytes(one.files[1] ?? '').toString('utf8') })
  /** @param {Case} one */
  const snp = (one) => variant(one, { report: base64(one.files[0]), vcek: base64(one.files[1]) })
  /** @param {Case} one */
  const nitro = (one) => variant(one, { document: base64(one.files[0]) })

  /** Both peers reach the status that is expected, so that all do the same work. @param {Case} one */
  const agreed = (one) =>
    one.id.startsWith('intel/') &&
    one.files.length === 2 &&
    (one.files[1]?.endsWith('.json') ?? false) &&
    Object.values(one.peers ?? {}).length === 2 &&
    Object.values(one.peers ?? {}).every((said) => said === one.expect['tcbStatus'])
  /** @param {Case} one */
  const isTdx = (one) => bytes(one.files[0] ?? '').readUInt32LE(4) === 0x81
  const seen = new Set()
  const quotes = cases.filter((one) => agreed(one) && !seen.has(one.files[0]) && seen.add(one.files[0]))
  const snpReports = cases.filter(
    (one) =>
      one.files[0]?.startsWith('amd/') &&
      one.expect['signature'] === 'holds' &&
      one.expect['signingKey'] === 'VCEK' &&
      one.expect['debug'] !== true,
  )
  const genoa = snpReports.filter((one) => one.expect['generation'] === 'Genoa' && one.expect['reportVersion'] === 3)
  const documents = cases.filter(
    (one) =>
      one.files[0]?.startsWith('nitro/') && one.expect['signature'] === 'holds' && one.expect['root'] === 'pinned',
  )

  /** @type {[string, import('./page.ts').BenchInput['kind'], Case[], (one: Case) => import('./page.ts').Variant][]} */
  const rows = [
    [
      'real TDX quote, the same each round',
      'intel',
      cases
        .filter((one) => agreed(one) && one.id.startsWith('intel/f1c85033') && one.expect['tcbStatus'] === 'UpToDate')
        .slice(0, 1),
      intel,
    ],
    [
      'real SGX quote, the same each round',
      'intel',
      cases.filter((one) => agreed(one) && one.id.startsWith('intel/f8b81014')).slice(0, 1),
      intel,
    ],
    ['real TDX quotes, another platform each round', 'intel', quotes.filter(isTdx), intel],
    ['real SGX quotes, another platform each round', 'intel', quotes.filter((one) => !isTdx(one)), intel],
    ['real SNP report v3 from Genoa, the same each round', 'snp', genoa.slice(0, 1), snp],
    ['real SNP reports, another chip each round', 'snp', snpReports, snp],
    ['real Nitro document, the same each round', 'nitro', documents.slice(0, 1), nitro],
    ['real Nitro documents, another each round', 'nitro', documents, nitro],
  ]
  const inputs = rows.flatMap(([name, kind, found, make]) =>
    found.length === 0
      ? []
      : [
          {
            name: found.length === 1 ? name : `${name} (${Math.min(found.length, ROW_LIMIT)})`,
            kind,
            variants: found.slice(0, ROW_LIMIT).map(make),
          },
        ],
  )
  return {
    inputs,
    notes: rows.filter(([, , found]) => found.length === 0).map(([name]) => `${name}: no such case in the corpus`),
  }
}
