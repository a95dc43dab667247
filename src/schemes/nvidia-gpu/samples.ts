import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf, type KeptSample } from '../../envelope/sample-files.ts'
import { FORMATS } from './formats.ts'

/** Instant of every sample: answers of the demonstration responder are good for that day. */
export const SAMPLES_AT = '2026-06-15T12:00:00Z'

const sample = (
  id: string,
  expect: string,
  load: () => Promise<{ readonly default: KeptSample }>,
  more: { readonly format?: string; readonly isShort?: boolean } = {},
): AttesterSample => ({
  id,
  title: `sample.nvidia.${id}`,
  ...(more.isShort === false ? {} : { short: `sample.nvidia.${id}.short` }),
  at: SAMPLES_AT,
  format: more.format ?? FORMATS.report,
  expect,
  files: async () => filesOf((await load()).default),
})

/** Written once by the attester and kept: signatures differ each time they are made. */
export const samples: readonly AttesterSample[] = [
  sample('good', 'S5', () => import('./samples/good.json')),
  sample('old-rim', 'S3', () => import('./samples/old-rim.json')),
  sample('mismatch', 'S3', () => import('./samples/mismatch.json'), { isShort: false }),
  sample('revoked', 'S3', () => import('./samples/revoked.json'), { isShort: false }),
  sample('cpu-gpu-bound', 'S5', () => import('./samples/cpu-gpu-bound.json'), { format: 'intel.tdx-quote' }),
  sample('cpu-gpu-nonce', 'S5w', () => import('./samples/cpu-gpu-nonce.json'), { format: 'intel.tdx-quote' }),
]
