/** Ids of the formats. In a file of their own: the first view needs them, and nothing else of the scheme. */
export const FORMATS = { report: 'keystone.report' } as const
