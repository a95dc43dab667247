import { parseJson, insideQuotes, type JsonValue } from '../bytes/json.ts'
import { bytesOf, sliceOf, type ByteRange, type Slice, type Space } from '../core/place.ts'
import { mapBack } from '../envelope/map-back.ts'
import { isWhite, latin1 } from '../envelope/characters.ts'
import type { UnreadMember } from './api.ts'
import type { OpenCase } from './case.ts'

/** Members of a JSON text or an archive that no reader took: what keeps "every byte explained" honest. Made for a reader, never for a verdict that has a subject. */

/** Shorter values are names, digests and nonces. */
const SMALLEST = 128
/** Most members that are listed for one file. */
const MOST = 200
/** Longer files are not searched. */
const LONGEST = 1 << 24

/** Beginnings of families' values in their usual wrapping, and where that part of the text stands. */
const FAMILIES: readonly { readonly name: string; readonly is: (head: string) => boolean }[] = [
  // SPDM 1.1 GET_MEASUREMENTS request (0x11 0xe0), as NVIDIA's tools write it before the answer.
  { name: 'NVIDIA GPU evidence', is: (head) => head.startsWith('EeAB') || /^11e001/i.test(head) },
  { name: 'JWT', is: (head) => /^ey[\w-]+\.[\w-]*\./.test(head) },
  // "Spec ID Event03", the first event of a TCG log, at any of the three alignments of base64.
  {
    name: 'TCG event log',
    is: (head) => /U3BlYyBJRCBFdmVudD|NwZWMgSUQgRXZlbnQw|TcGVjIElEIEV2ZW50M|53706563204944204576656e74/i.test(head),
  },
  { name: 'hex', is: (head) => /^(?:0x)?(?:[0-9a-f]{2}){32,}/i.test(head) },
  { name: 'base64', is: (head) => /^[\w+/-]{64,}={0,2}/.test(head) },
]
const EVIDENCE: readonly string[] = ['NVIDIA GPU evidence', 'JWT']

function lookOf(slice: Slice): string | null {
  const head = latin1(slice.bytes, slice.start, Math.min(slice.end, slice.start + 4096))
  return FAMILIES.find((family) => family.is(head))?.name ?? null
}

/** The bytes of the file that a slice of a derived space was made from. */
function inFile(range: ByteRange, spaces: ReadonlyMap<string, Space>): ByteRange | undefined {
  let here = range
  for (let depth = 0; here.space !== '' && depth < 64; depth++) {
    const back = mapBack(spaces, here)
    const first = back[0]
    const last = back.at(-1)
    if (!first || !last) return undefined
    here = { space: first.space, start: first.start, end: Math.max(first.end, last.end) }
  }
  return here.space === '' ? here : undefined
}

interface Text {
  readonly path: string
  readonly slice: Slice
}

function longTexts(slice: Slice): Text[] {
  const found: Text[] = []
  const { value } = parseJson(slice)
  const stack: { readonly value: JsonValue; readonly path: string }[] = value ? [{ value, path: '' }] : []
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { value: one, path } = top
    if (one.kind === 'string') {
      const inside = insideQuotes(slice, one)
      if (inside.end - inside.start >= SMALLEST) found.push({ path, slice: inside })
    } else if (one.kind === 'array') {
      for (let i = one.items.length - 1; i >= 0; i--) {
        const item = one.items[i]
        if (item && item.kind !== 'number') stack.push({ value: item, path: `${path}[${i}]` })
      }
    } else if (one.kind === 'object') {
      for (let i = one.members.length - 1; i >= 0; i--) {
        const member = one.members[i]
        if (member)
          stack.push({ value: member.value, path: `${path}${path === '' ? '' : '.'}${member.key.slice(0, 100)}` })
      }
    }
  }
  return found
}

function isJson(bytes: Uint8Array): boolean {
  let at = 0
  while (at < bytes.length && isWhite(bytes[at])) at++
  return bytes[at] === 0x7b || bytes[at] === 0x5b
}

/** Everything in the files of a case that stands in a recognised container and that no reader took. Linear in the size of the files. */
export function unreadOf(opened: OpenCase): UnreadMember[] {
  const found: UnreadMember[] = []
  const all = opened.spaces()
  for (let file = 0; file < opened.files.length; file++) {
    const own = opened.artifacts.filter((artifact) => artifact.file === file)
    const root = own.find((artifact) => artifact.parent === null)
    if (!root || !own.some((artifact) => artifact.format !== null)) continue
    const spaces = new Map(all.filter((one) => one.file === file).map((one) => [one.space.id, one.space]))
    const taken = own
      .filter((artifact) => artifact.format !== null)
      .map(({ slice }) => inFile({ space: slice.space, start: slice.start, end: slice.end }, spaces))
      .filter((range) => range !== undefined)
    const isTaken = (start: number, end: number) => taken.some((range) => range.start < end && range.end > start)
    const listed: UnreadMember[] = []
    const bytes = spaces.get('')?.bytes
    // Where one reader took the whole file, nothing in it is left: a long log is not read a second time to find that out.
    const isWhole = taken.some((range) => range.start === 0 && range.end === bytes?.length)
    if (bytes && !isWhole && bytes.length <= LONGEST && isJson(bytes)) {
      for (const { path, slice } of longTexts(sliceOf('', bytes)))
        if (!isTaken(slice.start, slice.end))
          listed.push({
            artifact: root.artifact,
            path,
            range: { space: '', start: slice.start, end: slice.end },
            size: slice.end - slice.start,
            looksLike: lookOf(slice),
          })
    }
    // Members of archives and bundles that were opened, and are no format known here.
    for (const artifact of own) {
      if (artifact.format !== null || artifact.parent === null) continue
      if (own.some((other) => other.parent === artifact.artifact)) continue
      const range = inFile({ ...artifact.slice }, spaces) ?? { space: '', start: 0, end: 0 }
      if (listed.some((one) => one.range.start < range.end && one.range.end > range.start)) continue
      listed.push({
        artifact: artifact.parent,
        path: artifact.name,
        range,
        size: bytesOf(artifact.slice).length,
        looksLike: lookOf(artifact.slice),
      })
    }
    found.push(...listed.slice(0, MOST))
  }
  return found
}

/** The unread member that is evidence by its look: where it is there, what was read around it is not all there is. */
export function unreadEvidence(opened: OpenCase): UnreadMember | undefined {
  return unreadOf(opened).find((member) => member.looksLike !== null && EVIDENCE.includes(member.looksLike))
}
