import { bilingual } from '../../text/say.ts'
import type { Panel } from '../panel.ts'

/** Every field and every byte, linked both ways. */
export const panel: Panel = {
  id: 'fields',
  order: 20,
  title: bilingual({ title: 'Fields and bytes' }, { title: '字段与字节' }),
  load: async () => (await import('./Fields.tsx')).Fields,
  badge: ({ inspection }) => {
    const odd = inspection.artifacts.reduce((sum, artifact) => sum + artifact.problems.length, 0)
    return odd > 0
      ? { text: `${odd} !`, title: bilingual({ title: 'oddities in the bytes' }, { title: '字节中的异常之处' }) }
      : undefined
  },
}
