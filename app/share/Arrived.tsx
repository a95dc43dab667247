import { lazy, Suspense } from 'react'
import { useCase } from '../case/context.tsx'
import { useArrival } from './arrivals.ts'

/** Most visits bring no link and no case file: what speaks about them is loaded when one comes. */
const Bar = lazy(async () => ({ default: (await import('./Arrivals.tsx')).ArrivalBar }))

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
