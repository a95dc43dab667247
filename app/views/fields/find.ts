/** The bytes that a query may stand for: hex digits when it is nothing else, and its own letters. */
export function queryBytes(query: string): Uint8Array[] {
  const bare = query
    .trim()
    .replace(/^0x/i, '')
    .replaceAll(/[\s:,]/g, '')
  const found: Uint8Array[] = []
  if (bare.length >= 4 && bare.length % 2 === 0 && /^[0-9a-f]+$/i.test(bare))
    found.push(Uint8Array.from(bare.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))
  const letters = new TextEncoder().encode(query.trim())
  if (letters.length >= 3) found.push(letters)
  return found
}

/** Offsets at which `wanted` stands in `bytes`, up to `most`. */
export function findBytes(bytes: Uint8Array, wanted: Uint8Array, most: number): number[] {
  // Files are full of zeros: what is rare is looked for, and the rest compared where it stands.
  const rare = Math.max(
    0,
    wanted.findIndex((byte) => byte !== 0 && byte !== 0xff),
  )
  const pivot = wanted[rare]
  const found: number[] = []
  if (pivot === undefined) return found
  for (let at = bytes.indexOf(pivot, rare); at !== -1 && found.length < most; at = bytes.indexOf(pivot, at + 1)) {
    const start = at - rare
    let length = 0
    while (length < wanted.length && bytes[start + length] === wanted[length]) length += 1
    if (length === wanted.length) found.push(start)
  }
  return found
}
