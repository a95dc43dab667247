import { expect, it } from 'vitest'
import { joinBytes } from '../../bytes/der-writer.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalView } from '../../engine/api.ts'
import { appraise } from '../../engine/appraise.ts'
import { effective } from '../../testing/tamper.ts'
import { makeCertificate, makeChain } from './attester.ts'
import { PDH } from './layout.ts'

const at = Date.parse('2026-06-01T00:00:00Z')
const judged = async (files: readonly (readonly [string, Uint8Array])[]) =>
  appraise(
    files.map(([name, bytes]) => ({ name, bytes })),
    { at, atSource: 'given', policy: NO_POLICY },
  )

/** Version, usage, algorithm, curve, sizes: what a file is recognised by is signed too, and a change there is a change, not a missing file. */
async function platform(): Promise<(readonly [string, Uint8Array])[]> {
  return [['pdh.cert', await makeCertificate(PDH)], ...(await makeChain())]
}

const signed = (view: AppraisalView) =>
  view.checks
    .filter((check) => check.id.includes('signed-by') && check.weight === 'decides')
    .map((check) => check.outcome)
const ALL_SIGNED = ['pass', 'pass', 'pass', 'pass']

it('untouched, everything is signed', async () => {
  const view = await judged(await platform())
  expect(signed(view)).toEqual(ALL_SIGNED)
  expect(effective(view)).toBe('S4')
})

it.each([
  ['pdh.cert', [0, 4, 8, 9, 12, 16]],
  ['pek.cert', [0, 4, 8, 9, 12, 16]],
  ['cek.cert', [0, 4, 8, 9]],
  ['ask.cert', [0, 1, 3, 36, 37, 39]],
] as const)('a changed head of %s is a broken signature', async (name, offsets) => {
  const files = await platform()
  for (const offset of offsets) {
    for (const bit of [0, 6]) {
      const changed = files.map(
        ([own, bytes]) =>
          [own, own === name ? bytes.map((byte, i) => (i === offset ? byte ^ (1 << bit) : byte)) : bytes] as const,
      )
      expect(effective(await judged(changed)), `${name} byte ${offset} bit ${bit}`).toBe('S1')
    }
  }
})

it('also where all certificates are in one file', async () => {
  const [pdh, ...chain] = await platform()
  if (!pdh) throw new Error('no PDH')
  const whole = joinBytes(chain.map(([, bytes]) => bytes))
  expect(signed(await judged([pdh, ['chain.cert', whole]]))).toEqual(ALL_SIGNED)
  const second = chain[0]?.[1].length ?? 0
  for (const offset of [second, second + 8])
    expect(
      effective(await judged([pdh, ['chain.cert', whole.map((byte, i) => (i === offset ? byte ^ 1 : byte))]])),
      `byte ${offset}`,
    ).toBe('S1')
})
