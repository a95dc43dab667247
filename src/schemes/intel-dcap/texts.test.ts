import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { en as sharedEn } from '../../engine/shared-texts.en.ts'
import { en } from './texts.en.ts'

const folder = dirname(fileURLToPath(import.meta.url))

/** Ids that sources hand to `say`, or keep in tables of reasons. */
function idsIn(source: string): string[] {
  return [...source.matchAll(/(?:say\(|because: |remedy: |title: |signature: |format: |\? |: )'((?:intel|quote|chain|collateral|tcb|tdx|tee|evidence|revocation|node|ladder|timeline|wish|limit|sample)\.[a-zA-Z0-9.-]+)'/g)].map((match) => match[1] ?? '')
}

it('has a text for every reason that its sources name', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('texts'))
  const ids = new Set(files.flatMap((name) => idsIn(readFileSync(join(folder, name), 'utf8'))).filter((id) => !/\.(?:bin|json)$/.test(id)))
  const texts: Readonly<Record<string, string>> = { ...sharedEn, ...en }
  // Ids of formats and of checks look alike; checks have four texts of their own.
  const known = (id: string) => Object.hasOwn(texts, id) || Object.hasOwn(texts, `${id}.question`) || Object.hasOwn(texts, `format.${id}`)
  expect(ids.size).toBeGreaterThan(150)
  expect([...ids].filter((id) => !known(id))).toEqual([])
})
