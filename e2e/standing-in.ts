import { fileURLToPath } from 'node:url'
import type { Server } from 'node:http'
import { createServer } from 'vite'
import { listen, relayFor, staticServer } from '../app/cli/serve.mjs'
import type * as StandInModuleTypes from './stand-in-server.ts'
import type { StandInServer } from './stand-in-server.ts'

type StandInModule = typeof StandInModuleTypes

/** The vendors' stand-in, and the built page given by a server whose relay asks it. */
export interface Standing {
  readonly vendors: StandInServer
  /** Address of the page with a relay. */
  readonly page: string
  close(): Promise<void>
}

export async function standingIn(folder = '../dist'): Promise<Standing> {
  // The attesters are TypeScript with JSON beside it, which Vite reads and Playwright does not.
  const vite = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('..', import.meta.url)),
    server: { middlewareMode: true, watch: null, hmr: false, ws: false },
    appType: 'custom',
    logLevel: 'error',
  })
  const made = (await vite.ssrLoadModule('/e2e/stand-in-server.ts')) as StandInModule
  const vendors = await made.standInServer()
  const mirrors = new Map(made.HOSTS.map((host) => [host, `${vendors.address}/${host}`]))
  let server: Server | undefined
  server = staticServer(
    fileURLToPath(new URL(folder, import.meta.url)),
    await relayFor(mirrors, () => server?.address() ?? null),
  )
  const page = await listen(server, 0)
  return {
    vendors,
    page,
    close: async () => {
      server?.close()
      server?.closeAllConnections()
      vendors.close()
      await vite.close()
    },
  }
}
