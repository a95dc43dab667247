import type { Steps } from './derived.ts'

/** One of them, without copying; a negative number counts from the last one. */
export function stepAt({ bytes, ends }: Steps, index: number): Uint8Array | undefined {
  const at = index < 0 ? ends.length + index : index
  const end = ends[at]
  return end === undefined ? undefined : bytes.subarray(at === 0 ? 0 : ends[at - 1], end)
}

/** Where the last equal value stands; -1 for none. */
export function lastEqual({ bytes, ends }: Steps, wanted: Uint8Array): number {
  for (let i = ends.length - 1; i >= 0; i--) {
    const start = i === 0 ? 0 : (ends[i - 1] ?? 0)
    if ((ends[i] ?? 0) - start !== wanted.length) continue
    let at = 0
    while (at < wanted.length && bytes[start + at] === wanted[at]) at++
    if (at === wanted.length) return i
  }
  return -1
}
