import type { CollateralRule } from '../../core/collateral-rule.ts'

/** "VCEK certificate and KDS interface specification" (AMD 57230), section 4. */
const KDS = { host: 'kdsintf.amd.com', who: 'AMD', method: 'GET' } as const

/** Whom AMD's certificates and lists are asked of. The chip's id names one chip, not a kind of chip. */
export const collateralUrls: readonly CollateralRule[] = [
  {
    ...KDS,
    path: /^\/vcek\/v1\/(?:Milan|Genoa)\/(?<chip>[0-9a-f]{16})[0-9a-f]{112}\?blSPL=\d{2,3}&teeSPL=\d{2,3}&snpSPL=\d{2,3}&ucodeSPL=\d{2,3}$/,
    reveals: 'reveals.snp.chip',
  },
  {
    ...KDS,
    path: /^\/vcek\/v1\/Turin\/(?<chip>[0-9a-f]{16})\?fmcSPL=\d{2,3}&blSPL=\d{2,3}&teeSPL=\d{2,3}&snpSPL=\d{2,3}&ucodeSPL=\d{2,3}$/,
    reveals: 'reveals.snp.chip',
  },
  {
    ...KDS,
    path: /^\/(?:vcek|vlek)\/v1\/(?<product>Milan|Genoa|Turin)\/(?:cert_chain|crl)$/,
    reveals: 'reveals.snp.product',
    common: [
      '/vcek/v1/{product}/cert_chain',
      '/vcek/v1/{product}/crl',
      '/vlek/v1/{product}/cert_chain',
      '/vlek/v1/{product}/crl',
    ],
  },
]
