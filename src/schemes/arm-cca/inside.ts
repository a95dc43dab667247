import type { Mark } from '../../core/scheme.ts'
import { cborEnd } from '../../bytes/extent.ts'

/** Tags 399 and 907 around a map of one or two entries, whose first key is one of the tokens' (44234, 44241). */
export const marks: readonly Mark[] = [
  [0xd9, 0x01, 0x8f],
  [0xd9, 0x03, 0x8b],
].flatMap((tag) => [0xa1, 0xa2].map((map): Mark => ({ bytes: [...tag, map, 0x19, 0xac], behind: 0, end: cborEnd })))
