import type { ByteRange } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { Cite, Finding } from '../../../core/verdict.ts'
import { citeBytes } from '../../../envelope/cose-questions.ts'
import type { PreparedNitro } from '../prepare.ts'

/** AWS' description of the process, where the rules stand. */
export const SPEC = (section: string) => ({
  title: 'AWS Nitro Enclaves attestation process',
  section,
  url: 'https://github.com/aws/aws-nitro-enclaves-nsm-api/blob/main/docs/attestation_process.md',
})

/** Points at bytes of the document. */
export function cite(prepared: PreparedNitro, path: string, ...ranges: readonly (ByteRange | undefined)[]): Cite[] {
  return citeBytes(prepared.artifact, path, ...ranges)
}

/** The document is not whole enough to look at this. */
export function unreadable(): Finding {
  return { outcome: 'not-checked', because: say('nitro.unreadable'), cites: [] }
}
