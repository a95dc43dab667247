import type { Appraiser, Scheme } from '../../core/scheme.ts'
import { anchors } from './anchors.ts'
import { localAppraiser, quoteAppraiser } from './appraisers.ts'
import { intelFormats } from './formats.ts'
import { samples } from './samples.ts'

/** Intel SGX and TDX. */
export const scheme: Scheme = {
  id: 'intel-dcap',
  formats: intelFormats,
  appraisers: [quoteAppraiser as Appraiser, localAppraiser as Appraiser],
  anchors,
  samples,
  recipes: async () => (await import('./recipe.ts')).recipes,
  lab: async () => (await import('./lab.ts')).presets,
}
