import type { Slice } from '../core/place.ts'
import { readPem as pemOf, type PemReading } from '../envelope/pem.ts'
import { readCertificate as certificateOf } from '../pki/certificate.ts'
import type { Certificate } from '../pki/types.ts'

/** The few readers that the page uses itself, handed out so that it sees the engine and no room behind it. */

/** PEM blocks of a text. */
export const readPem = (slice: Slice, path: string): PemReading => pemOf(slice, path)

/** A certificate, strictly read; undefined when the bytes are none. */
export const readCertificate = (slice: Slice): Certificate | undefined => certificateOf(slice)
