import { fromHex } from '../../bytes/layout.ts'
import type { MakingRecipe } from '../../core/scheme.ts'
import { digest } from '../../crypto/verify.ts'
import { makeNote } from './attester.ts'

const ASCII = new TextEncoder()

/** A note: the smallest form there is. */
export const recipes: readonly MakingRecipe[] = [
  {
    id: 'note',
    title: 'recipe.example.note',
    at: '2026-01-01T00:00:00Z',
    instead: 'recipe.example.instead',
    knobs: [
      {
        id: 'program',
        kind: 'text',
        label: 'recipe.example.program',
        note: 'recipe.example.program.note',
        value: 'print("hello")',
        bytes: 4096,
      },
      {
        id: 'reportData',
        kind: 'hex',
        label: 'recipe.example.report-data',
        note: 'recipe.example.report-data.note',
        value: '',
        bytes: 32,
      },
      { id: 'debug', kind: 'flag', label: 'recipe.example.debug', value: 'off' },
    ],
    async make(values) {
      const note = await makeNote({
        debug: values.get('debug') === 'on',
        measurement: await digest('SHA-256', ASCII.encode(values.get('program') ?? '')),
        reportData: fromHex(values.get('reportData') ?? '') ?? new Uint8Array(),
      })
      return [{ name: 'note.bin', bytes: note }]
    },
  },
]
