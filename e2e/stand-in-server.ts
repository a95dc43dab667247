import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { listen } from '../app/cli/serve.mjs'
import { standIn, type StandIn, type StandInAnswer } from '../src/testing/collateral-stand-in.ts'

/** The vendors' services on loopback, for `--mirror`: the first part of a path is the vendor's host. */

/** What to answer instead; undefined: the honest answer; null: the response was written. */
export type Lie = (
  url: string,
  honest: StandInAnswer,
  wire: { readonly request: IncomingMessage; readonly response: ServerResponse },
) => StandInAnswer | undefined | null | Promise<StandInAnswer | undefined | null>

export interface StandInServer {
  readonly vendors: StandIn
  /** `--mirror HOST=URL`, twice over, for each host. */
  readonly mirrors: readonly string[]
  /** Vendor addresses in the order in which they were asked. */
  readonly asked: string[]
  readonly address: string
  lie: Lie | undefined
  close(): void
}

export const HOSTS = [
  'api.trustedservices.intel.com',
  'certificates.trustedservices.intel.com',
  'kdsintf.amd.com',
] as const

/** Answers as the vendors would: status, headers and body. */
export function answered(response: ServerResponse, { status, headers, body }: StandInAnswer): void {
  response.writeHead(status, { ...headers })
  response.end(body)
}

export async function standInServer(): Promise<StandInServer> {
  const vendors = await standIn()
  const made = { vendors, asked: [] as string[], lie: undefined as Lie | undefined }
  const server: Server = createServer((request, response) => {
    void (async () => {
      const url = `https:/${request.url ?? '/'}`
      made.asked.push(url)
      const honest = vendors.answer(url)
      const lie = await made.lie?.(url, honest, { request, response })
      if (lie !== null) answered(response, lie ?? honest)
    })()
  })
  const address = (await listen(server, 0)).replace(/\/$/, '')
  return Object.assign(made, {
    address,
    mirrors: HOSTS.flatMap((host) => ['--mirror', `${host}=${address}/${host}`]),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  })
}
