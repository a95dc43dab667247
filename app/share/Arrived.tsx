import { lazy, Suspense } from 'react'
import type { LinkFault } from '../../src/engine/link.ts'
import { useCase } from '../case/context.tsx'
import { useArrival, useWaitingArrival } from './arrivals.ts'
import type { Note } from './receive.ts'

/** Most visits bring no link and no case file: what speaks about them is loaded when one comes. */
const Bar = lazy(async () => ({ default: (await import('./Arrivals.tsx')).ArrivalBar }))
const Waiting = lazy(async () => ({ default: (await import('./Arrivals.tsx')).WaitingArrival }))
const Fault = lazy(async () => ({ default: (await import('./LinkNotices.tsx')).LinkNotice }))
const List = lazy(async () => ({ default: (await import('./LinkNotices.tsx')).Notes }))

/** Above the banner of a case: what came with it and waits for consent. */
export function Arrived() {
  const arrival = useArrival(useCase().case.number)
  return (
    arrival && (
      <Suspense fallback={null}>
        <Bar key={arrival.link ?? 'file'} arrival={arrival} />
      </Suspense>
    )
  )
}

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
