import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { MAY_IMPORT, ROOMS, roomsPicture } from './testing/rooms.ts'

/** Packages from outside, and the only files that may name them. Everything in `app` may use what the app depends on. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  pkijs: ['src/pki/second-opinion.ts'],
  asn1js: ['src/pki/second-opinion.ts'],
  // Where real evidence lies beside the project; only tests read it.
  'node:fs': ['src/testing/evidence.ts'],
  'node:path': ['src/testing/evidence.ts'],
  'fast-check': ['src/testing/seeded.ts'],
  vitest: ['src/testing/tamper-suite.ts', 'src/testing/left-as-found.ts'],
  '@noble/hashes': ['src/crypto/hash.ts'],
  fflate: ['src/envelope/compact.ts', 'src/envelope/inflate.ts', 'src/envelope/zip.ts'],
}

interface Import {
  readonly from: string
  readonly to: string
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name))
}

function importsOf(file: string, text: string): Import[] {
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)'([^']+)'/g)
  return [...found].map((match) => ({ from: file, to: match[1] ?? '' }))
}

function roomOf(file: string): { readonly room: string; readonly scheme: string | undefined } {
  const parts = file.split('/')
  if (parts[0] === 'app') return { room: 'app', scheme: undefined }
  return { room: parts[1] ?? '', scheme: parts[1] === 'schemes' ? parts[2] : undefined }
}

/** Faults of a list of imports, as sentences. */
function faults(imports: readonly Import[]): string[] {
  return imports.flatMap(({ from, to }) => {
    const own = roomOf(from)
    if (!to.startsWith('.')) {
      const name = to.split('/', to.startsWith('@') ? 2 : 1).join('/')
      if (own.room === 'app') return []
      return PACKAGES[name]?.includes(from) ? [] : [`${from} imports the package ${name}`]
    }
    const target = relative(root, resolve(root, dirname(from), to))
    const other = roomOf(target)
    if (own.room === 'schemes' && other.room === 'schemes' && own.scheme !== other.scheme)
      return [`${from} imports another scheme: ${target}`]
    if (own.room === other.room) return []
    return MAY_IMPORT[own.room]?.includes(other.room) ? [] : [`${from} (${own.room}) imports ${target} (${other.room})`]
  })
}

/** Views are strangers to each other. */
function viewFaults(imports: readonly Import[]): string[] {
  const viewOf = (file: string) => /^app\/views\/([^/]+)\//.exec(file)?.[1]
  return imports.flatMap(({ from, to }) => {
    const own = viewOf(from)
    const other = to.startsWith('.') ? viewOf(relative(root, resolve(root, dirname(from), to))) : undefined
    return own !== undefined && other !== undefined && own !== other ? [`${from} imports another view: ${to}`] : []
  })
}

describe('the arrows between the rooms', () => {
  const files = [...sources('src'), ...sources('app')]
  const imports = files.flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')))

  it('reads the whole house', () => {
    expect(files.length).toBeGreaterThan(30)
    expect(imports.length).toBeGreaterThan(files.length)
  })
  it('points only from right to left', () => expect(faults(imports)).toEqual([]))
  it('keeps panels strangers to each other', () => expect(viewFaults(imports)).toEqual([]))

  it('finds planted violations', () => {
    expect(faults(importsOf('src/bytes/layout.ts', "import { x } from '../schemes/example/scheme.ts'"))).toHaveLength(1)
    expect(
      faults(importsOf('src/schemes/example/scheme.ts', "import { x } from '../intel-dcap/scheme.ts'")),
    ).toHaveLength(1)
    expect(
      faults(importsOf('src/schemes/example/scheme.ts', "const x = await import('../../engine/judge.ts')")),
    ).toHaveLength(1)
    expect(faults(importsOf('src/pki/path.ts', "import * as pkijs from 'pkijs'"))).toHaveLength(1)
    expect(
      faults(importsOf('app/views/fields/fields.tsx', "import { x } from '../../../src/bytes/layout.ts'")),
    ).toHaveLength(1)
    expect(
      viewFaults(importsOf('app/views/fields/fields.tsx', "import { x } from '../verdict/verdict.tsx'")),
    ).toHaveLength(1)
    expect(faults(importsOf('src/pki/path.ts', "import { x } from '../crypto/verify.ts'"))).toEqual([])
  })
})

describe('what the engine must not have', () => {
  const FORBIDDEN: readonly [RegExp, string][] = [
    [/\bfetch\s*\(/, 'network'],
    [/\bDate\.now\b|new Date\(\)/, 'clock'],
    [/\bindexedDB\b|\blocalStorage\b/, 'storage'],
    [/\bdocument\.(?:body|createElement|getElementById|querySelector|cookie)\b|\bwindow\./, 'DOM'],
    [/\beval\s*\(|new Function\b/, 'code from text'],
  ]
  const search = (file: string, text: string) =>
    FORBIDDEN.flatMap(([pattern, what]) => (pattern.test(text) ? [`${file}: ${what}`] : []))
  // Words in texts may name these things; code may not use them.
  const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/gm, '')

  it('is nowhere in src', () => {
    expect(sources('src').flatMap((file) => search(file, code(readFileSync(join(root, file), 'utf8'))))).toEqual([])
  })
  it('would be found', () => {
    expect(search('x', code('await fetch(url)'))).toHaveLength(1)
    expect(search('x', code('const now = new Date()'))).toHaveLength(1)
  })
})

describe('decisions', () => {
  // A text's id names a sentence; what a program decides by is a code or a role (core/verdict.ts).
  const BY_TEXT =
    /\b(?:because|remedy|reason|saying|sentence)\??\.text\s*(?:[=!]==\s*'|\.(?:endsWith|startsWith|includes|match)\()|\/\.test\([^)\n]*\b(?:because|remedy)\??\.text\)|\b(?:check|one|candidate)\.id\.(?:endsWith|startsWith|includes)\('/
  const byText = (file: string, text: string) =>
    text.split('\n').flatMap((line, index) => (BY_TEXT.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : []))
  // The view of collateral waits for a use of its own.
  const LEFT = ['app/views/collateral/Desk.tsx', 'app/testing/sample-case.ts']

  it('are never made by a text id or its spelling', () => {
    const files = [...sources('src'), ...sources('app')].filter(
      (file) => !file.startsWith('src/testing/') && !LEFT.includes(file),
    )
    expect(files.flatMap((file) => byText(file, readFileSync(join(root, file), 'utf8')))).toEqual([])
  })
  it('by a text would be found', () => {
    expect(byText('x', "if (fault.because.text === 'cert.expired')")).toHaveLength(1)
    expect(byText('x', "check.because.text.endsWith('.expired')")).toHaveLength(1)
    expect(byText('x', '/minimum/.test(check.remedy.text)')).toHaveLength(1)
    expect(byText('x', "check.id.includes('.signed-by-')")).toHaveLength(1)
    expect(byText('x', "if (fault.because.code === 'expired')")).toEqual([])
  })
})

describe('the picture of the rooms', () => {
  it('is the one in the documents', async () => {
    expect(Object.keys(ROOMS)).toEqual(Object.keys(MAY_IMPORT))
    await expect(roomsPicture()).toMatchFileSnapshot('../docs/architecture.md')
  })
})
