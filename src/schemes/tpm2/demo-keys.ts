import keys from './demo-keys.json'

/** An attestation key for demonstrations: public on purpose, good for nothing else. */
export const demoAk: JsonWebKey = keys.ak

/** A key that no report lists. */
export const foreignAk: JsonWebKey = keys.other
