import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf, type KeptSample } from '../../envelope/sample-files.ts'
import { FORMATS } from './formats.ts'

function sample(id: string, format: string, load: () => Promise<{ readonly default: KeptSample }>): AttesterSample {
  return {
    id,
    title: `sample.measured-image.${id}`,
    at: '2026-01-01T00:00:00Z',
    format,
    expect: 'SN',
    files: async () => filesOf((await load()).default),
  }
}

/** Files alone are no evidence. */
export const samples: readonly AttesterSample[] = [
  sample('eif', FORMATS.eif, () => import('./samples/eif.json')),
  sample('eif-wrong', FORMATS.eif, () => import('./samples/eif-wrong.json')),
  sample('tdvf', FORMATS.firmware, () => import('./samples/tdvf.json')),
  sample('app-compose', FORMATS.compose, () => import('./samples/app-compose.json')),
]
