import type { CollateralRule } from '../../core/collateral-rule.ts'

/** "Intel SGX and TDX Provisioning Certification Service API", version 4; the older version 3 is left out. */
const PCS = { host: 'api.trustedservices.intel.com', who: 'Intel', method: 'GET' } as const

const EDITIONS = { early: 'update=early', standard: 'update=standard', number: 'tcbEvaluationDataNumber=' } as const
const EDITION = '(?:[?&](?:update=(?:early|standard)|tcbEvaluationDataNumber=[0-9]{1,4}))?'

/** Whom Intel's collateral is asked of, and what each address gives away. */
export const collateralUrls: readonly CollateralRule[] = [
  {
    ...PCS,
    path: new RegExp(`^/(?:sgx|tdx)/certification/v4/tcb\\?fmspc=(?<fmspc>[0-9a-f]{12})${EDITION}$`),
    reveals: 'reveals.intel.fmspc',
    editions: EDITIONS,
    common: ['/tdx/certification/v4/tcb?fmspc={fmspc}', '/sgx/certification/v4/tcb?fmspc={fmspc}'],
  },
  {
    ...PCS,
    path: new RegExp(`^/(?:sgx|tdx)/certification/v4/qe/identity${EDITION}$`),
    reveals: 'reveals.intel.nothing',
    editions: EDITIONS,
    common: ['/tdx/certification/v4/qe/identity', '/sgx/certification/v4/qe/identity'],
  },
  {
    ...PCS,
    path: /^\/sgx\/certification\/v4\/pckcrl\?ca=(?:processor|platform)&encoding=der$/,
    reveals: 'reveals.intel.nothing',
    common: [
      '/sgx/certification/v4/pckcrl?ca=platform&encoding=der',
      '/sgx/certification/v4/pckcrl?ca=processor&encoding=der',
    ],
  },
  {
    ...PCS,
    path: /^\/sgx\/certification\/v4\/pckcert\?encrypted_ppid=[0-9a-f]{768}&cpusvn=(?<cpusvn>[0-9a-f]{32})&pcesvn=[0-9a-f]{4}&pceid=[0-9a-f]{4}$/,
    reveals: 'reveals.intel.ppid',
    needsKey: true,
  },
  {
    ...PCS,
    host: 'certificates.trustedservices.intel.com',
    path: /^\/IntelSGXRootCA\.der$/,
    reveals: 'reveals.intel.nothing',
    common: ['/IntelSGXRootCA.der'],
  },
]
