import { expect, it } from 'vitest'
import type { CheckDefinition } from '../../core/scheme.ts'
import { makeBundle } from './attester.ts'
import { scheme } from './scheme.ts'
import { expecting, prepared } from './testing.ts'
import type { PreparedBundle } from './prepare.ts'

/** One bit of every byte (`SOAK=1`; else of some) of a bundle: what still counts must still say the same. */

const isSoak = process.env['SOAK'] === '1'

/** The first deciding step that does not hold, as must hold before a statement counts; undefined where all do. And what it says. */
async function standing(bytes: Uint8Array): Promise<{ readonly broken: string | undefined; readonly says: string }> {
  const context = expecting()
  const all = await prepared(bytes, context)
  const checks = (scheme.appraisers[0]?.checks ?? []) as readonly CheckDefinition<PreparedBundle>[]
  const { statement } = all
  const says = JSON.stringify([
    statement?.issuer,
    statement?.about,
    statement?.madeAt,
    statement?.claims,
    statement?.groups.map(({ name, values }) => [
      name,
      values.map((one) => [one.register, one.values.map(({ value }) => [...value])]),
    ]),
    statement?.files.map(({ hash, digest }) => [hash, [...digest.value]]),
  ])
  for (const check of checks) {
    if (check.weight !== 'decides' || (check.applies && !check.applies(all))) continue
    const { outcome } = await check.run(all, context)
    if (outcome !== 'pass') return { broken: `${check.id} ${outcome}`, says }
  }
  return { broken: undefined, says }
}

it('holds as it is, and with no byte changed that says anything', async () => {
  const whole = await makeBundle()
  const untouched = await standing(whole)
  expect(untouched.broken).toBeUndefined()
  const text = new TextDecoder().decode(whole)
  const seen = new Map<string, number>()
  const other: string[] = []
  for (let at = 0; at < whole.length; at += isSoak ? 1 : 37) {
    const changed = whole.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    const { broken, says } = await standing(changed)
    const label = broken ?? (says === untouched.says ? 'holds, and says the same' : 'holds, and says something else')
    seen.set(label, (seen.get(label) ?? 0) + 1)
    if (broken === undefined && says !== untouched.says) other.push(text.slice(Math.max(0, at - 24), at + 8))
  }
  console.log(
    `one bit of ${[...seen.values()].reduce((a, b) => a + b, 0)} of ${whole.length} bytes: ${[...seen].map(([label, count]) => `${label} ${count}`).join(' · ')}`,
  )
  expect(other).toEqual([])
}, 1_200_000)
