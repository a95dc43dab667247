import type { Panel } from '../panel.ts'

/** Several devices in one case, what ties them, and measurements beside the vendor's manifests. */
export const panel: Panel = {
  id: 'devices',
  order: 35,
  title: { en: { title: 'Devices' }, zh: { title: '设备' } },
  load: async () => (await import('./Devices.tsx')).Devices,
  isPrinted: true,
  isOffered: ({ appraisal }) =>
    appraisal?.subjects.some(({ comparisons }) => (comparisons?.length ?? 0) > 0) === true ||
    (appraisal?.subjects.length ?? 0) > 1,
  badge: ({ appraisal }) =>
    appraisal && appraisal.subjects.length > 1
      ? {
          text: String(appraisal.subjects.length),
          title: { en: { title: 'pieces of evidence' }, zh: { title: '份证据' } },
        }
      : undefined,
}
