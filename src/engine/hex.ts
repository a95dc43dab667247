import { fromHex as bytesOfHex, toHex as hexOf } from '../bytes/layout.ts'

/** Hex as the page writes and reads it, apart from the readers of certificates: the first screen needs the one and not the other. */

/** Lower-case hex without `0x`. */
export const toHex = (bytes: Uint8Array): string => hexOf(bytes)

/** Bytes of whole hex; undefined for anything else. */
export const fromHex = (text: string): Uint8Array | undefined => bytesOfHex(text)
