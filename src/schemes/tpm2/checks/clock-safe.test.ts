import { expect, it } from 'vitest'
import { ask } from '../testing.ts'
import { clockSafe } from './clock-safe.ts'

it('passes when the TPM vouches for its clock', async () =>
  expect(await ask(clockSafe)).toMatchObject({ outcome: 'pass' }))
it('notes when it does not', async () =>
  expect(await ask(clockSafe, { recipe: { safe: false } })).toMatchObject({
    outcome: 'warn',
    because: { text: 'tpm.clock-unsafe' },
  }))
it('is a note: it never decides', () => expect(clockSafe.weight).toBe('notes'))
