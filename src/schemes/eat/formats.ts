/** Ids of the formats. In a file of their own: the first view needs them, and nothing else of the scheme. */
export const FORMATS = {
  cwt: 'eat.cwt',
  cmwJson: 'eat.cmw-json',
  cmwCbor: 'eat.cmw-cbor',
  cmwSigned: 'eat.cmw-signed',
  cmwCertificate: 'eat.cmw-certificate',
  diagnostic: 'eat.cbor-diagnostic',
  keyFile: 'eat.key-file',
  cbor: 'eat.cbor',
} as const
