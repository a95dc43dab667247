import { linkDictionary } from '../../src/engine/link-dictionary.ts'
import { LINK_LIMITS, LINK_VERSION, writeLink, type LinkFile } from '../../src/engine/link.ts'
import { readInput } from './input.ts'
import { readInstant } from './instant.ts'

export const LINK_USAGE = `usage: npm run -s link -- FILE… [--base URL] [--at INSTANT] [--panel ID] [--lang en|zh]

Prints a link that opens these files as one case. Without --base only the fragment: #link=…
The evidence is in the link itself; a fragment is not sent to any host. docs/links.md describes the form.`

const EXIT_USAGE = 64
/** The files do not fit: the evidence and its collateral are better sent as files. */
const EXIT_TOO_LARGE = 2

interface Written {
  readonly code: number
  readonly out: string
  readonly err: string
}

const wrong = (message: string): Written => ({ code: EXIT_USAGE, out: '', err: `${message}\n\n${LINK_USAGE}\n` })

/** Writes a link for the files named. Never throws for what stands in them. */
export async function linkFor(argv: readonly string[]): Promise<Written> {
  const paths: string[] = []
  const options = new Map<string, string>()
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? ''
    if (word === '--help' || word === '-h') return { code: 0, out: `${LINK_USAGE}\n`, err: '' }
    if (!word.startsWith('--')) paths.push(word)
    else if (!['--base', '--at', '--panel', '--lang'].includes(word)) return wrong(`unknown option ${word}`)
    else {
      const value = argv[++i]
      if (value === undefined) return wrong(`${word} needs a value`)
      options.set(word, value)
    }
  }
  if (paths.length === 0) return wrong('no file given')
  const given = options.get('--at')
  const at = given === undefined ? undefined : readInstant(given)
  if (given !== undefined && at === undefined) return wrong('--at takes an instant like 2025-07-04T00:00:00Z')
  const lang = options.get('--lang')
  if (lang !== undefined && lang !== 'en' && lang !== 'zh') return wrong('--lang takes en or zh')
  const files: LinkFile[] = []
  for (const path of paths) {
    const read = await readInput(path)
    if ('wrong' in read) return wrong(read.wrong)
    files.push({ name: read.file.name, bytes: read.file.bytes, origin: 'dropped' })
  }
  const panel = options.get('--panel')
  const fragment = writeLink(
    {
      files,
      left: [],
      ...(lang === undefined ? {} : { locale: lang }),
      ...(panel === undefined ? {} : { panel }),
      ...(at === undefined ? {} : { at }),
    },
    linkDictionary(LINK_VERSION),
  )
  if (fragment === undefined)
    return {
      code: EXIT_TOO_LARGE,
      out: '',
      err: `These files do not fit into a link: it carries up to ${LINK_LIMITS.carried} bytes, ${LINK_LIMITS.compressed} once compressed. Send the files instead.\n`,
    }
  return { code: 0, out: `${options.get('--base') ?? ''}#link=${fragment}\n`, err: '' }
}
