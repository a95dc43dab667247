import { runnerImport, type Plugin } from 'vite'
import type { Listed } from '../front/list-examples.ts'
import { root } from './sources.mjs'

/** Modules that are written while the page is built: `virtual:examples` has every example, `virtual:featured` what the front door shows. */
const NAMES = ['examples', 'featured'] as const

/** Asks the schemes for their examples, so that a new scheme stands on the front door without a list in which it is named. */
export function examples(): Plugin {
  let asked: Promise<Listed> | undefined
  return {
    name: 'examples',
    resolveId: (id) => (NAMES.some((name) => id === `virtual:${name}`) ? `\0${id}` : undefined),
    async load(id) {
      const name = NAMES.find((one) => id === `\0virtual:${one}`)
      if (!name) return undefined
      asked ??= runnerImport<{ listed: Listed }>('./app/front/list-examples.ts', {
        root,
        configFile: false,
        logLevel: 'error',
      }).then(({ module }) => module.listed)
      const list = (await asked)[name]
      return `export default ${JSON.stringify(list)}`
    },
    // While somebody works on a scheme the page is made anew with every change.
    handleHotUpdate({ file }) {
      if (file.includes('/src/schemes/')) asked = undefined
    },
  }
}
