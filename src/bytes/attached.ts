/**
 * What was worked out of an object, kept on the object itself, unseen: no copy, dump or comparison has it, and it goes when its object goes.
 * A WeakMap would say the same, but its values outlive their keys until the next full collection, and with them everything that they lead to.
 */
export class Attached<K extends object, V> {
  readonly #name = Symbol('attached')

  get(key: K): V | undefined {
    return (key as Readonly<Record<symbol, V | undefined>>)[this.#name]
  }

  /** An object that takes nothing more is left as it is: what is kept saves work and decides nothing. */
  set(key: K, value: V): void {
    Reflect.defineProperty(key, this.#name, { value, writable: true, configurable: true })
  }
}
