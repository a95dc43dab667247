import { afterAll, expect } from 'vitest'

/** Test files share a worker: what one of them changed for all would decide about the next. */
const SHARED = [Object.prototype, Array.prototype, Uint8Array.prototype, globalThis] as const
const state = () =>
  SHARED.map((one) => `${Object.isFrozen(one)} ${Object.getOwnPropertyNames(one).toSorted().join(' ')}`)
const before = state()

afterAll(() => {
  expect(state(), 'globals and prototypes are left as they were found').toEqual(before)
})
