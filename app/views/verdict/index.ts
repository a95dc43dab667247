import { bilingual } from '../../text/say.ts'
import type { Panel } from '../panel.ts'

/** The five answers and the checks behind them. */
export const panel: Panel = {
  id: 'verdict',
  order: 10,
  title: bilingual({ title: 'Verdict' }, { title: '结论' }),
  load: async () => (await import('./Verdict.tsx')).Verdict,
  badge: ({ appraisal }) => {
    const asked =
      appraisal?.checks.filter((check) => check.weight === 'decides' && check.outcome !== 'not-applicable') ?? []
    const ran = asked.filter(
      (check) => check.outcome === 'pass' || check.outcome === 'fail' || check.outcome === 'warn',
    )
    return asked.length > 0 ? { text: `${ran.length} / ${asked.length}` } : undefined
  },
  isPrinted: true,
}
