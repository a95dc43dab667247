/** Ids of the formats. In a file of their own: the first view needs them, and nothing else of the scheme. */
export const FORMATS = {
  document: 'nitro.document',
  tpm: 'nitro.tpm-document',
  qingtian: 'nitro.qingtian-document',
  certificate: 'nitro.certificate',
  dstack: 'nitro.dstack',
} as const

/** Module ids of QingTian: the instance's UUID, `.enc-`, a number. AWS writes `i-<instance>-enc<number>`. */
export const QINGTIAN_MODULE = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.enc-[0-9a-f]+$/

/** Hex of a document's first bytes, as it stands in a DNS name. */
export const HEX_HEADS: readonly string[] = ['8444a1013822', 'd28444a1013822']
