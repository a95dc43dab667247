import type { Locale } from '../../src/core/saying.ts'
import type { LinkFault, LinkFile } from '../../src/engine/link.ts'
import { caseFile, type CaseFile } from '../case/files.ts'
import type { Arrival } from './arrivals.ts'

/** A link once read: bytes as files, the rest as an arrival that waits for consent. */
export type ReadLink =
  | { readonly fault: LinkFault }
  | {
      readonly fault?: undefined
      readonly files: readonly CaseFile[]
      readonly sample: string | null
      readonly locale: Locale | null
      readonly arrival: Arrival
    }

/** The code for a link is loaded only when there is one. */
export const loadReader = () =>
  Promise.all([import('../../src/engine/link.ts'), import('../../src/engine/link-dictionary.ts')])

/** Reads a link. */
export async function readLinkText(link: string): Promise<ReadLink> {
  const [{ readLink }, { linkDictionary }] = await loadReader()
  const { state, fault } = readLink(link, linkDictionary)
  if (!state) return { fault }
  const { selection, sample } = state
  return {
    files: await Promise.all(state.files.map((file) => caseFile(asDropped(file)))),
    sample: sample ? `${sample.scheme}/${sample.id}` : null,
    locale: state.locale ?? null,
    arrival: {
      from: 'link',
      link,
      at: state.at ?? null,
      policy: state.policy ?? null,
      left: state.left,
      record: null,
      place: { panel: state.panel ?? null, field: selection ? `${selection.artifact}:${selection.path}` : null },
    },
  }
}

/** What came from outside can never claim to be part of this page. */
function asDropped(file: LinkFile) {
  return {
    name: file.name,
    bytes: file.bytes,
    ...(file.origin === 'fetched' ? { origin: 'fetched' as const } : {}),
    ...(file.readAs === undefined ? {} : { readAs: file.readAs }),
  }
}

/** The link in a pasted or typed address; undefined when there is none. */
export function linkIn(text: string): string | undefined {
  return /^\s*(?:https?:\/\/|file:\/\/)[^\s#]*#(?:[^\s#]*&)?link=([A-Za-z0-9._-]+)[^\s]*\s*$/.exec(text)?.[1]
}
