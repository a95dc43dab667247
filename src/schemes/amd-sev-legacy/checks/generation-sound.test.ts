import { expect, it } from 'vitest'
import { ask } from '../testing.ts'
import { generationSound } from './generation-sound.ts'

it('warns on the first generation', async () =>
  expect(await ask(generationSound)).toMatchObject({ outcome: 'warn', because: { text: 'sev.keys-extracted' } }))
it('says nothing for others: it never passes', async () =>
  expect(await ask(generationSound, { without: ['ark'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'sev.no-statement-of-current' },
  }))
it('says nothing about a platform without a report', async () =>
  expect(await ask(generationSound, { kind: 'pdh' })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'sev.no-guest' },
  }))
