/** Names of the members of the object that a JSON text begins with, and of no object inside it. Looks at text only, so it may be cut off. */
export function ownNames(text: string): ReadonlySet<string> {
  const names = new Set<string>()
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const one = text[at]
    if (one === '{' || one === '[') depth++
    else if (one === '}' || one === ']') depth--
    else if (one === '"') {
      const start = at + 1
      for (at = start; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++
      if (depth === 1 && /^\s*:/.test(text.slice(at + 1, at + 20))) names.add(text.slice(start, at))
    }
  }
  return names
}
