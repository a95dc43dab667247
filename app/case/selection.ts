import type { FieldNode } from '../../src/core/field.ts'
import type { ArtifactIndex, ByteRange } from '../../src/core/place.ts'
import type { Cite } from '../../src/core/verdict.ts'

/** What the reader points at, as it stands in the address: a field, or bytes that are no field. */
export interface Pointer {
  readonly artifact: ArtifactIndex
  readonly path: string | null
  readonly range: ByteRange | null
}

/** `3:body.mrTd`, or `3:@base64@0!120-184` for bytes. */
export function pointerText(artifact: ArtifactIndex, path: string | null, range: ByteRange | null): string {
  return path !== null && path !== ''
    ? `${artifact}:${path}`
    : range
      ? `${artifact}:@${range.space}!${range.start}-${range.end}`
      : `${artifact}:`
}

/** Reads a pointer; null when it is none. */
export function readPointer(text: string | null): Pointer | null {
  const match = /^(\d{1,4}):(?:@(.*)!(\d{1,9})-(\d{1,9})|(.*))$/s.exec(text ?? '')
  if (!match) return null
  const artifact = Number(match[1])
  if (match[3] !== undefined && match[4] !== undefined)
    return {
      artifact,
      path: null,
      range: { space: match[2] ?? '', start: Number(match[3]), end: Math.max(Number(match[3]), Number(match[4])) },
    }
  return { artifact, path: match[5] ?? '', range: null }
}

/** Pointer to what a check cites: the field where it has one, else its bytes. */
export function citePointer(cite: Cite, range: ByteRange | undefined = cite.ranges[0]): string {
  const isWhole = cite.ranges.length <= 1 || range === undefined
  return pointerText(cite.artifact, isWhole ? cite.path : null, range ?? null)
}

/** Pointer to a field. */
export function nodePointer(artifact: ArtifactIndex, node: FieldNode): string {
  return pointerText(artifact, node.path, node.ranges[0] ?? null)
}
