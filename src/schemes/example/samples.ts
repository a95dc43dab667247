import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

/** Written once by the attester and kept: signatures differ each time they are made. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'note',
    title: 'sample.example.note',
    at: '2026-01-01T00:00:00Z',
    format: 'example.note',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/note.json')).default),
  },
  {
    id: 'debug',
    title: 'sample.example.debug',
    at: '2026-01-01T00:00:00Z',
    format: 'example.note',
    expect: 'S3',
    files: async () => filesOf((await import('./samples/debug.json')).default),
  },
]
