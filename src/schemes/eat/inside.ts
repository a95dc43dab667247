import type { Mark } from '../../core/scheme.ts'
import { EDDSA, ES256, ES384, ES512, signedMarks } from '../../envelope/cose-mark.ts'

/** Signed claims of any profile: PSA's and others' too. */
export const marks: readonly Mark[] = [ES256, ES384, ES512, EDDSA].flatMap(signedMarks)
