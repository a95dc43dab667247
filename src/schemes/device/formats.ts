/** Formats of devices that people hold: phones and authenticators. */
export const FORMATS = {
  attestation: 'device.attestation-object',
  assertion: 'device.assertion',
  androidCertificate: 'device.android-certificate',
  androidChain: 'device.android-chain',
  layer: 'device.certificate',
  statusList: 'device.android-status',
} as const
