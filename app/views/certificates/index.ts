import { bilingual } from '../../text/say.ts'
import type { Panel } from '../panel.ts'

/** The chain from root to leaf; each certificate opens to all its fields. */
export const panel: Panel = {
  id: 'certificates',
  order: 30,
  title: bilingual({ title: 'Certificates' }, { title: '证书' }),
  load: async () => (await import('./Certificates.tsx')).Certificates,
  badge: ({ subject }) => {
    const count = subject?.nodes.filter((node) => node.certificate).length ?? 0
    return count > 0 ? { text: String(count) } : undefined
  },
  isOffered: ({ subject }) => subject?.nodes.some((node) => node.certificate !== undefined) === true,
}
