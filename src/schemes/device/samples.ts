import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

export const AT = '2026-01-01T00:00:00Z'

/** Written once by the attester and kept: signatures differ each time they are made. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'app-attest',
    title: 'sample.device.app-attest',
    at: AT,
    format: 'device.attestation-object',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/app-attest.json')).default),
  },
  {
    id: 'android',
    title: 'sample.device.android',
    at: AT,
    format: 'device.android-chain',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/android.json')).default),
  },
  {
    id: 'packed',
    title: 'sample.device.packed',
    at: AT,
    format: 'device.attestation-object',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/packed.json')).default),
  },
  {
    id: 'unlocked',
    title: 'sample.device.unlocked',
    at: AT,
    format: 'device.android-chain',
    expect: 'S3',
    files: async () => filesOf((await import('./samples/unlocked.json')).default),
  },
]
