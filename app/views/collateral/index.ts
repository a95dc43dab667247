import { bilingual } from '../../text/say.ts'
import type { Panel } from '../panel.ts'

/** What the checks need besides the evidence, and what became of what is here. */
export const panel: Panel = {
  id: 'collateral',
  order: 60,
  title: bilingual({ title: 'Collateral' }, { title: '验证辅助材料' }),
  load: async () => (await import('./Collateral.tsx')).Collateral,
  badge: ({ appraisal }) => {
    if (!appraisal) return undefined
    const used = appraisal.collateral.filter((item) => item.use === 'used').length
    return used + appraisal.wishes.length > 0 ? { text: `${used} / ${used + appraisal.wishes.length}` } : undefined
  },
  isPrinted: true,
}
