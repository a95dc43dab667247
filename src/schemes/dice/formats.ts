/** Formats of DICE: X.509 and CBOR certificates of layers, chains of the latter, requests and bare extensions. */
export const FORMATS = {
  certificate: 'dice.certificate',
  pile: 'dice.x509-chain',
  layer: 'dice.layer',
  cbor: 'dice.cbor-certificate',
  chain: 'dice.cbor-chain',
  request: 'dice.request',
  extension: 'dice.extension',
} as const
