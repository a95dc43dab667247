import { bilingual } from '../../text/say.ts'
import type { Panel } from '../panel.ts'

/** What the reader expects: compared with the evidence as soon as it is given. */
export const panel: Panel = {
  id: 'expectations',
  order: 55,
  title: bilingual({ title: 'Expectations' }, { title: '期望值' }),
  load: async () => (await import('./Expectations.tsx')).Expectations,
  isOffered: ({ appraisal }) => appraisal?.headline !== 'S0',
  badge: ({ case: one }) => {
    const given = Object.keys(one.policy).length - 1
    return given > 0 ? { text: String(given) } : { mark: 'not-checked' }
  },
}
