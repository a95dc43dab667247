import type { Panel } from '../panel.ts'

/** Validity of everything on one axis, with the as-of line to drag. */
export const panel: Panel = {
  id: 'dates',
  order: 45,
  title: { en: { title: 'Dates' }, zh: { title: '日期' } },
  load: async () => (await import('./Timeline.tsx')).Timeline,
  isPrinted: true,
  isOffered: ({ appraisal }) => appraisal?.subjects.some((subject) => subject.timeline.length > 0) !== false,
}
