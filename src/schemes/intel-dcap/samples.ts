import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

/** Instant at which every sample is meant to be appraised: everything in it is in date then. */
const AT = '2026-06-15T12:00:00Z'

const sgx = 'intel.sgx-quote'
const tdx = 'intel.tdx-quote'

/** Written once by the attester under the demonstration root and kept: signatures differ each time they are made. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'tdx-up-to-date',
    title: 'sample.intel.tdx-up-to-date',
    short: 'sample.intel.tdx-up-to-date.short',
    at: AT,
    format: tdx,
    expect: 'S5',
    files: async () => filesOf((await import('./samples/tdx-up-to-date.json')).default),
  },
  {
    id: 'sgx-v3',
    title: 'sample.intel.sgx-v3',
    at: AT,
    format: sgx,
    expect: 'S5',
    files: async () => filesOf((await import('./samples/sgx-v3.json')).default),
  },
  {
    id: 'tdx-v5',
    title: 'sample.intel.tdx-v5',
    at: AT,
    format: tdx,
    expect: 'S5',
    files: async () => filesOf((await import('./samples/tdx-v5.json')).default),
  },
  {
    id: 'tdx-out-of-date',
    title: 'sample.intel.tdx-out-of-date',
    short: 'sample.intel.tdx-out-of-date.short',
    at: AT,
    format: tdx,
    expect: 'S5w',
    files: async () => filesOf((await import('./samples/tdx-out-of-date.json')).default),
  },
  {
    id: 'tdx-relaunch',
    title: 'sample.intel.tdx-relaunch',
    at: AT,
    format: tdx,
    expect: 'S5w',
    files: async () => filesOf((await import('./samples/tdx-relaunch.json')).default),
  },
  {
    id: 'sgx-sw-hardening',
    title: 'sample.intel.sgx-sw-hardening',
    at: AT,
    format: sgx,
    expect: 'S5w',
    files: async () => filesOf((await import('./samples/sgx-sw-hardening.json')).default),
  },
  {
    id: 'tdx-debug',
    title: 'sample.intel.tdx-debug',
    short: 'sample.intel.tdx-debug.short',
    at: AT,
    format: tdx,
    expect: 'S3',
    files: async () => filesOf((await import('./samples/tdx-debug.json')).default),
  },
  {
    id: 'tdx-revoked',
    title: 'sample.intel.tdx-revoked',
    at: AT,
    format: tdx,
    expect: 'S3',
    files: async () => filesOf((await import('./samples/tdx-revoked.json')).default),
  },
  {
    id: 'tdx-no-collateral',
    title: 'sample.intel.tdx-no-collateral',
    short: 'sample.intel.tdx-no-collateral.short',
    at: AT,
    format: tdx,
    expect: 'S4',
    files: async () => filesOf((await import('./samples/tdx-no-collateral.json')).default),
  },
  {
    id: 'tdx-ccel',
    title: 'sample.intel.tdx-ccel',
    short: 'sample.intel.tdx-ccel.short',
    at: AT,
    format: tdx,
    expect: 'S5',
    files: async () => filesOf((await import('./samples/tdx-ccel.json')).default),
  },
  {
    id: 'tdx-ccel-other',
    title: 'sample.intel.tdx-ccel-other',
    at: AT,
    format: tdx,
    expect: 'S5',
    files: async () => filesOf((await import('./samples/tdx-ccel-other.json')).default),
  },
  {
    id: 'tdx-ccel-lied',
    title: 'sample.intel.tdx-ccel-lied',
    at: AT,
    format: tdx,
    expect: 'S5',
    files: async () => filesOf((await import('./samples/tdx-ccel-lied.json')).default),
  },
  {
    id: 'tdx-dstack',
    title: 'sample.intel.tdx-dstack',
    at: AT,
    format: tdx,
    expect: 'S5',
    files: async () => filesOf((await import('./samples/tdx-dstack.json')).default),
  },
]
