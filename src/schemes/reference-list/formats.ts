/** Formats of this scheme. */
export const FORMATS = {
  contrast: 'reference-list.contrast',
  rvps: 'reference-list.rvps',
  constellation: 'reference-list.constellation',
  measurements: 'reference-list.measurements',
  enclave: 'reference-list.enclave-build',
} as const
