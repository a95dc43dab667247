/** What is made when it is first asked for, and then kept: trees are for readers, and checks read values. */
export function later<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/** Where an object keeps what makes its late members; not enumerable, so no copy has it. */
const MAKERS = Symbol('made later')

interface Late {
  readonly [MAKERS]?: Readonly<Record<string, () => unknown>>
}

const accessors = new Map<string, PropertyDescriptor>()

/**
 * One accessor for each name, shared by all objects. Engines keep accessors with the shape of an object, and shapes outlive objects:
 * an accessor that holds on to its own object keeps it, and the whole case behind it, until the next full collection.
 */
function accessorOf(name: string): PropertyDescriptor {
  const known = accessors.get(name)
  if (known) return known
  const fresh: PropertyDescriptor = {
    get(this: Late) {
      return this[MAKERS]?.[name]?.()
    },
    enumerable: true,
    configurable: true,
  }
  accessors.set(name, fresh)
  return fresh
}

/**
 * The same object with members that are made when first read, and then kept: panels, reports and the contract ask for them, a headline does not.
 * They are own and enumerable, so a copy (spread, structured clone, JSON) has their values: spread only where they are wanted.
 * For accessors in an object literal too: each time such a literal is evaluated it makes a shape of its own.
 */
export function withLater<T extends object, L extends Readonly<Record<string, () => unknown>>>(
  own: T,
  made: L,
): T & { readonly [Name in keyof L]: ReturnType<L[Name]> } {
  const makers: Record<string, () => unknown> = { ...(own as Late)[MAKERS] }
  for (const name of Object.keys(made)) {
    const make = made[name]
    if (make) makers[name] = later(make)
  }
  Object.defineProperty(own, MAKERS, { value: makers, configurable: true })
  for (const name of Object.keys(made)) Object.defineProperty(own, name, accessorOf(name))
  return own as T & { readonly [Name in keyof L]: ReturnType<L[Name]> }
}
