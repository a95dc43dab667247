import type { DerivedEvent, Events, Names, RangeLists, Texts, WordsCovered } from './derived.ts'
import type { ByteRange } from './place.ts'
import type { Saying } from './saying.ts'

/** Events of a log in columns, and rows out of them. */

const COVERED: readonly WordsCovered[] = ['whole', 'part', 'none', 'not-extended']
const NONE = 2
/** Longest words that an event repeats; the whole is at its bytes. */
const WORDS_SHOWN = 400
/** The words of an event as they are shown: with the mark of something left out only where something was. */
export function wordsShown(words: string): string {
  return words.length > WORDS_SHOWN ? `${words.slice(0, WORDS_SHOWN)}…` : words
}

/** A range takes this many numbers: which space, start, end. */
const WIDTH = 3

/** Puts events into columns, one after another. What a row makes when it is asked is asked for once, and no row is kept: a hundred thousand of them are copied from one part of the heap to the next before they are let go. */
export class EventsWriter {
  #count = 0
  readonly #odd = new Map<number, Saying>()
  readonly #covered = new Numbers(Uint8Array)
  readonly #paths = new TextColumn()
  readonly #words = new TextColumn()
  readonly #registers = new NameColumn()
  readonly #types = new NameColumn()
  readonly #ranges = new RangeColumn()
  readonly #coveredRanges = new RangeColumn()

  put(row: DerivedEvent): void {
    const said = row.words
    this.#paths.put(row.path)
    // One character more than is shown says that there were more.
    this.#words.put(said.length > WORDS_SHOWN ? said.slice(0, WORDS_SHOWN + 1) : said)
    this.#registers.put(row.register)
    this.#types.put(row.type)
    this.#covered.put(COVERED.indexOf(row.covered))
    this.#ranges.put(row.ranges)
    this.#coveredRanges.put(row.coveredRanges)
    const odd = row.isOdd
    if (odd) this.#odd.set(this.#count, odd)
    this.#count++
  }

  done(): Events {
    return {
      count: this.#count,
      paths: this.#paths.done(),
      ranges: this.#ranges.done(),
      registers: this.#registers.done(),
      types: this.#types.done(),
      words: this.#words.done(),
      covered: this.#covered.done(),
      coveredRanges: this.#coveredRanges.done(),
      odd: this.#odd,
    }
  }
}

/** Rows that are there already. */
export function eventsOf(rows: readonly DerivedEvent[]): Events {
  const writer = new EventsWriter()
  for (const row of rows) writer.put(row)
  return writer.done()
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

/** A column of numbers of one width that grows. */
class Numbers<T extends Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>> {
  readonly #make: new (size: number) => T
  #values: T
  #size = 0

  constructor(make: new (size: number) => T) {
    this.#make = make
    this.#values = new make(1024)
  }

  get size(): number {
    return this.#size
  }

  put(value: number): void {
    if (this.#size === this.#values.length) {
      const grown = new this.#make(2 * this.#size)
      grown.set(this.#values)
      this.#values = grown
    }
    this.#values[this.#size++] = value
  }

  /** A view would take all of its memory along. */
  done(): T {
    const out = new this.#make(this.#size)
    out.set(this.#values.subarray(0, this.#size))
    return out
  }
}

/** Bytes and not one text: a text is built out of pieces that all have to stay until the last is there. */
class TextColumn {
  readonly #ends = new Numbers(Uint32Array)
  #bytes = new Uint8Array(4096)
  #size = 0

  put(text: string): void {
    // No character takes more than three bytes of UTF-8 for each of its units.
    const most = this.#size + 3 * text.length
    if (most > this.#bytes.length) {
      const grown = new Uint8Array(2 * most)
      grown.set(this.#bytes)
      this.#bytes = grown
    }
    this.#size += writeText(text, this.#bytes, this.#size)
    this.#ends.put(this.#size)
  }

  done(): Texts {
    return { bytes: this.#bytes.slice(0, this.#size), ends: this.#ends.done() }
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
  readonly #which = new Numbers(Uint32Array)
  readonly #known = new Map<string, number>()

  put(name: string): void {
    let known = this.#known.get(name)
    if (known === undefined) this.#known.set(name, (known = this.#known.size))
    this.#which.put(known)
  }

  done(): Names {
    return { names: [...this.#known.keys()], which: this.#which.done() }
  }
}

function nameAt({ names, which }: Names, index: number): string {
  return names[which[index] ?? -1] ?? ''
}

class RangeColumn {
  readonly #ends = new Numbers(Uint32Array)
  readonly #spaces: string[] = []
  readonly #numbers = new Numbers(Uint32Array)

  put(ranges: readonly ByteRange[]): void {
    for (const { space, start, end } of ranges) {
      let which = this.#spaces.lastIndexOf(space)
      if (which < 0) which = this.#spaces.push(space) - 1
      this.#numbers.put(which)
      this.#numbers.put(start)
      this.#numbers.put(end)
    }
    this.#ends.put(this.#numbers.size)
  }

  done(): RangeLists {
    return { spaces: this.#spaces, numbers: this.#numbers.done(), ends: this.#ends.done() }
  }
}

function rangesAt({ spaces, numbers, ends }: RangeLists, index: number): ByteRange[] {
  const found: ByteRange[] = []
  const stop = ends[index] ?? 0
  for (let at = index === 0 ? 0 : (ends[index - 1] ?? 0); at < stop; at += WIDTH)
    found.push({ space: spaces[numbers[at] ?? -1] ?? '', start: numbers[at + 1] ?? 0, end: numbers[at + 2] ?? 0 })
  return found
}
