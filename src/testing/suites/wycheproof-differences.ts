import type { Differences } from './compare.ts'

/** There is none: every signature that a vector calls valid or invalid, over a key and a hash that are known here, is judged alike. */
export const WYCHEPROOF_DIFFERENCES: Differences = {}
