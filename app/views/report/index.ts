import { bilingual } from '../../text/say.ts'
import type { Panel } from '../panel.ts'

/** The appraisal as files and on paper; its control in the banner shares the case. */
export const panel: Panel = {
  id: 'report',
  order: 95,
  title: bilingual({ title: 'Report' }, { title: '报告' }),
  letter: 'r',
  load: async () => (await import('../../share/ReportPanel.tsx')).ReportPanel,
  loadAction: async () => (await import('../../share/Share.tsx')).Share,
  isPrinted: true,
}
