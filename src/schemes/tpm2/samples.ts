import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

/** A quote alone hangs on no root: it shows what a bare key is worth. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'bare-quote',
    title: 'sample.tpm2.bare-quote',
    at: '2026-06-01T00:00:00Z',
    format: 'tpm2.quote',
    expect: 'S4',
    files: async () => filesOf((await import('./samples/bare-quote.json')).default),
  },
  {
    id: 'quote-and-log',
    title: 'sample.tpm2.quote-and-log',
    at: '2026-06-01T00:00:00Z',
    format: 'tpm2.quote',
    expect: 'S4',
    files: async () => filesOf((await import('./samples/quote-and-log.json')).default),
  },
]
