import { toHex } from '../../bytes/layout.ts'

const made = new Map<string, Promise<Uint8Array>>()

/** Signing with RSA-4096 is slow: the same recipe gives the same bytes, made once. */
export function remembered(name: string, recipe: unknown, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const key = `${name} ${JSON.stringify(recipe, (_, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value))}`
  const known = made.get(key)
  if (known) return known
  const fresh = make()
  made.set(key, fresh)
  return fresh
}
