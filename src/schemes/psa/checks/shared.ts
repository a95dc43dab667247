import type { ByteRange } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { Cite, Finding } from '../../../core/verdict.ts'
import { citeBytes } from '../../../envelope/cose-questions.ts'
import type { PreparedPsa } from '../prepare.ts'

export const RFC9783 = (section: string) => ({
  title: 'RFC 9783',
  section,
  url: 'https://www.rfc-editor.org/rfc/rfc9783',
})
/** Points at bytes of the token. */
export function cite(prepared: PreparedPsa, path: string, ...ranges: readonly (ByteRange | undefined)[]): Cite[] {
  return citeBytes(prepared.artifact, path, ...ranges)
}

/** The token is not whole enough to look at this. */
export function unreadable(): Finding {
  return { outcome: 'not-checked', because: say('psa.unreadable'), cites: [] }
}
