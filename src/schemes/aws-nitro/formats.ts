/** Ids of the formats. In a file of their own: the first view needs them, and nothing else of the scheme. */
export const FORMATS = { document: 'nitro.document', tpm: 'nitro.tpm-document', certificate: 'nitro.certificate', dstack: 'nitro.dstack' } as const
