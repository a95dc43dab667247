/** Formats of this scheme: files from which a measurement is computed. */
export const FORMATS = {
  eif: 'measured-image.nitro-eif',
  firmware: 'measured-image.firmware',
  pe: 'measured-image.pe',
  uki: 'measured-image.uki',
  sigstruct: 'measured-image.sigstruct',
  compose: 'measured-image.app-compose',
  snpInputs: 'measured-image.snp-inputs',
} as const
