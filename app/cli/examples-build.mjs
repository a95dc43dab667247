// @ts-check
import { runnerImport } from 'vite'
import { root } from './sources.mjs'

/** @typedef {import('../front/list-examples.ts').Listed} Listed */

/** Modules that are written while the page is built: `virtual:examples` has every example, `virtual:featured` what the front door shows. */
const NAMES = /** @type {const} */ (['examples', 'featured'])

/**
 * Asks the schemes for their examples, so that a new scheme stands on the front door without a list in which it is named.
 * Asked once: `npm run dev` is started again after a change of samples.
 * @returns {import('vite').Plugin}
 */
export function examples() {
  /** @type {Promise<Listed> | undefined} */
  let asked
  return {
    name: 'examples',
    resolveId: (id) => (NAMES.some((name) => id === `virtual:${name}`) ? `\0${id}` : undefined),
    async load(id) {
      const name = NAMES.find((one) => id === `\0virtual:${one}`)
      if (!name) return undefined
      asked ??= listed()
      return `export default ${JSON.stringify((await asked)[name])}`
    },
  }
}

/** @returns {Promise<Listed>} */
async function listed() {
  const { module } = await runnerImport('./app/front/list-examples.ts', { root, configFile: false, logLevel: 'error' })
  return /** @type {{ listed: Listed }} */ (module).listed
}
