import type { CollateralRule } from '../../core/collateral-rule.ts'

/** Hygon's certificate server gives the two certificates of one chip by the number that the chip prints in its reports. */
export const collateralUrls: readonly CollateralRule[] = [
  {
    host: 'cert.hygon.cn',
    who: 'Hygon',
    method: 'GET',
    path: /^\/hsk_cek\?snumber=(?<chip>[A-Za-z0-9]{4,32})$/,
    reveals: 'reveals.csv.chip',
  },
]
