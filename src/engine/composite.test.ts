import { describe, expect, it } from 'vitest'
import { joinBytes } from '../bytes/join.ts'
import type { HashLabel } from '../core/derived.ts'
import { sliceOf } from '../core/place.ts'
import type { CaseItem, Facts } from '../core/scheme.ts'
import { hashNow } from '../crypto/hash.ts'
import { bootEvents, makeImaText, makeTcg2 } from '../schemes/event-log/attester.ts'
import { standIn } from '../testing/stand-in.ts'
import { openCase } from './case.ts'
import { withValues } from './composite.ts'
import { logReplays } from './log-replays.ts'

const opened = async (...files: Uint8Array[]) =>
  (await openCase(files.map((bytes, i) => ({ name: `log${i}`, bytes })))).artifacts

/** Evidence that signs one digest over these registers. */
function quoted(names: readonly string[], hash: HashLabel, values: readonly Uint8Array[]): CaseItem {
  const digest = { path: 'pcrDigest', ranges: [], value: hashNow('sha256', joinBytes(values)) }
  const facts: Facts = {
    measurements: [{ name: 'PCR_DIGEST', value: digest, identity: true }],
    composite: { digest, hash: 'sha256', parts: names.map((name) => ({ name, hash, identity: name === 'PCR7' })) },
  }
  return standIn(facts)
}

const finals = (items: readonly CaseItem[], names: readonly string[]) =>
  names.map(
    (name) =>
      items.flatMap(({ derived }) => derived?.registers ?? []).find((one) => one.name === name && one.hash === 'sha256')
        ?.value ?? new Uint8Array(32),
  )

describe('a digest over registers', () => {
  const names = ['PCR0', 'PCR1', 'PCR4', 'PCR7', 'PCR8']
  const log = makeTcg2(['sha1', 'sha256'], bootEvents(false))
  it('is made again from the log alone, with what the log does not name as it is at the start', async () => {
    const items = await opened(log)
    const [subject] = withValues([quoted(names, 'sha256', finals(items, names)), ...items])
    expect(subject?.facts.measurements.map(({ name, identity }) => `${name} ${identity}`)).toEqual([
      'PCR_DIGEST false',
      ...names.map((name) => `${name} ${name === 'PCR7'}`),
    ])
    const { checks, lent } = logReplays(subject ?? quoted([], 'sha256', []), items, 0)
    expect(checks[0]?.outcome).toBe('pass')
    expect(lent.map(({ name }) => name)).toContain('SecureBoot')
  })
  it('stays one digest where the log is another machine’s, and the log lends nothing', async () => {
    const items = await opened(makeTcg2(['sha256'], bootEvents(false, false)))
    const own = await opened(log)
    const [subject] = withValues([quoted(names, 'sha256', finals(own, names)), ...items])
    expect(subject?.facts.measurements.map(({ name }) => name)).toEqual(['PCR_DIGEST'])
    expect(logReplays(subject ?? quoted([], 'sha256', []), items, 0).lent).toEqual([])
  })
  it('is made again from a file of values, and from no file that differs in a bit', async () => {
    const values = finals(await opened(log), names)
    const file = joinBytes(values)
    const item = (bytes: Uint8Array): CaseItem => ({
      ...quoted([], 'sha256', []),
      artifact: 1,
      message: 'supporting',
      slice: sliceOf('', bytes),
      facts: { measurements: [] },
    })
    const [subject] = withValues([quoted(names, 'sha256', values), item(file)])
    expect(subject?.facts.measurements).toHaveLength(names.length + 1)
    for (let at = 0; at < file.length; at += 5) {
      const changed = file.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      const [other] = withValues([quoted(names, 'sha256', values), item(changed)])
      expect(other?.facts.measurements).toHaveLength(1)
    }
  })
  it('meets a running list at the entry where the quote was made', async () => {
    const early = await opened(log, makeImaText([{ path: 'a' }]))
    const wanted = [...names, 'PCR10']
    const subject = quoted(wanted, 'sha256', finals(early, wanted))
    const items = await opened(log, makeImaText([{ path: 'a' }, { path: 'b' }, { path: 'c' }]))
    const [found] = withValues([subject, ...items])
    expect(found?.facts.measurements).toHaveLength(wanted.length + 1)
  })
})
