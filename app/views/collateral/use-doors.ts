import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { wantedOf, type Edition, type WantedCollateral } from '../../../src/engine/collateral-requests.ts'
import { askRelay, relayAddress } from '../../collateral/relay.ts'
import type { RelayAbout } from '../../collateral/relay-protocol.ts'
import { buildMirrors } from '../../collateral/mirrors.ts'
import { loadSnapshot, snapshotDay, type Snapshot } from '../../collateral/snapshot.ts'
import { useCase } from '../../case/context.tsx'

/** What would be asked for the wishes of this case; undefined until it is worked out. */
export function useWanted(edition: Edition | undefined): readonly WantedCollateral[] | undefined {
  const { engine, appraisal } = useCase()
  const rules = useQuery({ queryKey: ['rules'], queryFn: () => engine.rules() })
  const wishes = appraisal?.wishes ?? []
  const wanted = useQuery({
    queryKey: ['wanted', wishes.map(({ kind, key, urls }) => [kind, key, urls]), edition],
    enabled: rules.data !== undefined,
    queryFn: () => wantedOf(rules.data ?? [], wishes, edition),
  })
  return wanted.data
}

/** The relay of the server that gave this page. `undefined`: it has none; `null`: not known yet. A page without one asks nobody. */
export function useRelay():
  | { readonly address: string; readonly about: RelayAbout | null; readonly isLost: boolean }
  | undefined {
  const address = relayAddress()
  const about = useQuery({
    queryKey: ['relay', address],
    enabled: address !== undefined,
    queryFn: ({ signal }) => askRelay(address ?? '', signal),
    retry: 1,
  })
  return address === undefined ? undefined : { address, about: about.data ?? null, isLost: about.isError }
}

/** What this deployment keeps; undefined where it keeps nothing. Its list is loaded when something is missing, from this page's own host. */
export function useSnapshot(
  isNeeded: boolean,
): { readonly day: string; readonly snapshot: Snapshot | undefined } | undefined {
  const day = snapshotDay()
  const list = useQuery({
    queryKey: ['snapshot', day],
    enabled: day !== undefined && isNeeded,
    queryFn: loadSnapshot,
    retry: 1,
  })
  return day === undefined ? undefined : { day, snapshot: list.data }
}

/** The mirrors of a connected build. */
export function useMirrors(): ReadonlyMap<string, string> {
  const [mirrors] = useState(buildMirrors)
  return mirrors
}
