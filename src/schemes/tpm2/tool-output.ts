import { rangeOf, type Slice, type Space } from '../../core/place.ts'
import type { FieldNode } from '../../core/field.ts'
import type { EvidenceFormat, Inner, Unexplored } from '../../core/scheme.ts'
import { headText } from '../../bytes/head.ts'
import { hexOffset } from '../../bytes/layout.ts'
import { editor } from '../../envelope/edited.ts'
import { readHex } from '../../envelope/hex.ts'
import { FORMATS } from './decoded.ts'
import { QUOTED, SIG } from './tool-marks.ts'

/** One PCR as `tpm2_quote` and `tpm2_pcrread` print it: `  7 : 0x272E…`. */
const PCR = /(?:^|[^\w.])(\d{1,2})\s*:\s*0x([0-9A-Fa-f]{128}|[0-9A-Fa-f]{96}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{40})\b/g
/** Most values that are read. */
const MOST = 24 * 4

interface Value {
  readonly name: string
  readonly slice: Slice
}

/** What `tpm2_quote` prints: the statement, the signature and the values of the PCRs in one text, as it is pasted, logged or quoted in an exception. What else stands in the text is looked at too. */
export const toolOutputFormat: EvidenceFormat<unknown> = {
  id: FORMATS.toolOutput,
  message: 'supporting',
  title: 'format.tpm2.tool-output',
  decode(slice) {
    const text = headText(slice)
    const at = (index: number, length: number): Slice => ({
      ...slice,
      start: slice.start + index,
      end: slice.start + index + length,
    })
    const one = (pattern: RegExp, name: string): Value[] => {
      const found = pattern.exec(text)
      const digits = found?.[1] ?? ''
      return found ? [{ name, slice: at(found.index + found[0].length - digits.length, digits.length) }] : []
    }
    const quoted = one(QUOTED, 'quoted')
    const signature = one(SIG, 'sig')
    const pcrs = [...text.matchAll(PCR)].slice(0, MOST).map((found): Value => {
      const digits = found[2] ?? ''
      return { name: `PCR${found[1] ?? ''}`, slice: at(found.index + found[0].length - digits.length, digits.length) }
    })
    const spaces: Space[] = []
    const inner: Inner[] = []
    const open = (own: Slice, name: string, format: string, hints?: Inner['hints']) => {
      const read = readHex(own)
      if (!read) return
      spaces.push(read.space)
      inner.push({ slice: read.slice, name, format, origin: 'embedded', ...(hints ? { hints } : {}) })
    }
    for (const value of quoted) open(value.slice, 'quoted', FORMATS.quote)
    for (const value of signature) open(value.slice, 'sig', FORMATS.signature)
    const [first] = pcrs
    if (first) {
      const out = editor(slice)
      for (const { slice: own } of pcrs) out.keep(own.start, own.end)
      const joined = out.done('slice')
      spaces.push(joined.space)
      open(joined.slice, 'pcrs', FORMATS.pcrs, { digestSize: String((first.slice.end - first.slice.start) / 2) })
    }
    const values = [...quoted, ...signature, ...pcrs].sort((a, b) => a.slice.start - b.slice.start)
    return {
      tree: () => treeOf(slice, values),
      decoded: undefined,
      spaces: () => spaces,
      problems: [],
      inner,
      unexplored: between(slice, values),
    }
  },
}

/** The text around the values. */
function between(slice: Slice, values: readonly Value[]): Unexplored[] {
  const found: Unexplored[] = []
  let at = slice.start
  for (const end of [...values.map((value) => value.slice.start), slice.end]) {
    if (end > at) found.push({ slice: { ...slice, start: at, end }, name: hexOffset(at) })
    at = values.find((value) => value.slice.start === end)?.slice.end ?? end
  }
  return found
}

function treeOf(slice: Slice, values: readonly Value[]): FieldNode {
  const leaf = (path: string, label: string, own: Slice, doc: string): FieldNode => ({
    path,
    label,
    kind: 'leaf',
    ranges: [rangeOf(own)],
    value: { kind: 'bytes', length: own.end - own.start },
    children: [],
    problems: [],
    doc,
  })
  const texts = between(slice, values).map((one, i) =>
    leaf(`text${i}`, 'text', one.slice, 'field.tpm2.toolOutput.text'),
  )
  const own = values.map(({ name, slice: value }, i) =>
    leaf(`value${i}`, name, value, `field.tpm2.toolOutput.${name.startsWith('PCR') ? 'pcr' : name}`),
  )
  return {
    path: '',
    label: 'tpm2-tools',
    kind: 'struct',
    ranges: [rangeOf(slice)],
    value: { kind: 'none' },
    children: [...texts, ...own].sort((a, b) => (a.ranges[0]?.start ?? 0) - (b.ranges[0]?.start ?? 0)),
    problems: [],
  }
}
