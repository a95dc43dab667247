// @ts-check
// Which modules of the engine come as one file: on a slow line the number of files costs more than their size.

/** Everything that the engine needs before it knows what was dropped: these, and whatever they import without a dynamic import between. */
const BEGINNINGS = /\/src\/engine\/(?:worker|appraise|case)\.ts$/

/** What the first case shows: its room, and the panel that stands open in it. */
const ROOM = /\/app\/(?:case\/CaseRoom|views\/verdict\/Verdict)\.tsx$/
/** What the front door needs stays with it. */
const FRONT = /\/app\/main\.tsx$/

/** @typedef {{ getModuleInfo(id: string): { importers: readonly string[] } | null }} Modules */

/** Whether a module is one of these, or one of them imports it without a dynamic import between. @param {RegExp} beginnings @param {string} id @param {Modules} modules */
function isNeededBy(beginnings, id, modules) {
  const seen = new Set([id])
  for (const one of seen) {
    if (beginnings.test(one)) return true
    for (const importer of modules.getModuleInfo(one)?.importers ?? []) seen.add(importer)
  }
  return false
}

/**
 * For `rolldownOptions.output.codeSplitting`.
 * @returns {{ groups: { debugName: string, name: (id: string, modules: Modules) => string | null }[] }}
 */
export const engineTogether = () => ({
  groups: [{ debugName: 'engine', name: (id, modules) => (isNeededBy(BEGINNINGS, id, modules) ? 'engine' : null) }],
})

/**
 * The same for the page: each file that is named to the browser costs a slow processor a moment, and there were thirty of them between a link and its verdict.
 * @returns {ReturnType<typeof engineTogether> & { includeDependenciesRecursively: boolean }}
 */
export const roomTogether = () => ({
  includeDependenciesRecursively: false,
  groups: [
    {
      debugName: 'room',
      name: (id, modules) => (isNeededBy(ROOM, id, modules) && !isNeededBy(FRONT, id, modules) ? 'room' : null),
    },
  ],
})
