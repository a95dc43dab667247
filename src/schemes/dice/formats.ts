/** Formats of DICE: X.509 and CBOR certificates of layers, chains of the latter, requests and bare extensions; certificates of Google’s Scribe, which vouches for Titan chips. */
export const FORMATS = {
  certificate: 'dice.certificate',
  pile: 'dice.x509-chain',
  layer: 'dice.layer',
  cbor: 'dice.cbor-certificate',
  chain: 'dice.cbor-chain',
  request: 'dice.request',
  extension: 'dice.extension',
  titanScribe: 'dice.titan-scribe',
  titanSelfSigned: 'dice.titan-self-signed',
} as const
