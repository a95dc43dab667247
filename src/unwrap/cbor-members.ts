import { say } from '../core/saying.ts'
import { rangeOf, type Slice } from '../core/place.ts'
import type { CborItem } from '../bytes/cbor.ts'
import { briefly } from '../bytes/cbor-diagnostic.ts'
import { cborTree, type CborShape } from '../bytes/cbor-node.ts'
import { cborOf } from '../bytes/head.ts'
import { hexOffset } from '../bytes/layout.ts'
import { withoutTags } from '../envelope/cose.ts'
import { isToBeSigned } from './cose-parts.ts'
import { isWorthwhile } from './looks-like.ts'
import { PART_LIMIT, type Branch, type Opened, type Work } from './types.ts'

/** Every level is shown, and no byte string opened: what is in one is a part of its own. */
interface Plain extends CborShape {
  element?: CborShape
  content?: CborShape
}
const PLAIN: Plain = {}
PLAIN.element = PLAIN
PLAIN.content = PLAIN

/** Tags of COSE messages with one signer, and of the collections of Arm CCA: such an item may be evidence without a byte string around it. */
const TAGGED: readonly bigint[] = [18n, 61n, 399n, 907n]
const LONGEST_NAME = 100

/** One whole CBOR item as a container: every byte string, and every tagged message, that may be something of its own. What Linux' configfs-tsm and Parsec hand over looks so. */
export function openCbor(slice: Slice, work: Work): Opened | undefined {
  const major = (slice.bytes[slice.start] ?? 0) >> 5
  if (slice.start >= slice.end || major < 4 || major > 6) return undefined
  const reading = cborOf(slice)
  // A COSE message is one thing, not a container: what it carries was signed by somebody, and its own format says what that means.
  if (!reading.item || !reading.isWhole || reading.end !== slice.end) return undefined
  const { item } = withoutTags(reading.item)
  if (item?.kind === 'array' && isMessage(item.items)) return undefined
  const spaces = new Map(reading.spaces.map((space) => [space.id, space]))
  return {
    branches: members(reading.item, slice, work, spaces),
    isContainer: true,
    isGuess: true,
    problems: isToBeSigned(slice)
      ? [
          ...reading.problems,
          { because: say('unwrap.looks-like.to-be-signed', { at: hexOffset(slice.start) }), range: rangeOf(slice) },
        ]
      : reading.problems,
    tree: () => cborTree(slice, '', 'CBOR', PLAIN).node,
  }
}

function* members(
  root: CborItem,
  slice: Slice,
  work: Work,
  spaces: ReadonlyMap<string, Branch['spaces'][number]>,
): Generator<Branch> {
  let asked = 0
  const stack: { readonly item: CborItem; readonly path: string }[] = [{ item: root, path: '' }]
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { item, path } = top
    if (work.branches <= 0 || work.room <= 0 || asked >= PART_LIMIT) return
    switch (item.kind) {
      case 'bytes':
      case 'text': {
        const space = spaces.get(item.content.space)
        if (item !== root && isWorthwhile(item.content) && ++asked > 0)
          yield branch(path, item.content, space ? [space] : [])
        break
      }
      case 'tag':
        if (item !== root && TAGGED.includes(item.tag))
          yield branch(path, { ...slice, start: item.range.start, end: item.range.end }, [])
        else stack.push({ item: item.content, path })
        break
      case 'array':
        if (item !== root && isMessage(item.items))
          yield branch(path, { ...slice, start: item.range.start, end: item.range.end }, [])
        else
          for (let i = item.items.length - 1; i >= 0; i--) {
            const inner = item.items[i]
            if (inner && isOfInterest(inner)) stack.push({ item: inner, path: `${path}[${i}]` })
          }
        break
      case 'map':
        for (let i = item.entries.length - 1; i >= 0; i--) {
          const entry = item.entries[i]
          if (entry && isOfInterest(entry.value))
            stack.push({ item: entry.value, path: path === '' ? nameOf(entry.key) : `${path}.${nameOf(entry.key)}` })
        }
        break
      case 'int':
      case 'simple':
      case 'float':
      case 'broken':
        break
    }
  }
}

/** Whether anything can be in it: most items are numbers and short strings, and no path need be made for those. */
function isOfInterest(item: CborItem): boolean {
  switch (item.kind) {
    case 'bytes':
    case 'text':
      return isWorthwhile(item.content)
    case 'array':
      return item.items.some(isOfInterest)
    case 'map':
      return item.entries.some(({ value }) => isOfInterest(value))
    case 'tag':
      return isOfInterest(item.content)
    case 'int':
    case 'simple':
    case 'float':
    case 'broken':
      return false
  }
}

/** A COSE message without its tag: header, header, content, signature. */
function isMessage(items: readonly CborItem[]): boolean {
  const [first, second, , fourth] = items
  return items.length === 4 && first?.kind === 'bytes' && second?.kind === 'map' && fourth?.kind === 'bytes'
}

function nameOf(key: CborItem): string {
  return (key.kind === 'text' ? key.text : briefly(key)).slice(0, LONGEST_NAME)
}

function branch(path: string, slice: Slice, spaces: Branch['spaces']): Branch {
  return {
    via: `CBOR member ${path}`,
    because: say('unwrap.layer.cbor-member', { name: path, at: hexOffset(slice.start) }),
    slice,
    spaces,
    problems: [],
    name: path,
  }
}
