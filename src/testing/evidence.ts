import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Real evidence beside the project, when EVIDENCE_CORPUS names its folder. How much there is stands there and never in code, so that evidence may grow. */
export const corpus = process.env['EVIDENCE_CORPUS']

const lines = (name: string): string[] =>
  readFileSync(join(corpus ?? '', name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')

/** Every case whose first file lies under `prefix` (`intel/`, `amd/snp-`). Throws when there is none: a test must not pass on nothing. */
export function casesIn<C extends { readonly files: readonly string[] }>(prefix: string): C[] {
  const cases = lines('cases.jsonl')
    .map((line) => JSON.parse(line) as C)
    .filter((one) => one.files[0]?.startsWith(prefix))
  if (cases.length === 0) throw new Error(`no case of ${prefix} in cases.jsonl`)
  return cases
}

/** Names of the files that lie in a folder, folders inside it left out. Throws when there is none, or when one is lost that the manifest lists. */
export function filesIn(folder: string, pattern = /./): string[] {
  const names = readdirSync(join(corpus ?? '', folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => entry.name)
    .sort()
  const lost = lines('manifest.tsv')
    .map((line) => line.split('\t')[0] ?? '')
    .filter((path) => path.startsWith(`${folder}/`))
    .map((path) => path.slice(folder.length + 1))
    .filter((name) => !name.includes('/') && pattern.test(name) && !names.includes(name))
  if (lost.length > 0) throw new Error(`${folder}: the manifest lists ${lost.join(', ')}`)
  if (names.length === 0) throw new Error(`${folder} holds no file of ${String(pattern)}`)
  return names
}

/** Content of a file, by its path in the corpus. */
export function evidenceFile(path: string): Uint8Array {
  return new Uint8Array(readFileSync(join(corpus ?? '', path)))
}
