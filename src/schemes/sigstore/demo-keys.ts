import keys from './demo-keys.json'

/** Keys that sign the demonstration’s TUF metadata. */
export type TufKey = 'tuf1' | 'tuf2' | 'tuf3' | 'tuf4' | 'tufOnline'

/** Keys for demonstrations: public on purpose, good for nothing else. */
export const demoKeys: Readonly<
  Record<'root' | 'issuer' | 'signer' | 'log' | 'certificateLog' | 'other' | TufKey, JsonWebKey>
> = keys
