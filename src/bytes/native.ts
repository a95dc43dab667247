/** Codecs that newer platforms have built in, strict as their standard has them. Where one is missing, our own loops serve; both are tested to agree. */
export interface NativeCodecs {
  readonly toHex?: (this: Uint8Array) => string
  /** Digits only, an even number; throws otherwise. */
  readonly fromHex?: (text: string) => Uint8Array
  /** White space may stand anywhere; with `strict`, whole groups and zero spare bits; throws otherwise. */
  readonly fromBase64?: (
    text: string,
    options: { readonly alphabet: 'base64'; readonly lastChunkHandling: 'strict' },
  ) => Uint8Array
}

// The types of ES2023 do not know them yet.
const statics = Uint8Array as Pick<NativeCodecs, 'fromHex' | 'fromBase64'>

/** What this platform has. A test may put something else in its place. */
export const native: { -readonly [N in keyof NativeCodecs]: NativeCodecs[N] | undefined } = {
  toHex: (Uint8Array.prototype as Pick<NativeCodecs, 'toHex'>).toHex,
  fromHex: statics.fromHex?.bind(Uint8Array),
  fromBase64: statics.fromBase64?.bind(Uint8Array),
}
