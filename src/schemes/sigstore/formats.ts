/** Formats of this scheme. */
export const FORMATS = {
  bundle: 'sigstore.bundle',
  reply: 'sigstore.github-attestations',
  trustedRoot: 'sigstore.trusted-root',
  tuf: 'sigstore.tuf',
  envelope: 'sigstore.dsse',
  statement: 'sigstore.in-toto',
  logEntry: 'sigstore.log-entry',
  content: 'sigstore.content',
} as const
