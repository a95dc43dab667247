/** Format ids of this scheme: small, since detectors name them. */
export const FORMATS = {
  report: 'nvidia.spdm-report',
  rim: 'nvidia.rim',
  token: 'nvidia.nras-reply',
} as const
