import { describe, expect, it } from 'vitest'
import { NO_POLICY, type Policy } from '../core/policy.ts'
import type { InputFile } from '../engine/api.ts'
import { appraise } from '../engine/appraise.ts'
import { inspect } from '../engine/inspect.ts'
import { casesIn, corpus, evidenceFile } from './evidence.ts'
import { effective } from './tamper.ts'
import { KINDS } from './threads.ts'
import type { Look } from './threads-kit.ts'

/** What people asked about, made again; and with EVIDENCE_CORPUS the very cases, held to the same. `npm run threads` prints both as a table. */

const AT = '2026-06-01T00:00:00Z'

async function lookAt(files: readonly InputFile[], at: string, policy: Partial<Policy> | undefined): Promise<Look> {
  const view = await appraise(files, {
    at: Date.parse(at),
    atSource: 'given',
    policy: { ...NO_POLICY, ...policy },
  })
  const inspection = await inspect(files)
  const said = new Set<string>([
    view.sentence.text,
    ...view.subjects.map(({ sentence }) => sentence.text),
    ...Object.values(view.answers).map(({ because }) => because.text),
    ...view.checks.map(({ because }) => because.text),
    ...inspection.artifacts.flatMap(({ problems }) => problems.map(({ because }) => because.text)),
  ])
  return { view, inspection, said, headline: effective(view), formats: inspection.artifacts.map((one) => one.format) }
}

const row = (id: string, look: Look, isRight: boolean, right: string) =>
  `${id.padEnd(5)} ${isRight ? '✓' : '✗'} ${look.view.headline}${look.view.ifRootTrusted ? `/${look.view.ifRootTrusted}` : ''}`.padEnd(
    16,
  ) + ` ${look.view.root.status.padEnd(13)} ${right}`

/** What a failing test says of a case. */
const told = ({ view, inspection }: Look) =>
  [
    ...view.checks
      .filter(({ outcome }) => outcome !== 'not-applicable')
      .map(({ id, outcome, because }) => `${id} ${outcome} ${because.text} ${JSON.stringify(because.params)}`),
    ...inspection.artifacts.map(({ name, format }) => `${name}: ${format}`),
    ...inspection.artifacts.flatMap(({ problems }) => problems.map(({ because }) => because.text)),
  ].join('\n  ')

describe('what people asked about', () => {
  it.each(KINDS.map((kind) => [kind.id, kind.right, kind] as const))('%s: %s', async (id, right, kind) => {
    const look = await lookAt(await kind.make(), kind.at ?? AT, kind.policy)
    console.log(row(id, look, kind.holds(look), right))
    expect(kind.holds(look), `${id} ${look.view.headline} ${told(look)}`).toBe(true)
  })
})

interface Case {
  readonly id: string
  readonly files: readonly string[]
  readonly at: string
  readonly policy?: Policy
  readonly expect: { readonly right?: string }
}

describe.runIf(corpus !== undefined)('the cases themselves', () => {
  it('give what a person should get', async () => {
    const cases = casesIn<Case>('threads/').filter(({ id }) => id.startsWith('thread/'))
    const wrong: string[] = []
    const rows: string[] = []
    for (const one of cases) {
      const own = one.id.slice('thread/'.length)
      const kind = KINDS.find(({ id }) => id === own)
      const files = one.files.map((name) => ({ name, bytes: evidenceFile(name) }))
      const look = await lookAt(files, one.at, one.policy)
      const isRight = kind?.holds(look) ?? false
      rows.push(row(own, look, isRight, kind?.right ?? 'no test of this kind'))
      if (!isRight) wrong.push(`${own}: ${one.expect.right ?? ''}\n  ${told(look)}`)
    }
    console.log(`${cases.length} cases, ${wrong.length} differ\n${rows.join('\n')}`)
    expect(wrong).toEqual([])
    expect(cases.length).toBeGreaterThan(0)
  }, 300_000)
})
