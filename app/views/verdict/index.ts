import { bilingual } from '../../text/say.ts'
import type { Panel } from '../panel.ts'

/** The five answers and the checks behind them. */
export const panel: Panel = {
  id: 'verdict',
  order: 10,
  title: bilingual({ title: 'Verdict' }, { title: '结论' }),
  load: async () => (await import('./Verdict.tsx')).Verdict,
  // Of the piece that is shown, as the panel counts them.
  badge: ({ appraisal, subject }) => {
    const asked =
      appraisal?.checks.filter(
        (check) =>
          check.subject === (subject?.index ?? 0) && check.weight === 'decides' && check.outcome !== 'not-applicable',
      ) ?? []
    const ran = asked.filter(
      (check) => check.outcome === 'pass' || check.outcome === 'fail' || check.outcome === 'warn',
    )
    return asked.length > 0 ? { text: `${ran.length} / ${asked.length}` } : undefined
  },
  isPrinted: true,
}
