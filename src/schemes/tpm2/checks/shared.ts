import type { Located } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { Cite, Finding } from '../../../core/verdict.ts'
import type { Attest } from '../layout.ts'
import type { PreparedQuote } from '../prepare.ts'

/** The specification that the checks point into. */
export const TPM = (section: string) => ({
  title: 'TPM 2.0 Library, part 2: Structures',
  section,
  url: 'https://trustedcomputinggroup.org/resource/tpm-library-specification/',
})

export function citesOf(
  { artifact }: PreparedQuote,
  ...fields: readonly Pick<Located<unknown>, 'path' | 'ranges'>[]
): Cite[] {
  return fields.map(({ path, ranges }) => ({ artifact, path, ranges }))
}

/** Runs a question that needs the whole structure. */
export function withAttest(
  ask: (attest: Attest, prepared: PreparedQuote) => Finding,
): (prepared: PreparedQuote) => Finding {
  return (prepared) =>
    prepared.decoded.attest
      ? ask(prepared.decoded.attest, prepared)
      : { outcome: 'not-checked', because: say('tpm.no-attest'), cites: [] }
}
