import type { ArtifactIndex } from './place.ts'

interface Named {
  readonly artifact: ArtifactIndex
  readonly parent: ArtifactIndex | null
  readonly name: string
}

/** What several things are called so that a reader can tell them apart: two of one name are named with the file that holds each. */
export function namesApart(some: readonly Named[], all: readonly Named[]): (one: Named) => string {
  const shared = new Set(
    some.filter((one, i) => some.some((other, k) => k !== i && other.name === one.name)).map(({ name }) => name),
  )
  return ({ name, parent }) => {
    const holder = shared.has(name) && parent !== null ? all.find(({ artifact }) => artifact === parent) : undefined
    return holder ? `${holder.name}: ${name}` : name
  }
}
