import type { ByteRange } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { Cite, Finding } from '../../../core/verdict.ts'
import { citeBytes } from '../../../envelope/cose-questions.ts'
import type { PreparedCwt } from '../prepare.ts'

export const EAT = (section: string) => ({ title: 'RFC 9711', section, url: 'https://www.rfc-editor.org/rfc/rfc9711' })
export const CWT = (section: string) => ({ title: 'RFC 8392', section, url: 'https://www.rfc-editor.org/rfc/rfc8392' })
/** Points at bytes of the token. */
export function cite(prepared: PreparedCwt, path: string, ...ranges: readonly (ByteRange | undefined)[]): Cite[] {
  return citeBytes(prepared.artifact, path, ...ranges)
}

/** The token is not whole enough to look at this. */
export function unreadable(): Finding {
  return { outcome: 'not-checked', because: say('eat.unreadable'), cites: [] }
}
