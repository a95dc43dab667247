import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

/** Every attack of the catalogue that concerns what this project reads has tests whose names begin with its id. Event logs (I17, I18) are not read yet. */
const IDS = [
  ...Array.from({ length: 13 }, (_, i) => `X${i + 1}`),
  ...Array.from({ length: 8 }, (_, i) => `C${i + 1}`),
  ...Array.from({ length: 16 }, (_, i) => `I${i + 1}`),
]

it('has a test by the id of each attack', () => {
  const own = dirname(fileURLToPath(import.meta.url))
  // Forms of signatures that no Intel evidence has are tried where they are verified.
  const sources = [own, join(own, '../../crypto')]
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.test.ts') && name !== 'catalogue.test.ts')
        .map((name) => readFileSync(join(folder, name), 'utf8')),
    )
    .join('\n')
  const missing = IDS.filter(
    (id) => !new RegExp(`(?:name: |it\\(|describe\\(|it\\.each\\([^\\n]*\\)\\()['\`]${id} `).test(sources),
  )
  expect(missing).toEqual([])
})
