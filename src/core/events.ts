import type { DerivedEvent, Events, Names, RangeLists, Texts, WordsCovered } from './derived.ts'
import type { ByteRange } from './place.ts'
import type { Saying } from './saying.ts'

/** Events of a log in columns, and rows out of them. */

const COVERED: readonly WordsCovered[] = ['whole', 'part', 'none', 'not-extended']
const NONE = 2
/** Longest words that an event repeats; the whole is at its bytes. */
const WORDS_SHOWN = 400
/** A range takes this many numbers: which space, start, end. */
const WIDTH = 3

/** Puts events into columns. What a row makes when it is asked is asked for once. */
export function eventsOf(rows: readonly DerivedEvent[]): Events {
  const count = rows.length
  const odd = new Map<number, Saying>()
  const covered = new Uint8Array(count)
  const [paths, words] = [new TextColumn(count), new TextColumn(count)]
  const [registers, types] = [new NameColumn(count), new NameColumn(count)]
  const [ranges, coveredRanges] = [new RangeColumn(count), new RangeColumn(count)]
  for (let i = 0; i < count; i++) {
    const row = rows[i]
    if (!row) break
    const said = row.words
    paths.put(i, row.path)
    words.put(i, said.length > WORDS_SHOWN ? said.slice(0, WORDS_SHOWN) : said)
    registers.put(i, row.register)
    types.put(i, row.type)
    covered[i] = COVERED.indexOf(row.covered)
    ranges.put(i, row.ranges)
    coveredRanges.put(i, row.coveredRanges)
    if (row.isOdd) odd.set(i, row.isOdd)
  }
  return {
    count,
    paths: paths.done(),
    ranges: ranges.done(),
    registers: registers.done(),
    types: types.done(),
    words: words.done(),
    covered,
    coveredRanges: coveredRanges.done(),
    odd,
  }
}

/** One of them as a row, made anew each time; undefined behind the last. */
export function eventAt(events: Events, index: number): DerivedEvent | undefined {
  if (!(index >= 0 && index < events.count)) return undefined
  const isOdd = events.odd.get(index)
  return {
    path: textAt(events.paths, index),
    ranges: rangesAt(events.ranges, index),
    register: nameAt(events.registers, index),
    type: nameAt(events.types, index),
    words: textAt(events.words, index),
    covered: coveredAt(events, index),
    coveredRanges: rangesAt(events.coveredRanges, index),
    ...(isOdd ? { isOdd } : {}),
  }
}

/** All of them, one row after another. */
export function* eachEvent(events: Events): Generator<DerivedEvent> {
  for (let i = 0; i < events.count; i++) {
    const row = eventAt(events, i)
    if (row) yield row
  }
}

/** How much of the words of one of them its digest covers; `none` behind the last. */
export function coveredAt({ covered }: Events, index: number): WordsCovered {
  return COVERED[covered[index] ?? NONE] ?? 'none'
}

/** The bytes that its digest covers. */
export function coveredRangesAt({ coveredRanges }: Events, index: number): readonly ByteRange[] {
  return rangesAt(coveredRanges, index)
}

/** How many there are of each. */
export function countCovered({ covered }: Events): Readonly<Record<WordsCovered, number>> {
  const counts = [0, 0, 0, 0]
  for (let i = 0; i < covered.length; i++) {
    const code = covered[i] ?? NONE
    counts[code] = (counts[code] ?? 0) + 1
  }
  const [whole = 0, part = 0, none = 0, not = 0] = counts
  return { whole, part, none, 'not-extended': not }
}

const ENCODER = new TextEncoder()
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })

/** Bytes and not one text: a text is built out of pieces that all have to stay until the last is there. */
class TextColumn {
  readonly #ends: Uint32Array
  #bytes = new Uint8Array(4096)
  #size = 0

  constructor(count: number) {
    this.#ends = new Uint32Array(count)
  }

  put(index: number, text: string): void {
    // No character takes more than three bytes of UTF-8 for each of its units.
    const most = this.#size + 3 * text.length
    if (most > this.#bytes.length) {
      const grown = new Uint8Array(2 * most)
      grown.set(this.#bytes)
      this.#bytes = grown
    }
    this.#ends[index] = this.#size += writeText(text, this.#bytes, this.#size)
  }

  done(): Texts {
    // A view would take all of its memory along.
    return { bytes: this.#bytes.slice(0, this.#size), ends: this.#ends }
  }
}

/** Nearly all of it is ASCII, for which the encoder's call costs more than the text. */
function writeText(text: string, bytes: Uint8Array, at: number): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0x7f) return ENCODER.encodeInto(text, bytes.subarray(at)).written
    bytes[at + i] = code
  }
  return text.length
}

function textAt({ bytes, ends }: Texts, index: number): string {
  return DECODER.decode(bytes.subarray(index === 0 ? 0 : ends[index - 1], ends[index]))
}

class NameColumn {
  readonly #which: Uint32Array
  readonly #known = new Map<string, number>()

  constructor(count: number) {
    this.#which = new Uint32Array(count)
  }

  put(index: number, name: string): void {
    let known = this.#known.get(name)
    if (known === undefined) this.#known.set(name, (known = this.#known.size))
    this.#which[index] = known
  }

  done(): Names {
    return { names: [...this.#known.keys()], which: this.#which }
  }
}

function nameAt({ names, which }: Names, index: number): string {
  return names[which[index] ?? -1] ?? ''
}

class RangeColumn {
  readonly #ends: Uint32Array
  readonly #spaces: string[] = []
  #numbers: Uint32Array
  #size = 0

  constructor(count: number) {
    this.#ends = new Uint32Array(count)
    this.#numbers = new Uint32Array(WIDTH * count)
  }

  put(index: number, ranges: readonly ByteRange[]): void {
    for (const { space, start, end } of ranges) {
      if (this.#size + WIDTH > this.#numbers.length) {
        const grown = new Uint32Array(2 * (this.#size + WIDTH))
        grown.set(this.#numbers)
        this.#numbers = grown
      }
      let which = this.#spaces.lastIndexOf(space)
      if (which < 0) which = this.#spaces.push(space) - 1
      this.#numbers[this.#size++] = which
      this.#numbers[this.#size++] = start
      this.#numbers[this.#size++] = end
    }
    this.#ends[index] = this.#size
  }

  done(): RangeLists {
    return { spaces: this.#spaces, numbers: this.#numbers.slice(0, this.#size), ends: this.#ends }
  }
}

function rangesAt({ spaces, numbers, ends }: RangeLists, index: number): ByteRange[] {
  const found: ByteRange[] = []
  const stop = ends[index] ?? 0
  for (let at = index === 0 ? 0 : (ends[index - 1] ?? 0); at < stop; at += WIDTH)
    found.push({ space: spaces[numbers[at] ?? -1] ?? '', start: numbers[at + 1] ?? 0, end: numbers[at + 2] ?? 0 })
  return found
}
