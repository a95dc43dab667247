import type { FieldNode } from '../../core/field.ts'
import { rangeOf, type Slice, type Space } from '../../core/place.ts'
import type { Decoding, Inner } from '../../core/scheme.ts'
import { gapNode } from '../../bytes/layout.ts'
import { readHexText } from '../../envelope/hex.ts'

/** CBOR as people write it down (RFC 8949 section 8). Read word by word: what stands in h'…' is opened, the rest is shown as it is written. */

type Kind = 'bytes' | 'text' | 'number' | 'word' | 'mark'
interface Word {
  readonly kind: Kind
  readonly start: number
  readonly end: number
  readonly text: string
}

// One alternative for each kind, none of which can match the same text in two ways.
const WORD =
  /\s+|\/[^/]*\/|#[^\n]*|(h'[0-9a-fA-F\s]*')|("(?:[^"\\]|\\.)*")|(-?(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?))|([A-Za-z_][\w.-]*)|([[\]{}(),:<>])/y

const LIMIT = 65_536

/** The words of a text; undefined for anything that is no diagnostic notation. */
export function diagnosticWords(slice: Slice): readonly Word[] | undefined {
  const { bytes, start, end } = slice
  if (end - start > LIMIT || end - start < 3) return undefined
  const text = new TextDecoder('latin1').decode(bytes.subarray(start, end))
  if (!text.includes("h'")) return undefined
  const words: Word[] = []
  let depth = 0
  for (let at = 0; at < text.length;) {
    WORD.lastIndex = at
    const match = WORD.exec(text)
    if (!match) return undefined
    const kinds: readonly Kind[] = ['bytes', 'text', 'number', 'word', 'mark']
    const kind = kinds.find((_, i) => match[i + 1] !== undefined)
    const whole = match[0]
    if (kind) words.push({ kind, start: start + at, end: start + at + whole.length, text: whole })
    if (kind === 'mark') depth += '[{('.includes(whole) ? 1 : ']})'.includes(whole) ? -1 : 0
    if (depth < 0) return undefined
    at += whole.length
  }
  return depth === 0 && words.some((word) => word.kind === 'bytes') ? words : undefined
}

export function decodeDiagnostic(slice: Slice): Decoding<undefined> {
  const words = diagnosticWords(slice)
  if (!words)
    return {
      tree: () => gapNode('', 'CBOR diagnostic notation', slice),
      decoded: undefined,
      spaces: () => [],
      problems: [],
      inner: [],
    }
  const spaces: Space[] = []
  const inner: Inner[] = []
  const children: FieldNode[] = []
  let at = slice.start
  for (const [i, word] of words.entries()) {
    // Spaces and comments before a word belong to it, so that the leaves tile the text.
    const end = i === words.length - 1 ? slice.end : word.end
    const range = { space: slice.space, start: at, end }
    children.push({
      path: `word${i}`,
      label: word.text.slice(0, 64),
      kind: 'leaf',
      ranges: [range],
      value: { kind: 'text', text: word.text.slice(0, 1024) },
      doc: `field.diagnostic.${word.kind}`,
      children: [],
      problems: [],
    })
    at = end
    if (word.kind !== 'bytes' || word.end - word.start < 4) continue
    const hex = readHexText({ ...slice, start: word.start + 2, end: word.end - 1 })
    if (!hex) continue
    spaces.push(hex.space)
    inner.push({ slice: hex.slice, name: `h'…' ${inner.length + 1}`, origin: 'embedded' })
  }
  return {
    tree: () => ({
      path: '',
      label: 'CBOR diagnostic notation',
      kind: 'struct',
      ranges: [rangeOf(slice)],
      value: { kind: 'none' },
      children,
      problems: [],
    }),
    decoded: undefined,
    spaces: () => spaces,
    problems: [],
    inner,
  }
}
