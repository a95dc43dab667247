/**
 * Names of the members of the object that a JSON text begins with, and of no object inside it: what is nested in a member belongs to that member.
 * Looks at text only, so it may be cut off.
 */
export function ownNames(text: string): ReadonlySet<string> {
  const names = new Set<string>()
  let depth = 0
  const structure = /["[\]{}]/g
  for (let found = structure.exec(text); found; found = structure.exec(text)) {
    const [character] = found
    if (character === '{' || character === '[') depth++
    else if (character !== '"') {
      if (--depth === 0) break
    } else {
      const end = closingQuote(text, found.index + 1)
      if (depth === 1 && end - found.index < 64 && /^\s*:/.test(text.slice(end + 1, end + 64)))
        names.add(text.slice(found.index + 1, end))
      structure.lastIndex = end + 1
    }
  }
  return names
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = at
    while (slashes > from && text[slashes - 1] === '\\') slashes--
    if ((at - slashes) % 2 === 0) return at
  }
  return text.length
}
