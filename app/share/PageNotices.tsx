import { lazy, Suspense } from 'react'
import type { LinkFault } from '../../src/engine/link.ts'
import { useWaitingArrival } from './arrivals.ts'
import type { Note } from './receive.ts'

const Waiting = lazy(async () => ({ default: (await import('./Arrivals.tsx')).WaitingArrival }))
const Fault = lazy(async () => ({ default: (await import('./LinkNotices.tsx')).LinkNotice }))
const List = lazy(async () => ({ default: (await import('./LinkNotices.tsx')).Notes }))

/** Above the page: links that did not open, files that are no case, and a link that waits for its evidence. */
export function Notices({
  fault,
  onDismissFault,
  notes,
  onDismissNotes,
  isCase,
}: {
  readonly fault: LinkFault | 'not-loaded' | null
  readonly onDismissFault: () => void
  readonly notes: readonly Note[]
  readonly onDismissNotes: () => void
  readonly isCase: boolean
}) {
  const waiting = useWaitingArrival()
  return (
    <Suspense fallback={null}>
      {fault && <Fault fault={fault} onDismiss={onDismissFault} />}
      {notes.length > 0 && <List list={notes} onDismiss={onDismissNotes} />}
      {!isCase && waiting && <Waiting arrival={waiting} />}
    </Suspense>
  )
}
