/** Formats of this scheme. */
export const FORMATS = {
  statement: 'scitt.statement',
  serviceKeys: 'scitt.service-keys',
  policy: 'scitt.policy',
} as const
