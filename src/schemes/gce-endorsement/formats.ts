/** Formats of this scheme: part of the first view. */
export const FORMATS = { endorsement: 'gce.launch-endorsement' } as const
