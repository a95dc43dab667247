import type { ByteRange, Located } from '../../core/place.ts'
import { member, type JsonValue } from '../../bytes/json.ts'

/**
 * A member by a dotted name. Services write the same claim nested (`{"tdx":{"quote":…}}`) and flat (`"tdx.quote…"`), and names hold dots of their own,
 * so every way of cutting the name is tried, longest first. `submods.*.` stands for the first submodule that has it.
 */
export function memberAt(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (value?.kind !== 'object') return undefined
  if (name.startsWith('submods.*.')) {
    const parts = member(value, 'submods')
    const rest = name.slice('submods.*.'.length)
    for (const one of parts?.kind === 'object' ? parts.members.slice(0, 64) : []) {
      const found = memberAt(one.value, rest)
      if (found) return found
    }
    return undefined
  }
  const whole = member(value, name)
  if (whole) return whole
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const inner = member(value, name.slice(0, dot))
    const found = inner && memberAt(inner, name.slice(dot + 1))
    if (found) return found
  }
  return undefined
}

/** A scalar as text: strings as they are, numbers and truth values as written. */
export function scalarText(value: JsonValue | undefined): string | undefined {
  if (value?.kind === 'string' || value?.kind === 'number') return value.text
  if (value?.kind === 'bool') return String(value.value)
  return value?.kind === 'null' ? 'null' : undefined
}

export function located<T>(path: string, range: ByteRange, value: T): Located<T> {
  return { path, ranges: [range], value }
}

/** Most claims that are listed, and characters of one. */
const CLAIMS = 400
const CHARACTERS = 2000

/** Every scalar of an object with its name: the member's own where nothing else has it, else the dotted path. Lists of scalars are one value. */
export function flatClaims(root: JsonValue | undefined): { readonly name: string; readonly value: string }[] {
  const found: { path: string; own: string; value: string }[] = []
  const stack: { readonly value: JsonValue; readonly path: string; readonly own: string }[] = root
    ? [{ value: root, path: '', own: '' }]
    : []
  for (let next = stack.pop(); next && found.length < CLAIMS; next = stack.pop()) {
    const { value, path, own } = next
    const scalar = scalarText(value)
    if (scalar !== undefined) found.push({ path, own, value: scalar.slice(0, CHARACTERS) })
    if (value.kind === 'array') {
      const items = value.items.slice(0, CLAIMS).map(scalarText)
      if (items.every((item) => item !== undefined))
        found.push({ path, own, value: items.join(', ').slice(0, CHARACTERS) })
      else
        for (const [i, item] of [...value.items.slice(0, CLAIMS).entries()].toReversed())
          stack.push({ value: item, path: `${path}[${i}]`, own: `${path}[${i}]` })
    }
    if (value.kind === 'object')
      for (const one of value.members.slice(0, CLAIMS).toReversed())
        stack.push({ value: one.value, path: path === '' ? one.key : `${path}.${one.key}`, own: one.key })
  }
  const count = new Map<string, number>()
  for (const { own } of found) count.set(own, (count.get(own) ?? 0) + 1)
  return found.map(({ path, own, value }) => ({ name: count.get(own) === 1 ? own : path, value }))
}
