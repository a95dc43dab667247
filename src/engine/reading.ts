import { fromHex as bytesOfHex, toHex as hexOf } from '../bytes/layout.ts'
import type { Slice } from '../core/place.ts'
import { readPem as pemOf, type PemReading } from '../envelope/pem.ts'
import { readCertificate as certificateOf } from '../pki/certificate.ts'
import type { Certificate } from '../pki/types.ts'

/** The few readers that the page uses itself, handed out so that it sees the engine and no room behind it. */

/** Lower-case hex without `0x`. */
export const toHex = (bytes: Uint8Array): string => hexOf(bytes)

/** Bytes of whole hex; undefined for anything else. */
export const fromHex = (text: string): Uint8Array | undefined => bytesOfHex(text)

/** PEM blocks of a text. */
export const readPem = (slice: Slice, path: string): PemReading => pemOf(slice, path)

/** A certificate, strictly read; undefined when the bytes are none. */
export const readCertificate = (slice: Slice): Certificate | undefined => certificateOf(slice)
