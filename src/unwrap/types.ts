import type { FieldNode, Problem } from '../core/field.ts'
import type { Slice, Space, SpaceId } from '../core/place.ts'
import { say, type Saying } from '../core/saying.ts'
import type { Detection, Inner, Mark } from '../core/scheme.ts'

/** One layer that was taken off. */
export interface Layer {
  /** As it is printed in a path: `base64`, `JSON member quote`. */
  readonly via: string
  readonly because: Saying
  /** Where the bytes behind this layer are. */
  readonly space: SpaceId
}

/** Bytes that some format claims, and the way to them. */
export interface Reading {
  readonly slice: Slice
  /** Spaces derived on the way, outermost first. */
  readonly spaces: readonly Space[]
  readonly layers: readonly Layer[]
  /** The layers in words: `['base64', 'JSON member quote', 'hex']`; empty when the bytes are the format as they stand. */
  readonly path: readonly string[]
  /** Best first. */
  readonly detections: readonly Detection[]
  readonly because: Saying
  /** What was odd about the layers. */
  readonly problems: readonly Problem[]
  /** What the way to the bytes says about them, in the words of `DecodeContext.hints`. */
  readonly hints?: Readonly<Record<string, string>>
}

/** One of several things in a container. Its slice may have layers of its own, which `peel` takes off in turn. */
export interface Part extends Inner {
  /** The layers from the container's bytes to the slice. */
  readonly path: readonly string[]
}

/** What is in some bytes, once nothing more can be taken off. */
export interface Peeled {
  /** Best first. When there are several things inside, there is no reading and each is a part. */
  readonly readings: readonly Reading[]
  readonly parts: readonly Part[]
  /** Layers of the first reading; of a container, those around it. */
  readonly layers: readonly Layer[]
  /** Every space that `parts` and `tree` stand in. A reading brings its own. */
  readonly spaces: readonly Space[]
  /** Oddities of the first reading's layers, or why nothing was recognised. */
  readonly problems: readonly Problem[]
  /** The container as a tree that tiles the slice, when there are parts and it could be drawn. */
  readonly tree?: FieldNode
}

/** Ranks the formats that bytes may be; best first. */
export type DetectAll = (slice: Slice) => readonly Detection[]

/** A score from which on a format is taken at its word and nothing more is taken off. */
export const STRONG = 0.6
/** From this score on a format is offered when it takes a layer to get there and nothing better is known. */
export const FAIR = 0.5
/** The layer that no path mentions. */
export const SILENT = 'white space'
/** The reading of bytes from which no layer was taken off. */
export function asItStands(slice: Slice, detections: readonly Detection[]): Reading {
  return { slice, spaces: [], layers: [], path: [], detections, because: say('unwrap.as-it-stands'), problems: [] }
}

/** Most layers in one path. */
export const LAYER_LIMIT = 6
/** Most parts of one container. */
export const PART_LIMIT = 256

/** A way on from some bytes. */
export interface Branch {
  readonly via: string
  readonly because: Saying
  readonly slice: Slice
  readonly spaces: readonly Space[]
  readonly problems: readonly Problem[]
  /** For a part. */
  readonly name: string
  readonly hints?: Readonly<Record<string, string>>
  /** Nothing says where the bytes end: the slice runs to the end of what it was found in. Said to the format as `OPEN_END`. */
  readonly isOpenEnded?: boolean
}

/** Hint for a structure that was found in the middle of other bytes: what follows it need not be its own. */
export const OPEN_END: Readonly<Record<string, string>> = { end: 'open' }

/** What a layer makes of bytes. */
export interface Opened {
  /** One branch: the layer holds one thing. More: a container. Made one at a time, so that nothing is derived that is not looked at. */
  readonly branches: Iterable<Branch>
  readonly isContainer: boolean
  /** The bytes are this layer and nothing else, so no other is tried. */
  readonly isCertain?: boolean
  /** The bytes need not be this layer at all: it counts only when it leads somewhere. */
  readonly isGuess?: boolean
  /** At least this many branches must lead somewhere, or the layer is taken for a mistake. */
  readonly atLeast?: number
  readonly problems: readonly Problem[]
  readonly tree?: () => FieldNode
}

/** Limits of one peeling, counted down. */
export interface Work {
  readonly detect: DetectAll
  /** How structures are found in the middle of other bytes. */
  readonly marks: readonly Mark[]
  /** Whether bytes lead to something that is recognised, a few layers further. Not asked within itself. */
  leads(slice: Slice): boolean
  /** Bytes that may still be derived. */
  room: number
  /** Branches that may still be followed. */
  branches: number
}

/** A layer: undefined when these bytes do not have it. */
export type Layering = (slice: Slice, work: Work) => Opened | undefined
