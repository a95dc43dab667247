import { Fragment, useMemo, useState, type CSSProperties, type KeyboardEvent } from 'react'
import { useLocale, useWords } from '../../text/speech.tsx'
import { cx } from '../../ui/cx.ts'
import { Mark, markOf, Outcome } from '../../ui/Mark.tsx'
import { useRoom } from '../../ui/use-room.ts'
import { uiWords } from '../../ui/words.ts'
import { geometryOf, SIZES, type Box, type Geometry, type Wire } from './geometry.ts'
import type { Graph, GraphNode, Link } from './graph.ts'
import { byWord, kindWord } from './label.ts'
import { placementOf } from './place.ts'
import styles from './trust-path.module.css'
import { useNames } from './use-names.ts'
import { pathWords } from './words.ts'

interface Props {
  readonly graph: Graph
  readonly picked: string | null
  readonly onPick: (id: string) => void
}

/** The longest word of a title fits: “Attestation”, “certificates”. */
const NARROWEST = 116
const WIDEST = 176
/** Where that is too wide, boxes and gaps are drawn closer, and then all of it smaller, as far as it can still be read. */
const TIGHT = { ...SIZES, nodeWidth: 108, columnGap: 44 }
const SMALLEST = 0.84
/** What fits across a printed page. */
const PAPER = 670

/** The path as a drawing: boxes placed by the layers, arrows at right angles, a mark on each. */
export function Drawing({ graph, picked, onPick, hasLegend }: Props & { readonly hasLegend: boolean }) {
  const w = useWords(pathWords)
  const [figure, room] = useRoom<HTMLElement>(1100)
  const placement = useMemo(() => placementOf(graph), [graph])
  const geometry = useMemo(() => {
    const wordWidth = (link: Link) =>
      Array.from(w(byWord(graph, link))).reduce(
        (sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x2e80 ? 11.5 : 6.2),
        4,
      )
    const narrow = geometryOf(placement, graph.links, { ...SIZES, nodeWidth: NARROWEST }, wordWidth)
    const spare = Math.floor((room - 10 - narrow.width) / placement.cols)
    return spare < 0
      ? geometryOf(placement, graph.links, TIGHT, wordWidth)
      : geometryOf(placement, graph.links, { ...SIZES, nodeWidth: Math.min(WIDEST, NARROWEST + spare) }, wordWidth)
  }, [placement, graph, room, w])
  const zoom = Math.min(1, Math.max(SMALLEST, (room - 10) / geometry.width))
  const [focus, setFocus] = useState<string | null>(null)
  const places = useMemo(() => placesOf(geometry), [geometry])
  const tabStop =
    focus !== null && places.has(focus)
      ? focus
      : picked !== null && places.has(picked)
        ? picked
        : (placement.order.spine[0] ?? graph.nodes[0]?.id)

  const move = (event: KeyboardEvent) => {
    const from = focus ?? tabStop
    const to = from === undefined ? undefined : neighbour(places, from, event.key)
    if (to === undefined) return
    event.preventDefault()
    setFocus(to)
    figure.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(to)}"]`)?.focus()
  }
  const common = (id: string) => ({
    'data-id': id,
    tabIndex: id === tabStop ? 0 : -1,
    'aria-pressed': picked === id,
    onClick: () => onPick(id),
    onFocus: () => setFocus(id),
    onKeyDown: move,
  })
  const style: CSSProperties & Record<'--screen-zoom' | '--paper-zoom', string> = {
    width: geometry.width,
    height: geometry.height,
    '--screen-zoom': String(zoom),
    '--paper-zoom': String(Math.min(1, PAPER / geometry.width)),
  }
  return (
    <>
      <figure ref={figure} className={styles.draw}>
        <div
          className={cx(styles.plane, geometry.boxWidth < NARROWEST && styles.tight)}
          style={style}
          role="group"
          aria-label={w('drawing')}
        >
          <Lanes
            geometry={geometry}
            isWaiting={graph.nodes.every(
              (node) => node.ghost?.kind === 'yours' || (placement.cells.get(node.id)?.row ?? 0) <= 0,
            )}
          />
          <svg className={styles.wires} width={geometry.width} height={geometry.height} aria-hidden="true">
            {geometry.wires.map((wire) => (
              <Line key={wire.link.id} wire={wire} isPicked={picked === wire.link.id} />
            ))}
          </svg>
          {graph.nodes.map((node) => {
            const box = geometry.boxes.get(node.id)
            return (
              box && (
                <NodeBox
                  key={node.id}
                  graph={graph}
                  node={node}
                  box={box}
                  isPicked={picked === node.id}
                  common={common(node.id)}
                />
              )
            )
          })}
          {geometry.wires.map((wire) => (
            <WireMark
              key={wire.link.id}
              graph={graph}
              wire={wire}
              isPicked={picked === wire.link.id}
              common={common(wire.link.id)}
            />
          ))}
        </div>
      </figure>
      {hasLegend && <Legend />}
    </>
  )
}

interface Common {
  readonly 'data-id': string
  readonly tabIndex: number
  readonly 'aria-pressed': boolean
  readonly onClick: () => void
  readonly onFocus: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

function NodeBox({
  graph,
  node,
  box,
  isPicked,
  common,
}: {
  readonly graph: Graph
  readonly node: GraphNode
  readonly box: Box
  readonly isPicked: boolean
  readonly common: Common
}) {
  const w = useWords(pathWords)
  const names = useNames()
  const isOpen = node.ghost !== null || node.node?.kind === 'data'
  const name = names.name(node)
  const title = names.title(node)
  const detail = names.detail(node)
  const until = node.node?.to === undefined ? null : `→ ${node.node.to.slice(0, 10)}`
  return (
    <button
      type="button"
      {...common}
      className={cx(styles.box, isOpen && styles.hollow, isPicked && styles.pickedBox)}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      title={[title, name, detail].filter((part) => part !== null).join('\n')}
    >
      <span className={styles.kind}>
        {w(kindWord(graph, node))}
        {node.node?.kind === 'root' && <i className={styles.anchor} aria-hidden="true" />}
      </span>
      <span className={cx(styles.name, name === null && styles.only)}>{title}</span>
      {name !== null && (
        <span className={styles.sub}>
          <bdi>{name}</bdi>
        </span>
      )}
      {detail !== null && <span className={styles.dates}>{box.width < 164 && until !== null ? until : detail}</span>}
    </button>
  )
}

function WireMark({
  graph,
  wire,
  isPicked,
  common,
}: {
  readonly graph: Graph
  readonly wire: Wire
  readonly isPicked: boolean
  readonly common: Common
}) {
  const w = useWords(pathWords)
  const ui = useWords(uiWords)
  const names = useNames()
  const state = markOf(wire.link.outcome)
  const named = (id: string) => {
    const node = graph.nodes.find((one) => one.id === id)
    return node ? names.title(node) : id
  }
  const word = w(byWord(graph, wire.link))
  return (
    <button
      type="button"
      {...common}
      className={cx(styles.mark, wire.word !== 'above' && styles[wire.word], isPicked && styles.pickedMark)}
      style={{ left: wire.mark.x, top: wire.mark.y }}
      aria-label={`${ui(state)}: ${named(wire.link.from)} ${word} ${named(wire.link.to)}`}
    >
      <span className={styles.disc}>
        <Mark state={state} />
      </span>
      <span className={styles.word}>{word}</span>
    </button>
  )
}

function Line({ wire, isPicked }: { readonly wire: Wire; readonly isPicked: boolean }) {
  const state = markOf(wire.link.outcome)
  const path = wire.points.map((point, index) => `${index === 0 ? 'M' : 'L'}${point.x} ${point.y}`).join('')
  const end = wire.points.at(-1)
  const before = wire.points.at(-2)
  if (!end || !before) return null
  const turn = end.x > before.x ? 0 : end.x < before.x ? 180 : end.y > before.y ? 90 : 270
  return (
    <g className={cx(styles.wire, styles[`wire-${state}`], isPicked && styles.pickedWire)}>
      <path d={path} />
      <path className={styles.head} d="M-8-3.8L0 0-8 3.8z" transform={`translate(${end.x} ${end.y}) rotate(${turn})`} />
    </g>
  )
}

function Lanes({
  geometry,
  isWaiting,
}: {
  readonly geometry: Geometry
  /** Below the path stands only what the reader may give. */ readonly isWaiting: boolean
}) {
  const w = useWords(pathWords)
  const locale = useLocale()
  const first = geometry.rowTops[0]?.row ?? 0
  const laneWord = (row: number) =>
    row < 0 ? 'laneAbove' : row === 0 ? 'laneMain' : isWaiting ? 'laneWait' : 'laneBelow'
  return (
    <>
      {geometry.rowTops
        .filter((row) => row.row === 0 || row.row === 1 || (row.row < 0 && row.row === first))
        .map(({ row, y }) => (
          <Fragment key={row}>
            <i className={styles.laneLine} style={{ top: y - 25 }} aria-hidden="true" />
            <span
              className={styles.lane}
              style={{
                top: y - 22,
                right: clearRight(geometry, y - 24, w(laneWord(row)).length * (locale === 'zh' ? 12 : 6.4)),
              }}
            >
              {w(laneWord(row))}
            </span>
          </Fragment>
        ))}
    </>
  )
}

/** How far from the right edge a label of this width crosses no line; at the edge when there is no such place. */
function clearRight(geometry: Geometry, y: number, width: number): number {
  const isCrossed = (right: number) => {
    const [left, end] = [geometry.width - right - width - 8, geometry.width - right + 8]
    return geometry.wires.some((wire) =>
      wire.points.slice(1).some((to, i) => {
        const from = wire.points[i] ?? to
        return (
          Math.max(from.x, to.x) > left &&
          Math.min(from.x, to.x) < end &&
          Math.max(from.y, to.y) > y - 4 &&
          Math.min(from.y, to.y) < y + 20
        )
      }),
    )
  }
  for (let right = 0; right + width < geometry.width; right += 12) if (!isCrossed(right)) return right
  return 0
}

function Legend() {
  const w = useWords(pathWords)
  return (
    <p className={styles.legend}>
      <span>
        <i className={styles.anchor} aria-hidden="true" />
        {w('legendPinned')}
      </span>
      <Outcome state="holds" />
      <Outcome state="warns" />
      <Outcome state="fails" />
      <Outcome state="not-checked" />
      <span className={styles.blue}>{w('legendSelected')}</span>
    </p>
  )
}

function placesOf(geometry: Geometry): ReadonlyMap<string, { readonly x: number; readonly y: number }> {
  const places = new Map<string, { readonly x: number; readonly y: number }>()
  for (const [id, box] of geometry.boxes) places.set(id, { x: box.x + box.width / 2, y: box.y + box.height / 2 })
  for (const wire of geometry.wires) places.set(wire.link.id, wire.mark)
  return places
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
}

/** The nearest thing in the direction of an arrow key; Home and End go to the first and the last. */
function neighbour(
  places: ReadonlyMap<string, { readonly x: number; readonly y: number }>,
  from: string,
  key: string,
): string | undefined {
  if (key === 'Home') return places.keys().next().value
  if (key === 'End') return [...places.keys()].at(-1)
  const direction = DIRECTIONS[key]
  const here = places.get(from)
  if (!direction || !here) return undefined
  let best: { readonly id: string; readonly cost: number } | undefined
  for (const [id, place] of places) {
    const along = (place.x - here.x) * direction[0] + (place.y - here.y) * direction[1]
    const across = Math.abs((place.x - here.x) * direction[1]) + Math.abs((place.y - here.y) * direction[0])
    if (along < 4) continue
    const cost = along + 3 * across
    if (!best || cost < best.cost) best = { id, cost }
  }
  return best?.id
}
