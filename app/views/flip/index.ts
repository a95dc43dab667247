import type { Panel } from '../panel.ts'
import { editCount } from '../../case/use-edits.ts'
import { moveCount } from '../../lab/moves.ts'

/** One bit changed in a copy: which checks notice, and why only these. */
export const panel: Panel = {
  id: 'flip',
  order: 80,
  title: { en: { title: 'Flip a bit' }, zh: { title: '翻转一位' } },
  load: async () => (await import('./Flip.tsx')).Flip,
  badge: (view) => {
    const count = editCount(view.case.number) + moveCount(view.case.number)
    return count > 0 ? { text: String(count) } : undefined
  },
  isOffered: ({ appraisal, inspection }) =>
    inspection.artifacts.some((artifact) => artifact.size > 0) &&
    (appraisal === undefined ||
      appraisal.subjects.length > 0 ||
      appraisal.checks.length > 0 ||
      appraisal.headline === 'S0'),
}
