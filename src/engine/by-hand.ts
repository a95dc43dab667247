import type { HandCheck, HandPlace } from '../core/verdict.ts'
import { joinBytes } from '../bytes/join.ts'
import { fromHex } from '../bytes/layout.ts'
import { p1363ToDer } from '../crypto/ecdsa-der.ts'
import { toBase64 } from '../envelope/base64.ts'

/** What the commands need to know of the case. */
export interface HandBytes {
  /** The bytes of a place; undefined where they cannot be shown. */
  read(place: HandPlace): Uint8Array | undefined
  /** Name of the file whose own bytes these are, quoted for a shell; undefined for bytes that were decoded from a file. */
  fileOf(place: HandPlace): string | undefined
}

/** Commands for a POSIX shell with OpenSSL, and what they show. */
export interface ByHand {
  /** One command a line. */
  readonly command: string
  /** What the last command prints where the check holds. */
  readonly prints: string
  /** The bytes that are hashed. */
  readonly content: Uint8Array
}

/** Most bytes that are written into a command; a file's own bytes are cut out of the file instead. */
const MOST_INLINE = 8192

/** The computation of a check as commands; undefined where its bytes cannot be handed over that way. */
export function byHand(check: HandCheck, bytes: HandBytes): ByHand | undefined {
  const places = check.kind === 'signature' ? check.signed : check.of
  const parts = places.map((place) => bytes.read(place))
  const content = joined(parts)
  const cut = content && cutOut(places, bytes, content)
  if (!content || cut === undefined) return undefined
  if (check.kind === 'digest') {
    const hash = OPENSSL[check.hash]
    return hash === undefined ? undefined : { command: `${cut} | openssl dgst -${hash}`, prints: check.equals, content }
  }
  const verify = verifyCommand(check)
  if (!verify) return undefined
  const { algorithm } = check
  const raw = fromHex(check.signature)
  const key = fromHex(check.key)
  if (!raw || !key) return undefined
  const isPair = (algorithm.kind === 'ecdsa' || algorithm.kind === 'sm2') && algorithm.form === 'p1363'
  const signature = isPair ? p1363ToDer(raw) : raw
  return {
    command: [
      `${cut} > signed.bin`,
      `${decoded(key)} | openssl pkey -pubin -inform DER -out key.pem`,
      `${decoded(signature)} > signature.bin`,
      verify,
    ].join('\n'),
    prints: algorithm.kind === 'ed25519' ? 'Signature Verified Successfully' : 'Verified OK',
    content,
  }
}

const OPENSSL: Readonly<Record<string, string>> = {
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
  SM3: 'sm3',
}

function verifyCommand({ algorithm }: Extract<HandCheck, { kind: 'signature' }>): string | undefined {
  if (algorithm.kind === 'ed25519')
    return 'openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in signed.bin -sigfile signature.bin'
  const hash = algorithm.kind === 'sm2' ? 'sm3' : OPENSSL[algorithm.hash ?? '']
  if (hash === undefined) return undefined
  const options =
    algorithm.kind === 'rsa-pss'
      ? ` -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:${algorithm.saltLength ?? 'auto'}`
      : algorithm.kind === 'sm2'
        ? ` -sigopt distid:${new TextDecoder().decode(algorithm.userId)}`
        : ''
  return `openssl dgst -${hash}${options} -verify key.pem -signature signature.bin signed.bin`
}

/** A command that prints these bytes. */
function cutOut(places: readonly HandPlace[], bytes: HandBytes, content: Uint8Array): string | undefined {
  const files = places.map((place) => bytes.fileOf(place))
  if (places.length > 0 && files.every((file) => file !== undefined)) {
    const cuts = places.map(({ range }, index) => {
      const size = range.end - range.start
      return `tail -c +${range.start + 1} ${files[index] ?? ''} | head -c ${size}`
    })
    return cuts.length === 1 ? cuts[0] : `{ ${cuts.join('; ')}; }`
  }
  return content.length <= MOST_INLINE ? decoded(content) : undefined
}

/** A command that prints these bytes out of itself. */
function decoded(bytes: Uint8Array): string {
  return `echo ${toBase64(bytes)} | openssl base64 -d -A`
}

/** All parts one after the other; undefined where one is not here. */
function joined(parts: readonly (Uint8Array | undefined)[]): Uint8Array | undefined {
  const here = parts.filter((part) => part !== undefined)
  return here.length === parts.length ? joinBytes(here) : undefined
}
