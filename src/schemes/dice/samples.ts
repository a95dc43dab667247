import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

export const AT = '2026-01-01T00:00:00Z'

/** Written once by the attester and kept: signatures differ each time they are made. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'chain',
    title: 'sample.dice.chain',
    at: AT,
    format: 'dice.x509-chain',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/chain.json')).default),
  },
  {
    id: 'debug',
    title: 'sample.dice.debug',
    at: AT,
    format: 'dice.certificate',
    expect: 'S3',
    files: async () => filesOf((await import('./samples/debug.json')).default),
  },
  {
    id: 'cbor',
    title: 'sample.dice.cbor',
    at: AT,
    format: 'dice.cbor-chain',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/cbor.json')).default),
  },
]
