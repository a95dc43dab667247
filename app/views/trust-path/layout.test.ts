import { describe, expect, it } from 'vitest'
import { say } from '../../../src/core/saying.ts'
import type { CheckResult, Subject, TrustNode } from '../../../src/core/verdict.ts'
import { check, checks, nodes, subject } from '../../testing/sample-case.ts'
import { geometryOf, type Box, type Point } from './geometry.ts'
import { graphOf, linkId, tally, worse } from './graph.ts'
import { orderOf } from './layers.ts'
import { placementOf } from './place.ts'

const graph = graphOf(subject, checks)

describe('the graph', () => {
  it('draws many devices that one check ties as one box', () => {
    const others = Array.from({ length: 11 }, (_, i): Subject => ({ ...subject, index: i + 1, artifact: 100 + i }))
    const [base] = checks
    if (!base) throw new Error('no check')
    const tie: CheckResult = {
      ...base,
      id: 'tie',
      outcome: 'pass',
      proves: [],
      binds: others.map(({ artifact }) => artifact),
    }
    const drawn = graphOf(subject, [...checks, tie], [subject, ...others])
    expect(drawn.nodes.filter(({ ghost }) => ghost?.kind === 'evidence').map(({ ghost }) => ghost)).toEqual([
      { kind: 'evidence', subject: 1, count: 11 },
    ])
    const few = graphOf(subject, [...checks, { ...tie, binds: [100, 101] }], [subject, ...others])
    expect(few.nodes.filter(({ ghost }) => ghost?.kind === 'evidence')).toHaveLength(2)
  })
  it('has one arrow per step, from what checks prove alone', () => {
    expect(graph.links.map((link) => link.id)).toEqual([
      'key>body',
      'body>data',
      'qe>key',
      'pck>qe',
      'root>platform-ca',
      'platform-ca>pck',
      'root>root-crl',
      'root-crl>platform-ca',
      'platform-ca>pck-crl',
      'pck-crl>pck',
      'root>tcb-signing',
      'tcb-signing>tcb-info',
      'tcb-signing>qe-identity',
      'tcb-info>pck',
      'tcb-info>body',
      'qe-identity>qe',
      'data>yours',
    ])
  })
  it('counts arrows by outcome', () => {
    expect(tally(graph)).toEqual({ holds: 14, warns: 2, fails: 0, open: 1 })
  })
  it('shows the worst of several checks of one step, never the better one', () => {
    const doubled = graphOf(subject, [
      ...checks,
      check('test.key-bound-again', {
        layer: 2,
        answer: 'genuine',
        outcome: 'fail',
        proves: [{ from: 'qe', to: 'key', by: 'equality' }],
      }),
    ])
    const link = doubled.links.find((one) => one.id === linkId('qe', 'key'))
    expect(link).toMatchObject({ outcome: 'fail', by: 'hash' })
    expect(link?.checks).toHaveLength(2)
    expect(worse('pass', 'not-checked')).toBe('not-checked')
    expect(worse('not-applicable', 'pass')).toBe('pass')
  })
  it('leaves out checks of other evidence', () => {
    expect(
      graphOf(
        subject,
        checks.map((one) => ({ ...one, subject: 1 })),
      ).links,
    ).toEqual([])
  })
  it('shows what an edge names and nobody described as missing', () => {
    const holed = graphOf({ ...subject, nodes: nodes.filter((node) => node.id !== 'pck-crl') }, checks)
    expect(holed.nodes.find((node) => node.id === 'pck-crl')).toMatchObject({
      node: null,
      ghost: { kind: 'missing' },
      isCollateral: true,
    })
    expect(orderOf(holed).spine).toEqual(orderOf(graph).spine)
  })
  it('draws what a whole path has and the case has not, under the check that lacks it', () => {
    const absent = { id: 'pck-crl', kind: 'collateral', title: say('x'), isAbsent: true } as const
    const steps = [
      { from: 'platform-ca', to: 'pck-crl', by: 'signature', check: 'test.list' },
      { from: 'qe', to: 'key', by: 'hash', check: 'test.list' },
    ] as const
    const bare: Subject = { ...subject, nodes: [...nodes.filter((node) => node.id !== 'pck-crl'), absent], steps }
    const own = checks.filter((one) => (one.proves ?? []).every((edge) => ![edge.from, edge.to].includes('pck-crl')))
    const asked = check('test.list', { layer: 4, answer: 'genuine', outcome: 'not-checked' })
    const drawn = graphOf(bare, [...own, asked])
    expect(drawn.nodes.find((node) => node.id === 'pck-crl')?.ghost).toEqual({ kind: 'missing' })
    expect(drawn.links.find((one) => one.to === 'pck-crl')).toMatchObject({ outcome: 'not-checked', checks: [asked] })
    // A step that was proved keeps what proved it.
    expect(drawn.links.find((one) => one.id === linkId('qe', 'key'))?.outcome).toBe('pass')
    // Nothing asks for it: it is not drawn.
    expect(graphOf(bare, own).nodes.some((node) => node.id === 'pck-crl')).toBe(false)
  })
  it('joins other evidence where a check ties them', () => {
    const gpu: Subject = { ...subject, index: 1, artifact: 7, nodes: [] }
    const bound = check('test.tied', {
      layer: 9,
      answer: 'fresh',
      cites: [{ artifact: 0, path: 'body.reportData', ranges: [{ space: '', start: 568, end: 632 }] }],
      binds: [7],
    })
    const tied = graphOf(subject, [...checks, bound], [subject, gpu])
    expect(tied.links.at(-1)).toMatchObject({ from: 'data', to: 'subject>1', outcome: 'pass' })
  })
})

describe('the layers', () => {
  it('find the main line from the root to the bytes of the program', () => {
    expect(orderOf(graph).spine).toEqual(['root', 'platform-ca', 'pck', 'qe', 'key', 'body', 'data'])
  })
  it('do not let collateral that acts on a node push it along', () => {
    expect(orderOf(graph).layer.get('platform-ca')).toBe(1)
    expect(orderOf(graph).layer.get('tcb-info')).toBe(2)
  })
  it('end on a circle', () => {
    const circle = ['a', 'b', 'c'].map((id): TrustNode => ({ id, kind: 'key', title: say('x') }))
    const round = check('x', {
      layer: 2,
      answer: 'genuine',
      proves: [
        { from: 'a', to: 'b', by: 'hash' },
        { from: 'b', to: 'c', by: 'hash' },
        { from: 'c', to: 'a', by: 'hash' },
      ],
    })
    const circular = graphOf({ ...subject, nodes: circle }, [round])
    expect(circular.links).toHaveLength(3)
    expect(orderOf(circular).spine).toEqual(['a', 'b', 'c'])
    expect(geometryOf(placementOf(circular), circular.links).wires).toHaveLength(3)
  })
})

describe('the places', () => {
  const placement = placementOf(graph)
  it('put lists above what they act on, other collateral below, each cell once', () => {
    expect(Object.fromEntries(placement.cells)).toEqual({
      root: { col: 0, row: 0 },
      'platform-ca': { col: 1, row: 0 },
      pck: { col: 2, row: 0 },
      qe: { col: 3, row: 0 },
      key: { col: 4, row: 0 },
      body: { col: 5, row: 0 },
      data: { col: 6, row: 0 },
      'root-crl': { col: 1, row: -1 },
      'pck-crl': { col: 2, row: -1 },
      'tcb-signing': { col: 1, row: 1 },
      'tcb-info': { col: 2, row: 1 },
      'qe-identity': { col: 3, row: 1 },
      yours: { col: 6, row: 1 },
    })
    expect(placement.cols).toBe(7)
  })
})

describe('the drawing', () => {
  for (const [name, one] of Object.entries(shapes())) {
    const drawn = graphOf(one.subject, one.checks)
    const geometry = geometryOf(placementOf(drawn), drawn.links)
    it(`keeps boxes apart: ${name}`, () => {
      const boxes = [...geometry.boxes.values()]
      expect(boxes).toHaveLength(drawn.nodes.length)
      for (const [i, a] of boxes.entries())
        for (const b of boxes.slice(i + 1))
          expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(
            true,
          )
      for (const box of boxes)
        expect(
          box.x >= 0 && box.y >= 0 && box.x + box.width <= geometry.width && box.y + box.height <= geometry.height,
        ).toBe(true)
    })
    it(`draws every arrow with right angles, from box to box and through none: ${name}`, () => {
      expect(geometry.wires).toHaveLength(drawn.links.length)
      for (const wire of geometry.wires) {
        const from = geometry.boxes.get(wire.link.from)
        const to = geometry.boxes.get(wire.link.to)
        expect(from && to && touches(from, wire.points[0]) && touches(to, wire.points.at(-1)), wire.link.id).toBe(true)
        for (const [i, end] of wire.points.slice(1).entries()) {
          const start = wire.points[i] ?? end
          expect(start.x === end.x || start.y === end.y, wire.link.id).toBe(true)
          for (const [id, box] of geometry.boxes)
            expect(crosses(start, end, box), `${wire.link.id} through ${id}`).toBe(false)
        }
      }
    })
    it(`keeps marks apart: ${name}`, () => {
      const marks = geometry.wires.map((wire) => wire.mark)
      for (const [i, a] of marks.entries())
        for (const b of marks.slice(i + 1)) expect(Math.abs(a.x - b.x) > 15 || Math.abs(a.y - b.y) > 15).toBe(true)
    })
  }
})

function touches(box: Box, point: Point | undefined): boolean {
  if (!point) return false
  const onX = point.x === box.x || point.x === box.x + box.width
  const onY = point.y === box.y || point.y === box.y + box.height
  const inX = point.x >= box.x && point.x <= box.x + box.width
  const inY = point.y >= box.y && point.y <= box.y + box.height
  return (onX && inY) || (onY && inX)
}

function crosses(a: Point, b: Point, box: Box): boolean {
  const inside = (low: number, high: number, from: number, to: number) =>
    Math.max(low, from + 0.5) < Math.min(high, to - 0.5)
  const [left, right, top, bottom] = [Math.min(a.x, b.x), Math.max(a.x, b.x), Math.min(a.y, b.y), Math.max(a.y, b.y)]
  if (a.x === b.x)
    return a.x > box.x + 0.5 && a.x < box.x + box.width - 0.5 && inside(top, bottom, box.y, box.y + box.height)
  return a.y > box.y + 0.5 && a.y < box.y + box.height - 0.5 && inside(left, right, box.x, box.x + box.width)
}

/** Three nodes, a quote, a device with two chains of reference values, and a fan of lists. */
function shapes(): Record<string, { readonly subject: Subject; readonly checks: readonly CheckResult[] }> {
  const of = (
    list: readonly TrustNode[],
    edges: readonly (readonly [string, string, 'signature' | 'hash' | 'reference'])[],
  ) => ({
    subject: { ...subject, nodes: list },
    checks: [check('x', { layer: 2, answer: 'genuine', proves: edges.map(([from, to, by]) => ({ from, to, by })) })],
  })
  const make = (kind: TrustNode['kind'], ...ids: string[]): TrustNode[] =>
    ids.map((id) => ({ id, kind, title: say(id) }))
  return {
    'three nodes': of(
      [...make('root', 'root'), ...make('content', 'note'), ...make('data', 'data')],
      [
        ['root', 'note', 'signature'],
        ['note', 'data', 'reference'],
      ],
    ),
    quote: { subject, checks },
    device: of(
      [
        ...make('root', 'root', 'rim-root'),
        ...make('certificate', 'ca', 'sub-ca', 'device', 'rim-ca', 'rim-signer', 'vbios-signer'),
        ...make('content', 'report'),
        ...make('data', 'nonce'),
        ...make('collateral', 'driver-rim', 'vbios-rim', 'ocsp'),
      ],
      [
        ['root', 'ca', 'signature'],
        ['ca', 'sub-ca', 'signature'],
        ['sub-ca', 'device', 'signature'],
        ['device', 'report', 'signature'],
        ['report', 'nonce', 'reference'],
        ['rim-root', 'rim-ca', 'signature'],
        ['rim-ca', 'rim-signer', 'signature'],
        ['rim-ca', 'vbios-signer', 'signature'],
        ['rim-signer', 'driver-rim', 'signature'],
        ['vbios-signer', 'vbios-rim', 'signature'],
        ['driver-rim', 'report', 'reference'],
        ['vbios-rim', 'report', 'reference'],
        ['ca', 'ocsp', 'signature'],
        ['ocsp', 'sub-ca', 'reference'],
        ['ocsp', 'device', 'reference'],
        ['ocsp', 'rim-signer', 'reference'],
      ],
    ),
    'fan of lists': of(
      [
        ...make('root', 'root'),
        ...make('certificate', 'leaf'),
        ...make('content', 'report'),
        ...make('collateral', 'l1', 'l2', 'l3', 'l4', 'l5'),
      ],
      [
        ['root', 'leaf', 'signature'],
        ['leaf', 'report', 'signature'],
        ...['l1', 'l2', 'l3', 'l4', 'l5'].flatMap(
          (id) =>
            [
              ['root', id, 'signature'],
              [id, 'leaf', 'reference'],
            ] as const,
        ),
      ],
    ),
    'loose ends': of([...make('content', 'a', 'b', 'c'), ...make('collateral', 'd')], []),
  }
}
