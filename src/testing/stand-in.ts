import { sliceOf } from '../core/place.ts'
import type { CaseItem, Facts, Register } from '../core/scheme.ts'

/** Evidence that says these facts, for tests of what stands beside it: nothing else of it is looked at. */
export function standIn(facts: Facts): CaseItem {
  return {
    artifact: 99,
    parent: null,
    name: 'evidence',
    sha256: () => '',
    origin: 'dropped',
    format: 'x',
    message: 'evidence',
    slice: sliceOf('', new Uint8Array(1)),
    decoded: undefined,
    hints: {},
    facts,
  }
}

/** The registers that logs come to, as some evidence would sign them. */
export function signedBy(items: readonly CaseItem[]): Register[] {
  return items.flatMap((item) =>
    (item.derived?.registers ?? []).map(({ name, hash, value }) => ({
      name,
      hash,
      identity: true,
      value: { path: name, ranges: [], value },
    })),
  )
}
