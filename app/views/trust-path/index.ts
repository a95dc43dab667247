import type { Panel } from '../panel.ts'
import { markOf } from '../../ui/Mark.tsx'
import { graphOf, worse } from './graph.ts'

/** Everything that leads from a root to the reader's own bytes. */
export const panel: Panel = {
  id: 'path',
  order: 25,
  title: { en: { title: 'Trust path' }, zh: { title: '信任路径' } },
  load: async () => (await import('./TrustPath.tsx')).TrustPath,
  isPrinted: true,
  isOffered: ({ appraisal }) => appraisal?.subjects.some((subject) => subject.nodes.length > 0) !== false,
  badge: ({ appraisal, subject }) => {
    if (!appraisal || !subject) return undefined
    const links = graphOf(subject, appraisal.checks, appraisal.subjects).links
    // What waits for the reader's own value does not dim a path that holds.
    const outcomes = links.filter((link) => link.to !== 'yours' || link.outcome === 'fail').map((link) => link.outcome)
    return outcomes.length === 0 ? undefined : { mark: markOf(outcomes.reduce(worse)) }
  },
}
