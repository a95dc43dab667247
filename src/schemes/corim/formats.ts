/** Formats of this scheme. */
export const FORMATS = {
  signed: 'corim.signed',
  unsigned: 'corim.unsigned',
  comid: 'corim.comid',
  evidence: 'corim.evidence',
  contents: 'corim.spdm-contents',
} as const
