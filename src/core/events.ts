import type { DerivedEvent, Events, Names, RangeLists, Texts, WordsCovered } from './derived.ts'
import type { ByteRange } from './place.ts'
import type { Saying } from './saying.ts'

/** Events of a log in columns, and rows out of them. */

const COVERED: readonly WordsCovered[] = ['whole', 'part', 'none', 'not-extended']
/** Longest words that an event repeats; the whole is at its bytes. */
const WORDS_SHOWN = 400

/** Puts events into columns. */
export function eventsOf(rows: readonly DerivedEvent[]): Events {
  const odd = new Map<number, Saying>()
  for (let i = 0; i < rows.length; i++) {
    const because = rows[i]?.isOdd
    if (because) odd.set(i, because)
  }
  return {
    count: rows.length,
    paths: textsOf(rows, (row) => row.path),
    ranges: rangeListsOf(rows, (row) => row.ranges),
    registers: namesOf(rows, (row) => row.register),
    types: namesOf(rows, (row) => row.type),
    words: textsOf(rows, ({ words }) => (words.length > WORDS_SHOWN ? words.slice(0, WORDS_SHOWN) : words)),
    covered: Uint8Array.from(rows, (row) => COVERED.indexOf(row.covered)),
    coveredRanges: rangeListsOf(rows, (row) => row.coveredRanges),
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
  return COVERED[covered[index] ?? 2] ?? 'none'
}

/** The bytes that its digest covers. */
export function coveredRangesAt(events: Events, index: number): readonly ByteRange[] {
  return rangesAt(events.coveredRanges, index)
}

/** How many there are of each. */
export function countCovered({ covered }: Events): Readonly<Record<WordsCovered, number>> {
  const counts = [0, 0, 0, 0]
  for (const code of covered) counts[code] = (counts[code] ?? 0) + 1
  const [whole = 0, part = 0, none = 0, not = 0] = counts
  return { whole, part, none, 'not-extended': not }
}

function textsOf(rows: readonly DerivedEvent[], of: (row: DerivedEvent) => string): Texts {
  const ends = new Uint32Array(rows.length)
  let size = 0
  const parts = rows.map((row, i) => {
    const text = of(row)
    ends[i] = size += text.length
    return text
  })
  return { text: parts.join(''), ends }
}

function textAt({ text, ends }: Texts, index: number): string {
  return text.slice(index === 0 ? 0 : ends[index - 1], ends[index])
}

function namesOf(rows: readonly DerivedEvent[], of: (row: DerivedEvent) => string): Names {
  const known = new Map<string, number>()
  const which = Uint32Array.from(rows, (row) => {
    const name = of(row)
    const at = known.get(name) ?? known.size
    if (at === known.size) known.set(name, at)
    return at
  })
  return { names: [...known.keys()], which }
}

function nameAt({ names, which }: Names, index: number): string {
  return names[which[index] ?? -1] ?? ''
}

/** A range takes this many numbers: which space, start, end. */
const WIDTH = 3

function rangeListsOf(rows: readonly DerivedEvent[], of: (row: DerivedEvent) => readonly ByteRange[]): RangeLists {
  const ends = new Uint32Array(rows.length)
  let size = 0
  for (const [i, row] of rows.entries()) ends[i] = size += WIDTH * of(row).length
  const numbers = new Uint32Array(size)
  const spaces = new Map<string, number>()
  let at = 0
  for (const row of rows)
    for (const { space, start, end } of of(row)) {
      const known = spaces.get(space) ?? spaces.size
      if (known === spaces.size) spaces.set(space, known)
      numbers[at++] = known
      numbers[at++] = start
      numbers[at++] = end
    }
  return { spaces: [...spaces.keys()], numbers, ends }
}

function rangesAt({ spaces, numbers, ends }: RangeLists, index: number): ByteRange[] {
  const found: ByteRange[] = []
  const stop = ends[index] ?? 0
  for (let at = index === 0 ? 0 : (ends[index - 1] ?? 0); at < stop; at += WIDTH)
    found.push({ space: spaces[numbers[at] ?? -1] ?? '', start: numbers[at + 1] ?? 0, end: numbers[at + 2] ?? 0 })
  return found
}
