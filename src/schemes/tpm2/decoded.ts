import type { Slice } from '../../core/place.ts'
import type { HashName } from '../../crypto/types.ts'
import { ALGORITHM, type Attest, type Signature } from './layout.ts'

export const FORMATS = {
  quote: 'tpm2.quote',
  response: 'tpm2.quote-response',
  signature: 'tpm2.signature',
  pcrs: 'tpm2.pcr-values',
  pcrFile: 'tpm2.pcr-file',
  pcrMap: 'tpm2.pcr-map',
  keylime: 'tpm2.keylime-quote',
  hygon: 'tpm2.hygon-evidence',
  toolOutput: 'tpm2.tool-output',
  publicKey: 'tpm2.public-key',
  attestation: 'tpm2.attestation-message',
} as const

/** A TPMS_ATTEST; `attest` is undefined when the bytes end too early. */
export interface DecodedQuote {
  readonly slice: Slice
  readonly attest: Attest | undefined
  /** The bytes that are signed: the structure without a length in front. */
  readonly signed: Slice | undefined
  readonly trailing: Slice
  /** The length in front, where there is one. */
  readonly statedSize: number | undefined
  /** Values of the PCRs as its container gave them, one after another: what its registers are read from. */
  readonly pcrs?: Uint8Array | undefined
  /** It was found in the middle of other bytes, and nothing says where it ends: what follows need not be its own. */
  readonly isOpenEnded: boolean
}

/** A signature with its algorithm, or bare bytes whose algorithm nothing says. */
export interface DecodedSignature {
  readonly structure: Signature | undefined
  readonly bare: Slice | undefined
}

export interface DecodedPcrs {
  readonly slice: Slice
  /** Bytes of a value, where the file holds all of one bank. */
  readonly bankSize?: number
}

const HASHES: readonly HashName[] = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512', 'SM3']

/** The digest that an algorithm number stands for. */
export function hashOf(algorithm: number): HashName | undefined {
  return HASHES.find((name) => name === ALGORITHM[algorithm])
}

/** Bytes of a digest. */
export function digestSize(hash: HashName): number {
  switch (hash) {
    case 'SHA-1':
      return 20
    case 'SHA-256':
    case 'SM3':
      return 32
    case 'SHA-384':
      return 48
    case 'SHA-512':
      return 64
  }
}
