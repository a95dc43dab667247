import { expect, it } from 'vitest'
import { makeScale, RECIPES, SYSTEM_EVENTS } from '../schemes/event-log/attester.ts'
import { signedBy, standIn } from '../testing/stand-in.ts'
import { forgetFiles, openCase } from './case.ts'
import { logReplays } from './log-replays.ts'

/** One bit of a good log, byte after byte, beside evidence that signs what the log comes to: nothing that decides, and no value that the good log does not lend. SOAK=1 takes every byte. */

const STEP = process.env['SOAK'] === '1' ? 1 : 13
const FORMS = ['ccel', 'vtpm', 'tcg12', 'dstack', 'ima-text', 'ima-binary', 'cos', 'systemd', 'cel-json', 'cel-cbor']
/** Head of a quote of a trust domain: of the quote in it, a log looks at no more. */
const QUOTE = Uint8Array.from({ length: 80 }, (_, i) => [4, 0, 2, 0, 0x81][i] ?? 0)
const LOGS: Readonly<Record<string, () => Uint8Array>> = {
  ...Object.fromEntries(FORMS.map((form) => [form, RECIPES[form] ?? (() => new Uint8Array())])),
  'dstack-scale': () => makeScale(QUOTE, SYSTEM_EVENTS, new Uint8Array(64)),
}

const opened = async (bytes: Uint8Array) => {
  forgetFiles()
  return (await openCase([{ name: 'log', bytes }])).artifacts
}
it.each(Object.entries(LOGS))('%s', { timeout: 600_000 }, async (form, make) => {
  const good = make()
  const items = await opened(good)
  const subject = standIn({ measurements: signedBy(items) })
  const truth = logReplays(subject, items, 0)
  expect(truth.checks.map(({ because }) => because.text)).toEqual(['software.log-replays.holds'])
  const raised: string[] = []
  const said = new Map<string, number>()
  let count = 0
  for (let at = 0; at < good.length; at += STEP) {
    const changed = good.slice()
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
    const { checks, lent } = logReplays(subject, await opened(changed), 0)
    count += 1
    for (const { weight, id } of checks) if (weight === 'decides') raised.push(`0x${at.toString(16)} ${id} decides`)
    for (const { name, value } of lent)
      if (truth.lent.find((other) => other.name === name)?.value !== value)
        raised.push(`0x${at.toString(16)} lends ${name} = ${value}`)
    const outcome = `${checks.map(({ because }) => because.text).join('+') || 'no log any more'}, lends ${lent.length === truth.lent.length ? 'all' : lent.length === 0 ? 'none' : 'fewer'}`
    said.set(outcome, (said.get(outcome) ?? 0) + 1)
  }
  const rows = [...said]
    .toSorted(([, a], [, b]) => b - a)
    .map(([outcome, of]) => `${String(of).padStart(6)} ${outcome}`)
  console.log(`${form}: ${count} of ${good.length} bytes, ${truth.lent.length} values lent\n${rows.join('\n')}`)
  expect(raised).toEqual([])
})
