import type { Panel } from '../panel.ts'
import { markOfLadder } from './ladder.ts'

/** Levels that the vendor states, and where this platform stands. */
export const panel: Panel = {
  id: 'tcb',
  order: 40,
  title: { en: { title: 'TCB ladder' }, zh: { title: 'TCB 阶梯' } },
  load: async () => (await import('./TcbLadder.tsx')).TcbLadder,
  isPrinted: true,
  isOffered: ({ appraisal }) =>
    appraisal?.subjects.some(
      (subject) => subject.ladders.length > 0 || subject.answers.current.state !== 'not-applicable',
    ) !== false,
  badge: ({ subject }) => {
    const ladder = subject?.ladders[0]
    if (!ladder) return subject ? { mark: 'not-checked' } : undefined
    if (ladder.floors)
      return { mark: ladder.floors.some((floor) => floor.standing === 'below') ? 'warns' : 'not-checked' }
    return { mark: markOfLadder(ladder) }
  },
}
