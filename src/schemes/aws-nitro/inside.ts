import type { Mark } from '../../core/scheme.ts'
import { ES384, signedMarks } from '../../envelope/cose-mark.ts'

/** COSE messages signed with ES384: what a document is. */
export const marks: readonly Mark[] = signedMarks(ES384)
