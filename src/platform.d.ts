/**
 * All that the engine may use of the platform it runs on: what browsers, workers and Node 20 have in common.
 * Each declaration is narrower than the DOM's own, so code that compiles here compiles in the app too.
 * No fetch, no timers, no storage, no console: they are left out on purpose.
 */

type BufferSource = ArrayBuffer | ArrayBufferView<ArrayBuffer>

interface CryptoKey {
  readonly type: 'public' | 'private' | 'secret'
  readonly extractable: boolean
  readonly algorithm: { readonly name: string }
  readonly usages: KeyUsage[]
}

type KeyUsage = 'encrypt' | 'decrypt' | 'sign' | 'verify' | 'deriveKey' | 'deriveBits' | 'wrapKey' | 'unwrapKey'

interface JsonWebKey {
  kty?: string
  crv?: string
  alg?: string
  use?: string
  key_ops?: string[]
  ext?: boolean
  x?: string
  y?: string
  n?: string
  e?: string
  d?: string
  p?: string
  q?: string
  dp?: string
  dq?: string
  qi?: string
  k?: string
}

interface CryptoKeyPair {
  readonly publicKey: CryptoKey
  readonly privateKey: CryptoKey
}

interface RsaHashedImportParams {
  name: string
  hash: string | { name: string }
}
interface EcKeyImportParams {
  name: string
  namedCurve: string
}
interface HmacImportParams {
  name: string
  hash: string | { name: string }
  length?: number
}
interface EcdsaParams {
  name: string
  hash: string | { name: string }
}
interface RsaPssParams {
  name: string
  saltLength: number
}
interface Algorithm {
  name: string
}

interface SubtleCrypto {
  digest(algorithm: string | Algorithm, data: BufferSource): Promise<ArrayBuffer>
  importKey(
    format: 'raw' | 'spki' | 'pkcs8',
    keyData: BufferSource,
    algorithm: string | Algorithm | RsaHashedImportParams | EcKeyImportParams | HmacImportParams,
    extractable: boolean,
    keyUsages: readonly KeyUsage[],
  ): Promise<CryptoKey>
  importKey(
    format: 'jwk',
    keyData: JsonWebKey,
    algorithm: string | Algorithm | RsaHashedImportParams | EcKeyImportParams | HmacImportParams,
    extractable: boolean,
    keyUsages: readonly KeyUsage[],
  ): Promise<CryptoKey>
  exportKey(format: 'raw' | 'spki' | 'pkcs8', key: CryptoKey): Promise<ArrayBuffer>
  exportKey(format: 'jwk', key: CryptoKey): Promise<JsonWebKey>
  verify(
    algorithm: string | Algorithm | EcdsaParams | RsaPssParams,
    key: CryptoKey,
    signature: BufferSource,
    data: BufferSource,
  ): Promise<boolean>
  sign(
    algorithm: string | Algorithm | EcdsaParams | RsaPssParams,
    key: CryptoKey,
    data: BufferSource,
  ): Promise<ArrayBuffer>
}

/** `subtle` is missing on a page served over plain http from another machine: ask before use. */
declare const crypto: {
  readonly subtle: SubtleCrypto
  getRandomValues<T extends Uint8Array<ArrayBuffer>>(array: T): T
}

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>
  encodeInto(input: string, into: Uint8Array): { readonly read: number; readonly written: number }
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  readonly encoding: string
  decode(input?: ArrayBufferLike | ArrayBufferView, options?: { stream?: boolean }): string
}

declare class URL {
  constructor(url: string, base?: string)
  static canParse(url: string, base?: string): boolean
  readonly href: string
  readonly origin: string
  readonly protocol: string
  readonly username: string
  readonly password: string
  readonly host: string
  readonly hostname: string
  readonly port: string
  readonly pathname: string
  readonly search: string
  readonly hash: string
  readonly searchParams: URLSearchParams
  toString(): string
}

declare class URLSearchParams {
  constructor(init?: string | string[][] | Record<string, string>)
  get(name: string): string | null
  getAll(name: string): string[]
  has(name: string): boolean
  forEach(callback: (value: string, key: string) => void): void
  toString(): string
}

declare function structuredClone<T>(value: T): T

/** For engine/worker.ts alone: the door between a worker and its page. */
declare function postMessage(message: unknown, options?: { transfer?: ArrayBuffer[] }): void
declare function addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void

interface ImportMeta {
  readonly url: string
  /** Replaced by Vite when building, testing and making the command line; never seen at run time. */
  glob<M>(pattern: string | string[]): Record<string, () => Promise<M>>
  glob<M>(pattern: string | string[], options: { eager: true; import?: string; query?: string }): Record<string, M>
  glob<M>(
    pattern: string | string[],
    options: { eager?: false; import?: string; query?: string },
  ): Record<string, () => Promise<M>>
}
