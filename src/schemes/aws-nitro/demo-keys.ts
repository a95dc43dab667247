import keys from './demo-keys.json'

/** Keys for demonstrations: public on purpose, good for nothing else. */
export const demoKeys: {
  readonly root: JsonWebKey
  readonly region: JsonWebKey
  readonly instance: JsonWebKey
  readonly leaf: JsonWebKey
} = keys
