// @ts-check
// Which modules of the engine come as one file: on a slow line the number of files costs more than their size.

/** Everything that the engine needs before it knows what was dropped: these, and whatever they import without a dynamic import between. */
const BEGINNINGS = /\/src\/engine\/(?:worker|appraise|case)\.ts$/

/** @typedef {{ getModuleInfo(id: string): { importers: readonly string[] } | null }} Modules */

/** @param {string} id @param {Modules} modules */
function isNeeded(id, modules) {
  const seen = new Set([id])
  for (const one of seen) {
    if (BEGINNINGS.test(one)) return true
    for (const importer of modules.getModuleInfo(one)?.importers ?? []) seen.add(importer)
  }
  return false
}

/**
 * For `rolldownOptions.output.codeSplitting`.
 * @returns {{ groups: { debugName: string, name: (id: string, modules: Modules) => string | null }[] }}
 */
export const engineTogether = () => ({
  groups: [{ debugName: 'engine', name: (id, modules) => (isNeeded(id, modules) ? 'engine' : null) }],
})
