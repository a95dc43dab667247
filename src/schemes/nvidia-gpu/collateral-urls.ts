import type { CollateralRule } from '../../core/collateral-rule.ts'

/** NVIDIA's services: manifests by name, revocation by serial number, and the keys of the service that signs replies. */
export const collateralUrls: readonly CollateralRule[] = [
  {
    host: 'rim.attestation.nvidia.com',
    who: 'NVIDIA',
    method: 'GET',
    path: /^\/v1\/rim\/(?<id>(?:NV|GR\d{3})_[A-Za-z0-9_.-]{1,120})$/,
    reveals: 'reveals.nvidia.rim',
  },
  {
    host: 'ocsp.ndis.nvidia.com',
    who: 'NVIDIA',
    method: 'POST',
    path: /^\/$/,
    posts: 'application/ocsp-request',
    reveals: 'reveals.nvidia.serial',
  },
  {
    host: 'nras.attestation.nvidia.com',
    who: 'NVIDIA',
    method: 'GET',
    path: /^\/\.well-known\/jwks\.json$/,
    reveals: 'reveals.nvidia.nothing',
    common: ['/.well-known/jwks.json'],
  },
]
