import { expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import { appraise } from './appraise.ts'

it('nothing is appraised as of an instant that is no number', async () => {
  const files = [{ name: 'a.bin', bytes: new Uint8Array(64) }]
  for (const at of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
    await expect(appraise(files, { at, atSource: 'given', policy: NO_POLICY })).rejects.toThrow(RangeError)
  expect(await appraise(files, { at: 0, atSource: 'given', policy: NO_POLICY })).toMatchObject({ headline: 'S0' })
})
