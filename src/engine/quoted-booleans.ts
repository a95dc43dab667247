import { sliceOf, type ByteRange } from '../core/place.ts'
import { say } from '../core/saying.ts'
import type { CheckResult } from '../core/verdict.ts'
import { parseJson, type JsonValue } from '../bytes/json.ts'
import type { OpenCase } from './case.ts'
import type { Run } from './run-subject.ts'

/** What a sender says of its own evidence in the text around it: `verified: true`. Nobody signed that; it is quoted, and held against what the checks here came to. */

/** Largest text that is looked through, members that are looked at, and that are quoted. */
const LARGEST = 1 << 23
const MEMBERS = 4000
const QUOTED = 12
const DEEPEST = 12

/** Names that gateways and verifiers give to their verdicts: Venice, NEAR, RedPill, NanoGPT. */
const VERDICTS =
  /^(?:verified|valid|trusted|attested|bound|isValid|is_valid)$|(?:Verified|Valid|_verified|_valid|Bound)$/

interface Quoted {
  readonly path: string
  readonly value: boolean
  readonly range: ByteRange
}

function quotedIn(root: JsonValue | undefined): Quoted[] {
  const found: Quoted[] = []
  const queue: { readonly value: JsonValue | undefined; readonly path: string; readonly depth: number }[] = [
    { value: root, path: '', depth: 0 },
  ]
  let seen = 0
  for (let next = queue.shift(); next && seen < MEMBERS && found.length < QUOTED; next = queue.shift()) {
    const { value, path, depth } = next
    if (depth > DEEPEST) continue
    if (value?.kind === 'array')
      for (const [i, item] of value.items.slice(0, 64).entries())
        queue.push({ value: item, path: `${path}[${i}]`, depth: depth + 1 })
    if (value?.kind !== 'object') continue
    for (const { key, value: inner } of value.members.slice(0, 200)) {
      seen++
      const name = path === '' ? key : `${path}.${key}`
      if (inner.kind === 'bool' && VERDICTS.test(key))
        found.push({ path: name, value: inner.value, range: inner.range })
      else if (inner.kind === 'object' || inner.kind === 'array')
        queue.push({ value: inner, path: name, depth: depth + 1 })
    }
  }
  return found.slice(0, QUOTED)
}

/** One note at the first subject of a text that says such things. */
export function quotedBooleans(run: Run, index: number, runs: readonly Run[], opened: OpenCase): CheckResult[] {
  const { artifact, checks } = run
  const { file } = artifact
  if (artifact.message !== 'evidence' || runs.findIndex((one) => one.artifact.file === file) !== index) return []
  const content = opened.contents[file]
  if (!content || content.length > LARGEST || (content[0] !== 0x7b && content[0] !== 0x5b)) return []
  const quoted = quotedIn(parseJson(sliceOf('', content)).value)
  if (quoted.length === 0) return []
  const own = runs.filter((one) => one.artifact.file === file)
  const failing = own
    .flatMap((one) => (one === run ? checks : one.checks))
    .filter(({ outcome, weight, layer }) => outcome === 'fail' && weight === 'decides' && layer <= 7)
  const saysYes = quoted.filter(({ value }) => value)
  const isContradicted = failing.length > 0 && saysYes.length > 0
  const root = opened.artifacts.find((one) => one.file === file && one.parent === null) ?? artifact
  const words = (list: readonly Quoted[]) => list.map(({ path, value }) => `${path}: ${value}`).join(', ')
  return [
    {
      id: 'composite.sender-says',
      layer: 9,
      answer: 'fresh',
      weight: 'notes',
      subject: index,
      spec: { title: 'RFC 9334', section: '10' },
      outcome: isContradicted ? 'warn' : 'not-checked',
      because: isContradicted
        ? say('composite.sender-contradicted', {
            words: words(saysYes),
            count: new Set(failing.map(({ id }) => id)).size,
          })
        : say('composite.sender-quoted', { words: words(quoted) }),
      cites: [{ artifact: root.artifact, path: '', ranges: quoted.map(({ range }) => range) }],
      found: words(quoted),
    },
  ]
}
