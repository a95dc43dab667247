import { derivedId, rangeOf, sliceOf, type Piece, type Slice, type Space } from '../../../core/place.ts'
import type { FieldNode } from '../../../core/field.ts'
import type { Decoding, Inner } from '../../../core/scheme.ts'
import { findText, isWhite, latin1 } from '../../../envelope/characters.ts'
import { readBase64 } from '../../../envelope/base64.ts'
import type { MemberBytes } from '../../../envelope/member-bytes.ts'
import { hclInner, quoteInner } from './hcl.ts'
import { quoteParts } from './quote.ts'

/** One attestation service writes the same evidence as YAML. Not a YAML reader: it finds the members that this file has, each a block of base64 or a list of numbers. */

interface Member {
  readonly name: string
  readonly slice: Slice
}

/** Text of a member: from behind its colon to the next line that is indented no further. */
function memberOf(file: Slice, name: string): Member | undefined {
  const { bytes, end } = file
  for (let at = findText(bytes, file.start, end, `${name}:`); at >= 0; at = findText(bytes, at + 1, end, `${name}:`)) {
    let line = at
    while (line > file.start && bytes[line - 1] === 0x20) line--
    if (line > file.start && bytes[line - 1] !== 0x0a) continue
    const indent = at - line
    const from = at + name.length + 1
    let stop = bytes.indexOf(0x0a, from)
    for (let next = stop; next >= 0 && next < end;) {
      let text = next + 1
      while (text < end && bytes[text] === 0x20) text++
      const isBlank = text >= end || bytes[text] === 0x0a || bytes[text] === 0x0d
      const isClosing = bytes[text] === 0x5d || bytes[text] === 0x2d
      if (!isBlank && text - next - 1 <= indent && !isClosing) break
      const after = bytes.indexOf(0x0a, text)
      stop = after < 0 ? end : after
      next = after
    }
    return { name, slice: { ...file, start: from, end: Math.max(from, Math.min(end, stop < 0 ? end : stop)) } }
  }
  return undefined
}

/** A block's mark at the end of the member's own line: `|-`, `>-`, `|2` and so on. The text behind it may begin with a dash of its own. */
const MARK = /^ *(?:[|>][-+0-9]{0,2})?[ \r]*\n?/

/** The block behind the mark. */
function block(member: Member | undefined): Slice | undefined {
  if (!member) return undefined
  const { bytes, end } = member.slice
  let at =
    member.slice.start +
    (MARK.exec(latin1(bytes, member.slice.start, Math.min(end, member.slice.start + 16)))?.[0].length ?? 0)
  while (at < end && isWhite(bytes[at])) at++
  return at < end ? { ...member.slice, start: at } : undefined
}

/** All numbers of a list, lists in lists one after another. */
function numbers(member: Member | undefined): MemberBytes | undefined {
  if (!member) return undefined
  const { bytes, start, end, space } = member.slice
  const out: number[] = []
  const pieces: Piece[] = []
  for (const match of latin1(bytes, start, end).matchAll(/\d+/g)) {
    const value = Number(match[0])
    if (value > 255 || out.length > 65_536) return { slice: member.slice, spaces: [] }
    pieces.push({
      at: out.length,
      length: 1,
      sourceStart: start + match.index,
      sourceEnd: start + match.index + match[0].length,
    })
    out.push(value)
  }
  if (out.length === 0) return undefined
  const id = derivedId(space, 'decimal-array', start)
  const derived = Uint8Array.from(out)
  return {
    slice: sliceOf(id, derived),
    spaces: [{ id, parent: space, via: 'decimal-array', map: 'exact', bytes: derived, pieces }],
  }
}

const MEMBERS = [
  'tdx_quote_base64',
  'hcl_report_base64',
  'ak_certificate_pem',
  'ak_intermediate_certificates_pem',
  'signature',
  'message',
  'pcrs',
] as const

/** Evidence written as YAML. */
export function readYaml(file: Slice): Decoding {
  const found = new Map(MEMBERS.map((name) => [name, memberOf(file, name)]))
  const spaces: Space[] = []
  const inner: Inner[] = []
  const decoded = (name: (typeof MEMBERS)[number]): Slice | undefined => {
    const text = block(found.get(name))
    const read = text && readBase64(text)
    if (read) spaces.push(read.space)
    // Text that says no bytes stays a member, so that its reader can call it broken.
    return read?.slice ?? text
  }
  const hcl = decoded('hcl_report_base64')
  if (hcl) inner.push(hclInner(hcl, 'HCL report'))
  const quote = decoded('tdx_quote_base64')
  if (quote) inner.push(quoteInner(quote))
  const parts = quoteParts(numbers(found.get('message')), numbers(found.get('signature')), numbers(found.get('pcrs')))
  spaces.push(...parts.spaces)
  inner.push(...parts.inner)
  const certificate = block(found.get('ak_certificate_pem'))
  if (certificate) inner.push({ slice: certificate, name: 'AK certificate', origin: 'embedded' })
  const authorities = block(found.get('ak_intermediate_certificates_pem'))
  if (authorities) inner.push({ slice: authorities, name: 'AK authorities', format: 'x509.pem', origin: 'embedded' })
  return {
    tree: () =>
      treeOf(
        file,
        [...found.values()].flatMap((one) => (one ? [one] : [])),
      ),
    decoded: undefined,
    spaces: () => spaces,
    problems: [],
    inner,
  }
}

function treeOf(file: Slice, members: readonly Member[]): FieldNode {
  const children: FieldNode[] = []
  let at = file.start
  const text = (end: number) => {
    if (end <= at) return
    children.push({
      path: `text${children.length}`,
      label: 'text',
      kind: 'leaf',
      ranges: [{ space: file.space, start: at, end }],
      value: { kind: 'none' },
      children: [],
      problems: [],
      doc: 'field.azureYaml.text',
    })
    at = end
  }
  for (const { name, slice } of members.toSorted((a, b) => a.slice.start - b.slice.start)) {
    if (slice.start < at || slice.end <= slice.start) continue
    text(slice.start)
    children.push({
      path: name,
      label: name,
      kind: 'leaf',
      ranges: [rangeOf(slice)],
      value: { kind: 'none' },
      children: [],
      problems: [],
      doc: `field.azureYaml.${name}`,
    })
    at = slice.end
  }
  text(file.end)
  return {
    path: '',
    label: 'Azure evidence',
    kind: 'struct',
    ranges: [rangeOf(file)],
    value: { kind: 'none' },
    children,
    problems: [],
  }
}
