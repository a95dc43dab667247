import keys from './demo-keys.json'

/** Keys for demonstrations: public on purpose, good for nothing else. */
export const demoKeys: Readonly<Record<'signer' | 'other', JsonWebKey>> = keys
