import type { TextId } from './saying.ts'

/**
 * What may be asked of one host for a scheme's evidence. Data only: whoever fetches (the command line, the local server) compares each address with
 * these before anything is sent, and says from them who learns what. Always `https`, the default port, no user name, no fragment.
 */
export interface CollateralRule {
  /** As in the address, lower case. `*.name` stands for one to four labels below it. */
  readonly host: string
  /** Whose host it is, as they print their name. */
  readonly who: string
  readonly method: 'GET' | 'POST'
  /** All that stands behind the host, from the first slash; anchored at both ends. Its named groups fill `reveals`. */
  readonly path: RegExp
  /** What the host learns beside the asker's network address. */
  readonly reveals: TextId
  /** Content type of what is posted. */
  readonly posts?: string
  /** The host keeps several editions of the answer, chosen by these words behind the address: `early` → `update=early`; `number` is followed by a number. */
  readonly editions?: { readonly early: string; readonly standard: string; readonly number: string }
  /** Paths of answers that are the same for everybody, with `{fmspc}` or `{product}` for what somebody has to choose: what a snapshot holds. */
  readonly common?: readonly string[]
  /** Answers subscribers only: the address is shown, and never asked without their key. */
  readonly needsKey?: true
}
