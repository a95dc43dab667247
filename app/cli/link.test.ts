import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { linkDictionary } from '../../src/engine/link-dictionary.ts'
import { readLink } from '../../src/engine/link.ts'
import { sampleFiles } from '../../src/engine/catalogue.ts'
import { linkIn } from '../share/open-link.ts'
import { linkFor } from './link.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'link-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('a link made on the command line is one that the page reads: the same bytes, names, date and panel', async () => {
  const files = await sampleFiles('intel-dcap', 'tdx-no-collateral')
  const paths = files.map((file) => join(folder, file.name))
  await Promise.all(files.map((file, index) => writeFile(paths[index] ?? '', file.bytes)))
  const made = await linkFor([
    ...paths,
    '--base',
    'https://host.example/',
    '--at',
    '2026-06-15T12:00:00Z',
    '--panel',
    'raw',
  ])
  expect([made.code, made.err]).toEqual([0, ''])
  const fragment = linkIn(made.out)
  const { state } = readLink(fragment ?? '', linkDictionary)
  expect(state?.files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('hex')])).toEqual(
    files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('hex')]),
  )
  expect([state?.at, state?.panel]).toEqual([Date.UTC(2026, 5, 15, 12), 'raw'])
})

it('says what it cannot do: no file, a file that is not there, an option it does not know, files that do not fit', async () => {
  const noise = Buffer.concat(
    Array.from({ length: 3000 }, (_, index) => createHash('sha256').update(String(index)).digest()),
  )
  await writeFile(join(folder, 'noise'), noise)
  expect((await linkFor([])).code).toBe(64)
  expect((await linkFor([join(folder, 'none')])).code).toBe(64)
  expect((await linkFor(['--colour', 'red'])).err).toContain('unknown option --colour')
  const large = await linkFor([join(folder, 'noise')])
  expect([large.code, large.out]).toEqual([2, ''])
  expect(large.err).toContain('do not fit')
})
