/** What each sample teaches. */
export const en = {
  'sample.intel.tdx-up-to-date': 'A TD in good order: every signature up to the root, and every list and date that a verdict needs.',
  'sample.intel.sgx-v3': 'An SGX enclave with a version 3 quote: one signer lower, the same questions.',
  'sample.intel.tdx-up-to-date.short': 'up to date',
  'sample.intel.tdx-v5': 'A version 5 quote of a TD: the report also says at which level the platform is now.',
  'sample.intel.tdx-out-of-date': 'Genuine hardware, but microcode and quoting enclave are behind: which component is short, and what to update.',
  'sample.intel.tdx-relaunch': 'The platform was updated under a running TD: start it again.',
  'sample.intel.tdx-out-of-date.short': 'behind on patches',
  'sample.intel.tdx-debug': 'Debug mode is on. Every signature holds; would you send a secret?',
  'sample.intel.tdx-no-collateral': 'The quote alone: the signature holds, but nothing says whether the platform was revoked or is current.',
  'sample.intel.tdx-debug.short': 'debug mode on',
  'sample.intel.tdx-no-collateral.short': 'the quote alone',
  'sample.intel.tdx-revoked': 'The platform’s certificate stands on the revocation list.',
  'sample.intel.sgx-sw-hardening': 'An enclave whose software must defend itself against known attacks.',
} as const
