import type { CollateralRule } from '../../core/collateral-rule.ts'

const keys = (host: string, who: string, path = /^\/certs$/): CollateralRule => ({
  host,
  who,
  method: 'GET',
  path,
  reveals: 'reveals.token.issuer',
})

/** Where the services that sign tokens publish their keys. */
export const collateralUrls: readonly CollateralRule[] = [
  keys('*.attest.azure.net', 'Microsoft'),
  keys('*.attest.azure.us', 'Microsoft'),
  keys('*.attest.azure.cn', 'Microsoft'),
  keys('confidentialcomputing.googleapis.com', 'Google', /^\/\.well-known\/openid-configuration$/),
  keys('*.trustauthority.intel.com', 'Intel'),
  keys('*.project-amber-smas.com', 'Intel'),
]
