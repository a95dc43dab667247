/** What is made when it is first asked for, and then kept: trees are for readers, and checks read values. */
export function later<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
