import { expect, it } from 'vitest'
import type { CheckDefinition } from '../../core/scheme.ts'
import { makeBundle } from './attester.ts'
import { scheme } from './scheme.ts'
import { expecting, prepared } from './testing.ts'
import type { PreparedBundle } from './prepare.ts'

/** Whether every deciding step holds, as a statement must before it counts. */
async function holds(bytes: Uint8Array): Promise<boolean> {
  const context = expecting()
  const all = await prepared(bytes, context)
  const checks = (scheme.appraisers[0]?.checks ?? []) as readonly CheckDefinition<PreparedBundle>[]
  for (const check of checks) {
    if (check.weight !== 'decides' || (check.applies && !check.applies(all))) continue
    if ((await check.run(all, context)).outcome !== 'pass') return false
  }
  return true
}

it('holds as it is, and with no byte changed that says anything', async () => {
  const whole = await makeBundle()
  expect(await holds(whole)).toBe(true)
  const text = new TextDecoder().decode(whole)
  // White space between members and the mark of how something was logged are said by nobody.
  const free: string[] = []
  for (let at = 0; at < whole.length; at += 37) {
    const changed = whole.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    if (await holds(changed)) free.push(text.slice(Math.max(0, at - 24), at + 8))
  }
  expect(free).toEqual([])
}, 120_000)
