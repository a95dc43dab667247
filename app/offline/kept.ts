/** Whether this page is kept in this browser for use without a network. Nothing is kept before the reader says so. */
export interface Kept {
  readonly state: 'unsupported' | 'no' | 'keeping' | 'yes' | 'failed'
  /** Bytes of the page's own files that are kept. */
  readonly bytes: number
  /** A newer build of the page is here and waits for the reader. */
  readonly hasNewer: boolean
  /** A kept file was not as built: it was refused, and came from the network. */
  readonly refused: string | null
}

let kept: Kept = { state: 'no', bytes: 0, hasNewer: false, refused: null }
const listeners = new Set<() => void>()

export function tell(change: Partial<Kept>): void {
  kept = { ...kept, ...change }
  for (const listen of listeners) listen()
}

export function keptNow(): Kept {
  return kept
}

export function onKept(listen: () => void): () => void {
  listeners.add(listen)
  return () => listeners.delete(listen)
}
