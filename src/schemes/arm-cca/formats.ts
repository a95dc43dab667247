/** Ids of the formats. In a file of their own: the first view needs them, and nothing else of the scheme. */
export const FORMATS = {
  token: 'cca.token',
  platform: 'cca.platform-token',
  realm: 'cca.realm-token',
  virt: 'cca.virtcca-token',
  virtEvidence: 'cca.virtcca-evidence',
  claims: 'cca.platform-claims',
  claimsJson: 'cca.claims-json',
} as const

export const KEY_PLATFORM = 44234
export const KEY_REALM = 44241
