import type { ByteRange } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { Cite, Finding } from '../../../core/verdict.ts'
import type { PreparedNitro } from '../prepare.ts'

/** AWS' description of the process, where the rules stand. */
export const SPEC = (section: string) => ({
  title: 'AWS Nitro Enclaves attestation process',
  section,
  url: 'https://github.com/aws/aws-nitro-enclaves-nsm-api/blob/main/docs/attestation_process.md',
})

/** RFC 9052. */
export const COSE = (section: string) => ({ title: 'RFC 9052', section, url: 'https://www.rfc-editor.org/rfc/rfc9052' })

/** RFC 8949. */
export const CBOR = (section: string) => ({ title: 'RFC 8949', section, url: 'https://www.rfc-editor.org/rfc/rfc8949' })

/** Points at bytes of the document. */
export function cite(prepared: PreparedNitro, path: string, ...ranges: readonly (ByteRange | undefined)[]): Cite[] {
  const known = ranges.flatMap((range) => range ?? [])
  return known.length === 0 ? [] : [{ artifact: prepared.artifact, path, ranges: known }]
}

/** The document is not whole enough to look at this. */
export function unreadable(): Finding {
  return { outcome: 'not-checked', because: say('nitro.unreadable'), cites: [] }
}
