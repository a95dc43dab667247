import { expect, it } from 'vitest'
import { ask } from '../testing.ts'
import { madeByTpm } from './made-by-tpm.ts'

it('passes for the value that a TPM puts there', async () =>
  expect(await ask(madeByTpm)).toMatchObject({ outcome: 'pass' }))
it('fails for any other, although the key signed it', async () =>
  expect(await ask(madeByTpm, { recipe: { magic: 0xff544348 } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'tpm.magic' },
    found: '0xff544348',
  }))
