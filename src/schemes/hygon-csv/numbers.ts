/** Numbers of the formats that detectors need too: kept apart from the layouts, which are loaded later. */

/** What a key is for. */
export const USAGE: Readonly<Record<number, string>> = {
  0x0000: 'HRK',
  0x0013: 'HSK',
  0x1000: 'none',
  0x1001: 'OCA',
  0x1002: 'PEK',
  0x1003: 'PDH',
  0x1004: 'CEK',
}
export const HRK = 0x0000
export const HSK = 0x0013
export const NO_USAGE = 0x1000
export const OCA = 0x1001
export const PEK = 0x1002
export const PDH = 0x1003
export const CEK = 0x1004

export const SM2_SIGN = 4

export const CURVE_SM2 = 3

/** Bytes of a number: 32 least significant first, then zeros. */
export const NUMBER = 72

/** Sizes of what is written without a length. */
export const SIZE = { ca: 832, certificate: 2084, v1: 2548, v2: 3380, page: 4096, dcu: 396, dcuResponse: 428 } as const
/** Where version 1 keeps its mask number, and where the tail of either version begins. */
export const ANONCE_AT = 188
export const V1_TAIL_AT = 336
export const V2_TAIL_AT = 1168
/** Bytes that the signature of a report covers. */
export const SIGNED = { v1: 180, v2: 1024, dcu: 252, ca: 576, certificate: 1044 } as const
