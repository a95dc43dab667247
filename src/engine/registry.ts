import type { Detection, EvidenceFormat, Mark, Scheme, SchemeEntry } from '../core/scheme.ts'
import type { Slice } from '../core/place.ts'
import { lookAgain } from '../bytes/head.ts'

/** All schemes, found by their folders: adding one touches no list. */
const modules = import.meta.glob<{ readonly entry: SchemeEntry }>('../schemes/*/index.ts', { eager: true })

/** The small, eager parts, in folder order. */
export const entries: readonly SchemeEntry[] = Object.keys(modules)
  .sort()
  .flatMap((path) => {
    const found = modules[path]
    return found ? [found.entry] : []
  })

const loaded = new Map<string, Promise<Scheme>>()

/** Loads a scheme once, and beside it those of which something stands in its files: on a slow line they come together. */
export function loadScheme(entry: SchemeEntry): Promise<Scheme> {
  const known = loaded.get(entry.id)
  if (known) return known
  const fresh = entry.load()
  loaded.set(entry.id, fresh)
  for (const format of entry.carries ?? []) {
    const carried = entryOfFormat(format)
    // Who asks for it in earnest is told when it cannot be loaded.
    if (carried) loadScheme(carried).catch(() => undefined)
  }
  // A failed chunk load must not poison later tries.
  fresh.catch(() => loaded.delete(entry.id))
  return fresh
}

/** The scheme that owns a format. */
export function entryOfFormat(format: string): SchemeEntry | undefined {
  return entries.find((entry) => entry.formats.includes(format))
}

/** A format of a loaded scheme. */
export function formatOf(scheme: Scheme, id: string): EvidenceFormat | undefined {
  return scheme.formats.find((format) => format.id === id)
}

/** The marks of all schemes, in folder order. */
export const allMarks: readonly Mark[] = entries.flatMap((entry) => entry.marks ?? [])

/** What a scheme is sure of: the first of `detectAll`, without asking all the others. Undefined where nobody is sure. */
export function surest(slice: Slice): Detection | undefined {
  lookAgain()
  for (const entry of entries) {
    for (const detect of entry.sure ?? []) {
      try {
        const detection = detect(slice)
        if (detection) return detection
      } catch {
        /* the conformance suite runs detectors bare */
      }
    }
  }
  return undefined
}

/** Asks every detector of every scheme; best first, ties in folder order. A crashing detector is silent here and loud in the conformance suite. */
export function detectAll(slice: Slice): Detection[] {
  const found: Detection[] = []
  lookAgain()
  for (const entry of entries) {
    for (const detect of entry.detectors) {
      try {
        const detection = detect(slice)
        if (detection) found.push(detection)
      } catch {
        /* the conformance suite runs detectors bare */
      }
    }
  }
  return found.sort((a, b) => b.score - a.score)
}
