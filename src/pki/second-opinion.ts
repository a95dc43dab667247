import type { Certificate as PkijsCertificate, CryptoEngine as PkijsCryptoEngine } from 'pkijs'
import { extensionLines } from './second-opinion-lines.ts'

type PkijsCrypto = ConstructorParameters<typeof PkijsCryptoEngine>[0]['crypto']

/** What an independent library says about one certificate. Shown beside ours; it never decides. */
export interface SecondOpinion {
  readonly library: string
  readonly signature: 'agrees' | 'disagrees' | 'not-checked'
  /** The library's own words, when it has any. */
  readonly note: string
  /** `lines`: one statement each, indented as they nest; `text`: the same on one line. */
  readonly extensions: readonly {
    readonly oid: string
    readonly name: string
    readonly critical: boolean
    readonly text: string
    readonly lines: readonly string[]
  }[]
}

const LIBRARY = 'pkijs 4.0.0'
const LONGEST = 4096

/**
 * Parses the certificate with pkijs and verifies its signature by the issuer's key. Loaded only when somebody opens a certificate.
 * `agrees`: pkijs finds the signature good; `disagrees`: it finds it wrong. Whatever it cannot do is `not-checked`, with what it said. Never throws.
 */
export async function secondOpinion(certificate: Uint8Array, issuer: Uint8Array | undefined): Promise<SecondOpinion> {
  try {
    const { Certificate, CryptoEngine, setEngine } = await import('pkijs')
    setEngine('webcrypto', new CryptoEngine({ name: 'webcrypto', crypto: webCrypto() }))
    const subject = Certificate.fromBER(copy(certificate))
    const extensions = extensionTexts(subject)
    if (issuer === undefined) return { library: LIBRARY, signature: 'not-checked', note: '', extensions }
    try {
      const holds = await subject.verify(Certificate.fromBER(copy(issuer)))
      return { library: LIBRARY, signature: holds ? 'agrees' : 'disagrees', note: '', extensions }
    } catch (thrown) {
      return { library: LIBRARY, signature: 'not-checked', note: messageOf(thrown), extensions }
    }
  } catch (thrown) {
    return { library: LIBRARY, signature: 'not-checked', note: messageOf(thrown), extensions: [] }
  }
}

// The library is typed against the DOM's own Crypto, of which the engine knows only a part; what it uses is there.
function webCrypto(): PkijsCrypto {
  return crypto as unknown as PkijsCrypto
}

function copy(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}

function messageOf(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 300)
}

function extensionTexts(certificate: PkijsCertificate): SecondOpinion['extensions'] {
  return (certificate.extensions ?? []).slice(0, 100).map((extension) => {
    const lines = linesOf(extension.extnID, extension.parsedValue)
    return {
      oid: extension.extnID,
      name: nameOf(extension.parsedValue),
      critical: extension.critical,
      lines,
      text: lines
        .map((line) => line.trim())
        .join(' · ')
        .slice(0, LONGEST),
    }
  })
}

function nameOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'className' in value && typeof value.className === 'string'
    ? value.className
    : ''
}

// Its own JSON form as lines, each cut to what fits a panel.
function linesOf(oid: string, value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null || !('toJSON' in value) || typeof value.toJSON !== 'function')
    return []
  try {
    return extensionLines(oid, JSON.parse(JSON.stringify(value))).map((line) => line.slice(0, LONGEST))
  } catch {
    return []
  }
}
