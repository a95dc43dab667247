import type { CollateralRule } from '../../core/collateral-rule.ts'

/** Google's list of keys that must no longer be relied on is one file for everybody. */
export const collateralUrls: readonly CollateralRule[] = [
  {
    host: 'android.googleapis.com',
    who: 'Google',
    method: 'GET',
    path: /^\/attestation\/status$/,
    reveals: 'reveals.device.nothing',
    common: ['/attestation/status'],
  },
]
