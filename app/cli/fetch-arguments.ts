import type { Edition } from '../../src/engine/collateral-requests.ts'

/** How missing collateral is to be fetched. */
export interface FetchArguments {
  readonly isOffline: boolean
  readonly isRefreshed: boolean
  /** Nobody is asked first. */
  readonly yes: boolean
  /** Folder of kept answers; undefined: the usual one. */
  readonly cache: string | undefined
  readonly edition: Edition | undefined
  /** Host → address that stands in for it. */
  readonly mirrors: ReadonlyMap<string, string>
}

export const FETCH_FLAGS: readonly string[] = ['--offline', '--refresh', '--yes']
export const FETCH_OPTIONS: readonly string[] = ['--cache', '--update', '--mirror']

export const FETCH_USAGE = `  --yes               send without asking first (needed where there is no terminal)
  --offline           only what is kept from before; nothing is sent
  --refresh           ask even for what is kept
  --cache DIR         where answers are kept (default: ~/.cache/attestation-explorer)
  --update WHICH      Intel's edition: early, standard, or an evaluation number
  --mirror HOST=URL   ask URL instead of HOST: a PCCS, a KDS cache; may be repeated
HTTPS_PROXY and NO_PROXY are honoured. Whatever comes is verified like any other file.`

/** Reads them; a text says what is wrong. `given` holds the values of each option, in the order in which they were written. */
export function fetchArguments(
  flags: ReadonlySet<string>,
  given: ReadonlyMap<string, readonly string[]>,
): FetchArguments | string {
  const last = (name: string) => given.get(name)?.at(-1)
  const update = last('--update')
  const number = update !== undefined && /^[0-9]{1,4}$/.test(update) ? Number(update) : undefined
  if (update !== undefined && update !== 'early' && update !== 'standard' && number === undefined)
    return '--update takes early, standard or an evaluation number'
  const mirrors = new Map<string, string>()
  for (const word of given.get('--mirror') ?? []) {
    const [, host, url] = /^([a-z0-9.-]+)=(https?:\/\/[^\s?#@]+)$/.exec(word) ?? []
    if (host === undefined || url === undefined || !URL.canParse(url))
      return '--mirror takes HOST=URL, like api.trustedservices.intel.com=https://pccs.example:8081'
    mirrors.set(host, url)
  }
  if (flags.has('--offline') && flags.has('--refresh')) return '--offline and --refresh exclude each other'
  return {
    isOffline: flags.has('--offline'),
    isRefreshed: flags.has('--refresh'),
    yes: flags.has('--yes'),
    cache: last('--cache'),
    edition: number ?? (update === 'early' || update === 'standard' ? update : undefined),
    mirrors,
  }
}
