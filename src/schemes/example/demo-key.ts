import type { TrustAnchor } from '../../core/scheme.ts'

/** A key for demonstrations: public on purpose, good for nothing else. */
export const demoKey: JsonWebKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'v2UO4nWDYi48LftG-WZo2GxCJdkrMK_tshisBPA05jg',
  y: 'Zxy6WkI8Ul09IMI-htfRkR4oCoBbqE87bQl7DWsB_SI',
  d: 'WNJuASWySUwKp8ejnAcnWu4ZbPwrPifcHjD92al9MCM',
}

/** The same key as the scheme's only anchor. */
export const demoAnchor: TrustAnchor = {
  subject: '',
  format: 'raw-key',
  purpose: 'evidence',
  holder: 'Example demonstration key',
  country: '',
  source: '',
  status: 'demonstration',
  spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEv2UO4nWDYi48LftG+WZo2GxCJdkrMK/tshisBPA05jhnHLpaQjxSXT0gwj6G19GRHigKgFuoTzttCXsNawH9Ig==',
  spkiSha256: '86147abdeea47cb46e26fe17f9f43bf270624541eee8b770f5c215a69107bdc7',
  sha256: '86147abdeea47cb46e26fe17f9f43bf270624541eee8b770f5c215a69107bdc7',
}
