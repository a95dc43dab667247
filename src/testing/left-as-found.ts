import { afterAll } from 'vitest'

/** Test files share a worker: what one of them changed for all would decide about the next. */
const SHARED = { Object: Object.prototype, Array: Array.prototype, Uint8Array: Uint8Array.prototype }

const before = state()

afterAll(() => {
  const after = state()
  const changed = Object.keys(SHARED).filter((name) => before[name] !== after[name])
  if (changed.length > 0) throw new Error(`changed for every test that follows: ${changed.join(', ')}`)
})

/** Own names of each, and whether it is frozen. */
function state(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(SHARED).map(([name, one]) => [
      name,
      `${Object.isFrozen(one)} ${Object.getOwnPropertyNames(one).toSorted().join(' ')}`,
    ]),
  )
}
