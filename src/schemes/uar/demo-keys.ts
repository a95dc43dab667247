/** Keys for demonstrations: public on purpose, good for nothing else. */
export const demoKeys: Readonly<Record<'service', JsonWebKey>> = {
  service: {
    kty: 'EC',
    x: '3Q01o2KJa-n0kfVuc651oabFP6jJJj7eTs_fUFNECj0',
    y: 'Z9OpUjZaV4Usb7quZaaMjSuPRHACHwrgxWL_kHQ8Los',
    crv: 'P-256',
    d: '4Ve-Ev3UYeiwx9kDtbR6iuqAW9PD75LRfFQRFPyzCFY',
  },
}
