import type { Link } from './graph.ts'
import type { Cell, Placement } from './place.ts'

/** Sizes in pixels at a text size of 16. */
export interface Sizes {
  readonly nodeWidth: number
  readonly nodeHeight: number
  /** Between columns and rows when one line runs there. */
  readonly columnGap: number
  readonly rowGap: number
}

export const NODE_HEIGHT = 134
export const SIZES: Sizes = { nodeWidth: 140, nodeHeight: NODE_HEIGHT, columnGap: 54, rowGap: 82 }
/** Room that each further line takes in a gap. */
const TRACK = 20

export interface Point {
  readonly x: number
  readonly y: number
}
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A link as it is drawn: corners of its line, where its mark stands, and on which side of the mark its word goes. */
export interface Wire {
  readonly link: Link
  readonly points: readonly Point[]
  readonly mark: Point
  readonly word: 'above' | 'below' | 'right' | 'left'
}

interface Lined {
  readonly link: Link
  readonly points: readonly Point[]
}

export interface Geometry {
  readonly width: number
  readonly boxWidth: number
  readonly height: number
  readonly boxes: ReadonlyMap<string, Box>
  readonly wires: readonly Wire[]
  /** Where each row's gap above it starts, for the lane lines. */
  readonly rowTops: readonly { readonly row: number; readonly y: number }[]
}

type Side = 'left' | 'right' | 'top' | 'bottom'

/** Which way a link takes, in cells: sides it leaves and enters by, and the channels it runs through. Channel `h[r]` lies above row r, `v[c]` left of column c. */
interface Way {
  readonly link: Link
  readonly a: Cell
  readonly b: Cell
  readonly out: Side
  readonly into: Side
  readonly kind: 'straight' | 'corner' | 'channel' | 'around'
  readonly h: readonly number[]
  readonly v: number | null
}

function waysOf(placement: Placement, links: readonly Link[]): readonly Way[] {
  const isTaken = new Set([...placement.cells.values()].map((cell) => `${cell.col},${cell.row}`))
  const free = (col: number, row: number) => !isTaken.has(`${col},${row}`)
  const between = (from: number, to: number) =>
    Array.from({ length: Math.max(0, Math.abs(to - from) - 1) }, (_, i) => Math.min(from, to) + 1 + i)
  return links.flatMap((link): Way[] => {
    const a = placement.cells.get(link.from)
    const b = placement.cells.get(link.to)
    if (!a || !b) return []
    const way = { link, a, b, h: [], v: null }
    const isUp = b.row < a.row
    if (a.row === b.row && b.col > a.col && between(a.col, b.col).every((col) => free(col, a.row)))
      return [{ ...way, kind: 'straight', out: 'right', into: 'left' }]
    if (a.col === b.col && a.row !== b.row && between(a.row, b.row).every((row) => free(a.col, row)))
      return [{ ...way, kind: 'straight', out: isUp ? 'top' : 'bottom', into: isUp ? 'bottom' : 'top' }]
    if (
      a.row !== b.row &&
      b.col > a.col &&
      free(a.col, b.row) &&
      between(a.row, b.row).every((row) => free(a.col, row)) &&
      between(a.col, b.col).every((col) => free(col, b.row))
    ) {
      return [{ ...way, kind: 'corner', out: isUp ? 'top' : 'bottom', into: 'left' }]
    }
    if (a.row === b.row) {
      const isBelow = a.row >= 0
      return [
        {
          ...way,
          kind: 'channel',
          out: isBelow ? 'bottom' : 'top',
          into: isBelow ? 'bottom' : 'top',
          h: [isBelow ? a.row + 1 : a.row],
        },
      ]
    }
    const leave = isUp ? a.row : a.row + 1
    const arrive = isUp ? b.row + 1 : b.row
    const sides = { out: isUp ? 'top' : 'bottom', into: isUp ? 'bottom' : 'top' } as const
    if (leave === arrive) return [{ ...way, kind: 'channel', ...sides, h: [leave] }]
    return [{ ...way, kind: 'around', ...sides, h: [leave, arrive], v: b.col > a.col ? b.col : b.col + 1 }]
  })
}

/** Boxes, lines and marks of the drawing. */
export function geometryOf(
  placement: Placement,
  links: readonly Link[],
  sizes: Sizes = SIZES,
  wordWidth: (link: Link) => number = () => 52,
): Geometry {
  const ways = waysOf(placement, links)
  const rows = placement.lastRow - placement.firstRow + 1
  const count = (of: (way: Way) => boolean) => ways.filter(of).length
  const vGap = (col: number) => {
    const inner = count((way) => way.v === col)
    const isEdge = col === 0 || col === placement.cols
    return isEdge ? inner * TRACK : sizes.columnGap + inner * TRACK
  }
  const hGap = (row: number) => {
    const inner = count((way) => way.h.includes(row))
    const isEdge = row === placement.firstRow || row === placement.lastRow + 1
    return isEdge ? (inner === 0 ? 0 : 26 + inner * TRACK) : sizes.rowGap + Math.max(0, inner - 1) * TRACK
  }
  const left = running(placement.cols, (col) => vGap(col), sizes.nodeWidth)
  const top = running(rows, (index) => hGap(index + placement.firstRow), sizes.nodeHeight)
  const boxOf = (cell: Cell): Box => ({
    x: left.at(cell.col),
    y: top.at(cell.row - placement.firstRow),
    width: sizes.nodeWidth,
    height: sizes.nodeHeight,
  })
  const boxes = new Map([...placement.cells].map(([id, cell]) => [id, boxOf(cell)]))

  const port = portsOf(ways, boxOf)
  const hTrack = tracksOf(
    ways.flatMap((way) =>
      way.h.map((row, index) => {
        const start = index === 0 ? port(way, 'out').x : left.before(way.v ?? 0)
        const end = index === way.h.length - 1 ? port(way, 'into').x : left.before(way.v ?? 0)
        return { way, channel: row, from: Math.min(start, end), to: Math.max(start, end) }
      }),
    ),
  )
  const vTrack = tracksOf(
    ways.flatMap((way) =>
      way.v === null
        ? []
        : [{ way, channel: way.v, from: Math.min(way.a.row, way.b.row), to: Math.max(way.a.row, way.b.row) }],
    ),
  )
  const yOf = (way: Way, row: number) => {
    const { track, of } = hTrack(way, row)
    const isEdge = row === placement.firstRow || row === placement.lastRow + 1
    const from = row > placement.lastRow ? top.end - hGap(row) : top.at(row - placement.firstRow) - hGap(row)
    return isEdge
      ? row > placement.lastRow
        ? from + 26 + track * TRACK
        : from + hGap(row) - 26 - track * TRACK
      : from + ((track + 1) * hGap(row)) / (of + 1)
  }
  const xOf = (way: Way) => {
    const col = way.v ?? 0
    // At the left of the gap, so that the marks and arrowheads of straight lines keep their place.
    return left.before(col) - vGap(col) + 10 + vTrack(way, col).track * TRACK
  }

  const lines: Lined[] = ways.map((way) => ({
    link: way.link,
    points: pointsOf(way, port(way, 'out'), port(way, 'into'), yOf, xOf),
  }))
  const placed: Box[] = []
  // Short lines have few places for their mark, so they choose first.
  const lengthOf = (line: Lined) =>
    line.points
      .slice(1)
      .reduce(
        (sum, end, i) =>
          sum + Math.abs(end.x - (line.points[i]?.x ?? end.x)) + Math.abs(end.y - (line.points[i]?.y ?? end.y)),
        0,
      )
  const drawn: Wire[] = [...lines]
    .sort((a, b) => lengthOf(a) - lengthOf(b))
    .map((line) => {
      const place = markOf(line, lines, placed, [...boxes.values()], wordWidth(line.link))
      placed.push(...place.boxes)
      return { link: line.link, points: line.points, mark: place.mark, word: place.word }
    })
  return {
    width: left.end,
    boxWidth: sizes.nodeWidth,
    height: top.end,
    boxes,
    wires: drawn,
    rowTops: Array.from({ length: rows }, (_, index) => ({ row: index + placement.firstRow, y: top.at(index) })),
  }
}

/** Positions of cells with a gap before each: `at` is where cell i starts, `before` where it starts or the last one ends. */
function running(cells: number, gap: (index: number) => number, size: number) {
  const starts: number[] = []
  let at = 0
  for (let i = 0; i < cells; i++) {
    at += gap(i)
    starts.push(at)
    at += size
  }
  const end = at + gap(cells)
  return { at: (i: number) => starts[i] ?? 0, before: (i: number) => starts[i] ?? end, end }
}

/** Where each line touches its boxes: a straight line in the middle, the others left and right of it, by where they go. */
function portsOf(ways: readonly Way[], boxOf: (cell: Cell) => Box): (way: Way, end: 'out' | 'into') => Point {
  interface End {
    readonly way: Way
    readonly end: 'out' | 'into'
    readonly other: Cell
  }
  const bySide = new Map<string, End[]>()
  for (const way of ways) {
    for (const end of ['out', 'into'] as const) {
      const cell = end === 'out' ? way.a : way.b
      const id = `${cell.col},${cell.row},${way[end]}`
      bySide.set(id, [...(bySide.get(id) ?? []), { way, end, other: end === 'out' ? way.b : way.a }])
    }
  }
  const found = new Map<string, Point>()
  for (const ends of bySide.values()) {
    const first = ends[0]
    if (!first) continue
    const cell = first.end === 'out' ? first.way.a : first.way.b
    const side = first.way[first.end]
    const box = boxOf(cell)
    const isUpright = side === 'left' || side === 'right'
    const distance = (one: End) => (isUpright ? one.other.row - cell.row : one.other.col - cell.col)
    const straight = ends.filter((one) => one.way.kind === 'straight')
    const others = ends.filter((one) => one.way.kind !== 'straight')
    const before = others.filter((one) => distance(one) < 0).sort((x, y) => distance(x) - distance(y))
    const after = others.filter((one) => distance(one) >= 0).sort((x, y) => distance(x) - distance(y))
    const set = (list: readonly End[], from: number, to: number) => {
      list.forEach((one, index) => {
        const share = from + ((index + 1) * (to - from)) / (list.length + 1)
        const point = isUpright
          ? { x: side === 'left' ? box.x : box.x + box.width, y: box.y + box.height * share }
          : { x: box.x + box.width * share, y: side === 'top' ? box.y : box.y + box.height }
        found.set(`${one.way.link.id} ${one.end}`, point)
      })
    }
    if (straight.length === 0 && others.length === 1) set(others, 0, 1)
    else {
      set(straight, 0, 1)
      set(before, 0, 0.46)
      set(after, 0.54, 1)
    }
  }
  return (way, end) => found.get(`${way.link.id} ${end}`) ?? { x: 0, y: 0 }
}

/** Lines that would lie on each other in one channel get tracks of their own. */
function tracksOf(
  spans: readonly { readonly way: Way; readonly channel: number; readonly from: number; readonly to: number }[],
): (way: Way, channel: number) => { readonly track: number; readonly of: number } {
  const tracks = new Map<string, number>()
  const counts = new Map<number, number>()
  const ends = new Map<number, number[]>()
  for (const span of [...spans].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const used = ends.get(span.channel) ?? []
    const free = used.findIndex((end) => end < span.from - 8)
    const track = free < 0 ? used.length : free
    used[track] = span.to
    ends.set(span.channel, used)
    tracks.set(`${span.way.link.id} ${span.channel}`, track)
    counts.set(span.channel, Math.max(counts.get(span.channel) ?? 0, track + 1))
  }
  return (way, channel) => ({ track: tracks.get(`${way.link.id} ${channel}`) ?? 0, of: counts.get(channel) ?? 1 })
}

function pointsOf(
  way: Way,
  out: Point,
  into: Point,
  yOf: (way: Way, row: number) => number,
  xOf: (way: Way) => number,
): readonly Point[] {
  switch (way.kind) {
    case 'straight':
      return [out, into]
    case 'corner':
      return [out, { x: out.x, y: into.y }, into]
    case 'channel': {
      const y = yOf(way, way.h[0] ?? 0)
      return [out, { x: out.x, y }, { x: into.x, y }, into]
    }
    case 'around': {
      const first = yOf(way, way.h[0] ?? 0)
      const last = yOf(way, way.h[1] ?? 0)
      const x = xOf(way)
      return [out, { x: out.x, y: first }, { x, y: first }, { x, y: last }, { x: into.x, y: last }, into]
    }
  }
}

const HALF_MARK = 11
const WORD_HEIGHT = 15
const SHARES = [0.5, 0.35, 0.65, 0.22, 0.78, 0.12, 0.88]

interface Place {
  readonly mark: Point
  readonly word: Wire['word']
  readonly boxes: readonly Box[]
}

/** Places for a mark and its word along a line, long parts first. */
function candidates(points: readonly Point[], wordWidth: number): readonly Place[] {
  const parts = points
    .slice(1)
    .map((end, index) => ({ start: points[index] ?? end, end }))
    .map((part) => ({
      ...part,
      length: Math.abs(part.end.x - part.start.x) + Math.abs(part.end.y - part.start.y),
      isFlat: part.start.y === part.end.y,
    }))
  return parts
    .filter((part) => part.length >= 2 * HALF_MARK)
    .sort((a, b) => b.length - a.length)
    .flatMap((part) =>
      SHARES.flatMap((share) => {
        const mark = {
          x: part.start.x + (part.end.x - part.start.x) * share,
          y: part.start.y + (part.end.y - part.start.y) * share,
        }
        const disc: Box = { x: mark.x - HALF_MARK, y: mark.y - HALF_MARK, width: 2 * HALF_MARK, height: 2 * HALF_MARK }
        const sides = part.isFlat ? (['above', 'below'] as const) : (['right', 'left'] as const)
        return sides.map((word): Place => ({ mark, word, boxes: [disc, wordBox(mark, word, wordWidth)] }))
      }),
    )
}

function wordBox(mark: Point, word: Wire['word'], width: number): Box {
  switch (word) {
    case 'above':
      return { x: mark.x - width / 2, y: mark.y - HALF_MARK - WORD_HEIGHT, width, height: WORD_HEIGHT }
    case 'below':
      return { x: mark.x - width / 2, y: mark.y + HALF_MARK, width, height: WORD_HEIGHT }
    case 'right':
      return { x: mark.x + HALF_MARK + 2, y: mark.y - WORD_HEIGHT / 2, width, height: WORD_HEIGHT }
    case 'left':
      return { x: mark.x - HALF_MARK - 2 - width, y: mark.y - WORD_HEIGHT / 2, width, height: WORD_HEIGHT }
  }
}

/** The place where mark and word meet the fewest boxes, words and other lines; nearer to the middle of the line wins. */
function markOf(
  own: Lined,
  lines: readonly Lined[],
  placed: readonly Box[],
  boxes: readonly Box[],
  wordWidth: number,
): Place {
  let best: { readonly place: Place; readonly cost: number } | undefined
  const all = candidates(own.points, wordWidth)
  for (const [index, place] of all.entries()) {
    let cost = index * 0.5
    const [disc, word] = place.boxes
    for (const box of placed) cost += (disc && overlaps(disc, box) ? 200 : 0) + (word && overlaps(word, box) ? 60 : 0)
    // A short line between two boxes has its word above it; it may reach a little over their edges.
    for (const box of boxes)
      cost += (disc && overlaps(disc, box) ? 300 : 0) + (word && overlaps(shrunk(word, 6), box) ? 50 : 0)
    for (const line of lines) {
      for (const [i, end] of line.points.slice(1).entries()) {
        const start = line.points[i] ?? end
        const stroke: Box = {
          x: Math.min(start.x, end.x) - 1,
          y: Math.min(start.y, end.y) - 1,
          width: Math.abs(end.x - start.x) + 2,
          height: Math.abs(end.y - start.y) + 2,
        }
        if (word && overlaps(word, stroke)) cost += 25
        if (line !== own && disc && overlaps(disc, stroke)) cost += 80
      }
    }
    if (!best || cost < best.cost) best = { place, cost }
  }
  const middle = own.points[0] ?? { x: 0, y: 0 }
  return best?.place ?? { mark: middle, word: 'above', boxes: [] }
}

const shrunk = (box: Box, by: number): Box => ({
  x: box.x + by,
  y: box.y,
  width: Math.max(0, box.width - 2 * by),
  height: box.height,
})

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}
