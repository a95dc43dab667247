import type { Failure } from './fetch-one.ts'

/** What the page and the local server's relay say to each other. */

/** `GET relay/about`. */
export interface RelayAbout {
  readonly schema: 'relay/1'
  /** Hosts that it may ask; `*.name` stands for names below. */
  readonly hosts: readonly string[]
  /** Host → what is asked in its place, as the server was told. */
  readonly mirrors: Readonly<Record<string, string>>
}

/** `POST relay/get` with `{ url, body? }`: one hop, redirects included as they came. */
export type RelayAnswer =
  | {
      readonly status: number
      readonly headers: readonly (readonly [name: string, value: string])[]
      readonly base64: string
    }
  | { readonly failure: Failure; readonly detail: string }
