/** Ids of the formats: part of the first view, so that nothing else comes with them. */
export const FORMATS = {
  report: 'uar.report',
  result: 'uar.result',
  nested: 'uar.nested-result',
  hyperEnclave: 'uar.hyperenclave-quote',
} as const
