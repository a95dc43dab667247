/** What is made when it is first asked for, and then kept: trees are for readers, and checks read values. */
export function later<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/**
 * The same object with members that are made when first read, and then kept: panels, reports and the contract ask for them, a headline does not.
 * They are own and enumerable, so a copy (spread, structured clone, JSON) has their values: spread only where they are wanted.
 */
export function withLater<T extends object, L extends Readonly<Record<string, () => unknown>>>(
  own: T,
  made: L,
): T & { readonly [Name in keyof L]: ReturnType<L[Name]> } {
  for (const [name, make] of Object.entries(made))
    Object.defineProperty(own, name, { get: later(make), enumerable: true, configurable: true })
  return own as T & { readonly [Name in keyof L]: ReturnType<L[Name]> }
}
