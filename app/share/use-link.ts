import { useEffect, useState } from 'react'
import type { LinkFault } from '../../src/engine/link.ts'
import { address, go, useAddress } from '../case/address.ts'
import type { CaseFile } from '../case/files.ts'
import {
  arrivalOf,
  attachWaiting,
  keepArrival,
  keepWaiting,
  useArrival,
  useWaitingArrival,
  type Arrival,
} from './arrivals.ts'
import { readLinkText } from './open-link.ts'

/** Longer links leave the address once they are open: every link of the page would repeat them. */
const KEPT_IN_ADDRESS = 8000

/** A link's part of the address. */
const NAME = 'link'

/** Opens the link that stands in the address, at start-up and whenever it changes. `fault` says why one did not open. */
export function useLink(
  number: number | null,
  isHere: boolean,
  open: (files: readonly CaseFile[]) => number | undefined,
): { readonly isOpening: boolean; readonly fault: LinkFault | 'not-loaded' | null; readonly dismiss: () => void } {
  const link = useAddress('rest').find(([name]) => name === NAME)?.[1] ?? null
  const [fault, setFault] = useState<LinkFault | 'not-loaded' | null>(null)
  const arrival = useArrival(number)
  const waiting = useWaitingArrival()
  const isKnown = link === null || arrival?.link === link || waiting?.link === link

  useEffect(() => {
    if (isKnown || link === null) return
    let isCurrent = true
    void (async () => {
      const found = await readLinkText(link).catch(() => ({ fault: 'not-loaded' as const }))
      if (!isCurrent) return
      setFault(found.fault ?? null)
      if (found.fault !== undefined) {
        go({ case: null, rest: without(NAME) }, 'replace')
        return
      }
      if (found.locale) go({ lang: found.locale }, 'replace')
      if (found.files.length === 0) {
        keepWaiting(found.arrival)
        go({ case: null, sample: found.sample, ...found.arrival.place }, 'replace')
        return
      }
      const fresh = open(found.files)
      if (fresh === undefined) return
      const isKept = link.length <= KEPT_IN_ADDRESS
      go({ ...found.arrival.place, ...(isKept ? {} : { rest: without(NAME) }) }, 'replace')
      // Without the link in the address a reload would lose the case: it counts as dropped.
      keepArrival(fresh, isKept ? found.arrival : { ...found.arrival, link: null })
    })()
    return () => {
      isCurrent = false
    }
  }, [isKnown, link, open])

  // A link without bytes waits for the case it speaks about.
  useEffect(() => {
    if (!isHere || number === null || !waiting || arrivalOf(number)) return
    const given = attachWaiting(number)
    if (given) look(given)
  }, [isHere, number, waiting])

  // The next case has nothing to do with a link that did not open.
  return { isOpening: !isKnown && fault === null, fault: isHere ? null : fault, dismiss: () => setFault(null) }
}

function look({ place }: Arrival): void {
  if (place.panel !== null || place.field !== null) go(place, 'replace')
}

function without(name: string): readonly (readonly [string, string])[] {
  return address().rest.filter(([key]) => key !== name)
}
