import { address, go, useAddress } from './address.ts'

/** A part of the address that a panel keeps for itself, so that a link, a reload and Back find it again. */
export function useRest(name: string): readonly [string | null, (value: string | null) => void] {
  const rest = useAddress('rest')
  const value = rest.find(([key]) => key === name)?.[1] ?? null
  const set = (next: string | null) => {
    const others = address().rest.filter(([key]) => key !== name)
    go({ rest: next === null ? others : [...others, [name, next]] }, 'replace')
  }
  return [value, set]
}
