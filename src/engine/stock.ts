import { textsFor } from './catalogue.ts'
import { entries, loadScheme } from './registry.ts'

/**
 * Loads one part of the engine that no case has asked for yet, so that whatever comes next works without a network. Answers how many are left.
 * What belongs to one panel only (the independent certificate library) is left to that panel.
 */
export async function stock(part: number): Promise<number> {
  const entry = entries[part]
  if (entry) {
    const scheme = await loadScheme(entry)
    await Promise.all((['en', 'zh'] as const).map((locale) => textsFor([entry.id], locale)))
    await Promise.all([
      entry.errorCodes?.(),
      scheme.recipes?.(),
      scheme.lab?.(),
      ...scheme.samples.map((sample) => sample.files()),
    ])
  } else
    await Promise.all([
      import('../pki/second-opinion.ts'),
      import('../crypto/sm2.ts'),
      import('./error-codes.ts'),
      import('./lab.ts'),
      import('./cbor-notes.ts'),
      import('./known-values.ts').then(({ knownFields }) => knownFields([])),
      import('./collateral-rules.ts').then(({ collateralRules }) => collateralRules()),
    ])
  return Math.max(0, entries.length - part)
}
