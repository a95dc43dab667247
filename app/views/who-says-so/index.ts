import { bilingual } from '../../text/say.ts'
import type { Panel } from '../panel.ts'
import { voicesOf } from './voices.ts'

/** For each register that names the software: who says what it should be. */
export const panel: Panel = {
  id: 'who',
  order: 55,
  title: bilingual({ title: 'Who says so' }, { title: '谁说的' }),
  letter: 'w',
  load: async () => (await import('./WhoSaysSo.tsx')).WhoSaysSo,
  isOffered: ({ appraisal }) => (appraisal?.statements.length ?? 0) > 0,
  badge: ({ appraisal, inspection, subject, case: one }) => {
    const artifact = inspection.artifacts.find((candidate) => candidate.index === subject?.artifact)
    if (!appraisal || !artifact || !subject) return undefined
    const rows = voicesOf(artifact.facts, subject.index, appraisal, one.policy)
    return { text: `${rows.filter((row) => row.isSaid).length} / ${rows.length}` }
  },
}
