import { bilingual } from '../../text/say.ts'
import type { Panel } from '../panel.ts'

/** How the input was unwrapped, and what else it could be. */
export const panel: Panel = {
  id: 'raw',
  order: 90,
  title: bilingual({ title: 'Raw' }, { title: '原始输入' }),
  load: async () => (await import('./Raw.tsx')).Raw,
}
