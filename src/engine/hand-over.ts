import type { Chain, Derived, Events, Names, RangeLists, Steps, Texts } from '../core/derived.ts'
import type { ArtifactView, InputFile, Inspection } from './api.ts'

/** How much data cross between page and worker: what the other side has stays here, and columns change hands as copies. A clone copies each of them three times, once where the page stands still. */

/** An inspection as the worker sends it: without the bytes of the files, which the page has. */
export function handedOver(inspection: Inspection): { readonly take: Inspection; readonly moved: ArrayBuffer[] } {
  const moved: ArrayBuffer[] = []
  return {
    take: {
      ...inspection,
      spaces: inspection.spaces.map((one) =>
        one.space.id === '' ? { ...one, space: { ...one.space, bytes: new Uint8Array() } } : one,
      ),
      artifacts: inspection.artifacts.map((one): ArtifactView =>
        one.derived ? { ...one, derived: copyOf(one.derived, moved) } : one,
      ),
    },
    moved,
  }
}

/** The same with those bytes. */
export function withFileBytes(inspection: Inspection, files: readonly InputFile[]): Inspection {
  return {
    ...inspection,
    spaces: inspection.spaces.map((one) => {
      const bytes = one.space.id === '' ? files[one.file]?.bytes : undefined
      return bytes ? { ...one, space: { ...one.space, bytes } } : one
    }),
  }
}

function copyOf(derived: Derived, moved: ArrayBuffer[]): Derived {
  const small = (column: Uint8Array): Uint8Array => {
    const copy = column.slice()
    moved.push(copy.buffer)
    return copy
  }
  const wide = (column: Uint32Array): Uint32Array => {
    const copy = column.slice()
    moved.push(copy.buffer)
    return copy
  }
  const packed = ({ bytes, ends }: Steps | Texts) => ({ bytes: small(bytes), ends: wide(ends) })
  const names = ({ names: known, which }: Names): Names => ({ names: known, which: wide(which) })
  const ranges = ({ spaces, numbers, ends }: RangeLists): RangeLists => ({
    spaces,
    numbers: wide(numbers),
    ends: wide(ends),
  })
  const { events, chains } = derived
  return {
    ...derived,
    events: {
      ...events,
      paths: packed(events.paths),
      ranges: ranges(events.ranges),
      registers: names(events.registers),
      types: names(events.types),
      words: packed(events.words),
      covered: small(events.covered),
      coveredRanges: ranges(events.coveredRanges),
    } satisfies Events,
    chains: chains.map((chain): Chain => ({ ...chain, digests: packed(chain.digests), values: packed(chain.values) })),
  }
}
