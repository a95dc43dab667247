import { bilingual } from '../../text/say.ts'
import type { Panel } from '../panel.ts'

/** Registers, the logs that lead to them, and how far the words in those are covered. */
export const panel: Panel = {
  id: 'measurements',
  order: 50,
  title: bilingual({ title: 'Measurements' }, { title: '度量值' }),
  letter: 'm',
  load: async () => (await import('./Measurements.tsx')).Measurements,
  isOffered: ({ inspection }) =>
    inspection.artifacts.some(
      ({ derived, facts, message }) =>
        derived !== undefined || (message === 'evidence' && facts.measurements.length > 0),
    ),
  badge: ({ inspection }) => {
    const count = inspection.artifacts.reduce((sum, { derived }) => sum + (derived?.events.count ?? 0), 0)
    return count > 0
      ? { text: String(count), title: bilingual({ title: 'events of logs' }, { title: '个日志事件' }) }
      : undefined
  },
}
