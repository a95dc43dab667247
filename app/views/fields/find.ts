/** The bytes that a query may stand for: hex digits when it is nothing else, and its own letters. */
export function queryBytes(query: string): Uint8Array[] {
  const bare = query.trim().replace(/^0x/i, '').replaceAll(/[\s:,]/g, '')
  const found: Uint8Array[] = []
  if (bare.length >= 4 && bare.length % 2 === 0 && /^[0-9a-f]+$/i.test(bare)) found.push(Uint8Array.from(bare.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))
  const letters = new TextEncoder().encode(query.trim())
  if (letters.length >= 3) found.push(letters)
  return found
}

/** Offsets at which `wanted` stands in `bytes`, up to `most`. */
export function findBytes(bytes: Uint8Array, wanted: Uint8Array, most: number): number[] {
  const first = wanted[0]
  const found: number[] = []
  if (first === undefined) return found
  for (let at = bytes.indexOf(first); at !== -1 && found.length < most; at = bytes.indexOf(first, at + 1)) {
    let length = 1
    while (length < wanted.length && bytes[at + length] === wanted[length]) length += 1
    if (length === wanted.length) found.push(at)
  }
  return found
}
