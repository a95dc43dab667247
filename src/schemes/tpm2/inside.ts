import type { Mark } from '../../core/scheme.ts'
import { findText } from '../../envelope/characters.ts'
import { ALGORITHM, attest, signature, TPM_GENERATED } from './layout.ts'
import { endOfPublic } from './public-extent.ts'

const MAGIC = [24, 16, 8, 0].map((shift) => (TPM_GENERATED >>> shift) & 255)

/** What a TPM signs begins with a value that nothing else may begin with. */
const statement: Mark = {
  bytes: MAGIC,
  behind: 0,
  end(slice) {
    const { value, end } = attest.read(slice, '')
    // Other statements than quotes are not read to their end: the next one ends them.
    if (value?.attested.quote) return end
    const next = findText(slice.bytes, slice.start + 1, slice.end, String.fromCharCode(...MAGIC))
    return next < 0 ? slice.end : next
  },
}

/** Signature scheme, hash, and a signature that is no longer than the largest key. */
const SCHEMES = [0x14, 0x16, 0x18] as const
const HASHES = [0x04, 0x0b, 0x0c, 0x0d] as const
const signatures: readonly Mark[] = SCHEMES.flatMap((scheme) =>
  HASHES.map((hash): Mark => ({
    bytes: [0, scheme, 0, hash],
    behind: 0,
    end(slice) {
      const { value, end } = signature.read(slice, '')
      return value && end - slice.start >= 64 ? end : undefined
    },
  })),
)

/** Public areas: RSA or elliptic, and the hash of their names. */
const keys: readonly Mark[] = [0x01, 0x23].flatMap((type) =>
  Object.keys(ALGORITHM)
    .map(Number)
    .filter((hash) => hash === 0x0b || hash === 0x0c)
    .map((hash): Mark => ({
      bytes: [0, type, 0, hash],
      behind: 0,
      isMinor: true,
      end(slice) {
        const end = endOfPublic(slice, slice.start)
        return end !== undefined && end <= slice.end ? end : undefined
      },
    })),
)

export const marks: readonly Mark[] = [statement, ...signatures, ...keys]
