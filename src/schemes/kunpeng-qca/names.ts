/** Ids of the formats: part of the first view, so that nothing else comes with them. */
export const FORMATS = {
  reportJson: 'qca.report-json',
  report: 'qca.report',
  akJson: 'qca.ak-certificate-json',
  ak: 'qca.ak-certificate',
} as const
