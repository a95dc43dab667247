/** Format ids of this scheme: small, since detectors name them. */
export const FORMATS = {
  report: 'nvidia.spdm-report',
  rim: 'nvidia.rim',
  token: 'nvidia.nras-reply',
  list: 'nvidia.evidence-list',
  claims: 'nvidia.claims',
  parsed: 'nvidia.parsed-report',
  instances: 'nvidia.instances',
} as const
