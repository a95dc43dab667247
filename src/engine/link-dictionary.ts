import { bytesOf } from '../core/place.ts'
import { base64Text } from '../envelope/base64.ts'
import first from './link-dictionary-1.json'

/**
 * What links are compressed against, one dictionary per version of the link form, each frozen: another dictionary is another version.
 *
 * Version 1, least useful first (deflate reaches back 32 KiB): words of headers, tokens and JSON answers; TCB info and identities as the demonstration attester writes
 * them; an SNP report's fixed bytes; a Nitro document's frame, its certificates' names, AWS's root; AMD's intermediates and roots (Turin, Genoa, Milan); frames of
 * Intel's revocation lists; Intel's TCB signing certificates; the demonstration authorities; a quote's fixed bytes; frames of PCK certificates under each authority, the
 * two authorities, Intel's root.
 * Certificates are the vendors' published ones. Frames have the vendors' names and zeros for everything that belongs to one machine.
 */
const BASE64: Readonly<Record<number, readonly string[]>> = { 1: first.base64 }

const read = new Map<number, Uint8Array>()

/** The dictionary of a version; empty for a version that does not exist. */
export function linkDictionary(version: number): Uint8Array {
  const known = read.get(version)
  if (known) return known
  const decoded = base64Text((BASE64[version] ?? []).join(''))
  const bytes = decoded ? bytesOf(decoded.slice).slice() : new Uint8Array()
  read.set(version, bytes)
  return bytes
}
