import type { ArtifactIndex } from '../../../src/core/place.ts'
import { useCallback, useMemo, useState, type KeyboardEvent } from 'react'
import type { FieldNode } from '../../../src/core/field.ts'
import type { ArtifactView } from '../../../src/engine/api.ts'
import { coverageOf, coveredBytes, protectionAt, protectionOf, type Segment } from '../../bytes/coverage.ts'
import { FieldTree } from '../../bytes/FieldTree.tsx'
import { HexView, type Run } from '../../bytes/HexView.tsx'
import { readerOf, spacesOf } from '../../bytes/spaces.ts'
import { indexTree, openAtFirst, rowsOf, shadesOf, zerosAround, type TreeRow } from '../../bytes/tree.ts'
import { hexOf } from '../../bytes/value.ts'
import { bytesWords } from '../../bytes/words.ts'
import { go, useAddress } from '../../case/address.ts'
import { useCase } from '../../case/context.tsx'
import { EditByte } from '../../case/EditByte.tsx'
import { nodePointer, pointerText, readPointer } from '../../case/selection.ts'
import { useEdits } from '../../case/use-edits.ts'
import { useKeys } from '../../keys/keys.tsx'
import { grouped, offset } from '../../text/numbers.ts'
import { useWords } from '../../text/speech.tsx'
import { copyText } from '../../ui/Copy.tsx'
import { Head } from '../../ui/Head.tsx'
import { Detail } from './Detail.tsx'
import styles from './fields.module.css'
import { Find } from './Find.tsx'
import { Legend } from './Legend.tsx'
import { PartChooser } from './PartChooser.tsx'
import { SpaceTabs } from './SpaceTabs.tsx'
import { fieldsWords } from './words.ts'

const NOTHING_COVERED: readonly Segment[] = []

/** The fields of one part of the case beside its bytes: one selection, in the address, drives both. */
export function Fields() {
  const w = useWords(fieldsWords)
  const { inspection, subject, appraisal } = useCase()
  const pointer = readPointer(useAddress('field'))
  const artifact =
    inspection.artifacts.find((one) => one.index === (pointer?.artifact ?? subject?.artifact ?? 0)) ??
    inspection.artifacts[0]
  const file = artifact?.file ?? 0
  const spaces = useMemo(() => spacesOf(inspection, file), [inspection, file])
  const coverage = useMemo(
    () =>
      appraisal
        ? coverageOf(
            appraisal.checks,
            (index) => inspection.artifacts.find((one) => one.index === index)?.file,
            file,
            spaces,
          )
        : undefined,
    [appraisal, inspection, file, spaces],
  )
  if (!artifact) return null
  const own = coverage
    ?.get(artifact.slice.space)
    ?.filter((segment) => segment.end > artifact.slice.start && segment.start < artifact.slice.end)
  const size = grouped(artifact.slice.end - artifact.slice.start)
  return (
    <>
      <Head
        title={w('title')}
        aside={own ? w('covered', { covered: grouped(coveredBytes(own)), size }) : w('notAppraised', { size })}
      />
      {inspection.artifacts.length > 1 && <PartChooser current={artifact} />}
      <Legend isAppraised={coverage !== undefined} />
      <Linked
        key={`${artifact.index}:${artifact.name}:${artifact.size}`}
        artifact={artifact}
        spaces={spaces}
        coverage={coverage}
      />
    </>
  )
}

function Linked({
  artifact,
  spaces,
  coverage,
}: {
  readonly artifact: ArtifactView
  readonly spaces: ReturnType<typeof spacesOf>
  readonly coverage: ReturnType<typeof coverageOf> | undefined
}) {
  const w = useWords(fieldsWords)
  const words = useWords(bytesWords)
  const view = useCase()
  const { changedIn } = useEdits()
  const field = useAddress('field')
  const pointer = useMemo(() => readPointer(field), [field])
  const [open, setOpen] = useState<ReadonlySet<string>>(() => openAtFirst(artifact.tree))
  const [extra, setExtra] = useState<ReadonlyMap<string, readonly FieldNode[]>>(new Map())
  const [caret, setCaret] = useState<number | null>(null)
  const [anchor, setAnchor] = useState<number | null>(null)
  const [hover, setHover] = useState<FieldNode | undefined>()
  const [chosenSpace, setChosenSpace] = useState<string | null>(null)
  const index = useMemo(() => indexTree(artifact.tree, extra), [artifact.tree, extra])
  const rows = useMemo(() => rowsOf(artifact.tree, open, extra), [artifact.tree, open, extra])
  const read = useMemo(() => readerOf(spaces), [spaces])

  const pointed = pointer?.artifact === artifact.index ? pointer : null
  const freeRange = pointed?.range ?? undefined
  const selected =
    pointed === null
      ? undefined
      : pointed.path !== null && pointed.path !== ''
        ? index.node(pointed.path)
        : freeRange
          ? exactNode(index, freeRange)
          : undefined
  const shades = useMemo(() => selected && shadesOf(selected, index), [selected, index])
  const selectedRange = freeRange ?? shades?.value
  const spaceId = selectedRange?.space ?? chosenSpace ?? artifact.slice.space
  const space = spaces.find((one) => one.id === spaceId) ?? spaces[0]
  const segments = coverage && (coverage.get(space?.id ?? '') ?? NOTHING_COVERED)
  const selectedPath = selected?.path
  // A selection from elsewhere (a check, a link) opens what encloses it.
  const [openedFor, setOpenedFor] = useState<string | undefined>()
  if (selectedPath !== openedFor) {
    setOpenedFor(selectedPath)
    const closed: string[] = []
    for (let parent = selected && index.parent(selected); parent; parent = index.parent(parent))
      closed.push(parent.path)
    const zeros = selected && zerosAround(selected, index.parent(selected), extra)
    if (zeros !== undefined) closed.push(zeros)
    if (!closed.every((path) => open.has(path))) setOpen(new Set([...open, ...closed]))
  }

  const select = useCallback(
    (node: FieldNode) => {
      setCaret(null)
      setAnchor(null)
      go({ field: nodePointer(artifact.index, node) }, 'replace')
    },
    [artifact.index],
  )
  const clear = () => {
    setCaret(null)
    setAnchor(null)
    go({ field: pointerText(artifact.index, null, null) }, 'replace')
  }
  const moveCaret = (at: number, isExtending: boolean) => {
    if (!space) return
    const from = isExtending ? (anchor ?? caret ?? at) : at
    setCaret(at)
    setAnchor(from)
    if (isExtending && from !== at) {
      go(
        {
          field: pointerText(artifact.index, null, {
            space: space.id,
            start: Math.min(from, at),
            end: Math.max(from, at) + 1,
          }),
        },
        'replace',
      )
      return
    }
    const node = index.at(space.id, at)
    go(
      {
        field: node
          ? nodePointerAt(artifact.index, node, space.id, at)
          : pointerText(artifact.index, null, { space: space.id, start: at, end: at + 1 }),
      },
      'replace',
    )
  }
  const {
    engine,
    key,
    case: { files },
  } = view
  // The pointer over the bytes changes what is lit, many times a second: what is not lit must not be drawn again.
  const more = useCallback(
    (row: TreeRow) => {
      if (!row.more) return
      void engine.expand(key, files, artifact.index, row.node.path, row.more.from, row.more.to).then((elements) => {
        if (elements.length > 0)
          setExtra((before) => new Map(before).set(row.node.path, [...(before.get(row.node.path) ?? []), ...elements]))
      })
    },
    [engine, key, files, artifact.index],
  )
  const toggle = useCallback(
    (node: FieldNode, isOpen: boolean) =>
      setOpen((before) => {
        const after = new Set(before)
        if (isOpen) after.add(node.path)
        else after.delete(node.path)
        return after
      }),
    [],
  )
  const openZeros = useCallback((path: string) => setOpen((before) => new Set([...before, path])), [])
  useKeys({
    c: () => {
      if (selectedRange) void copyText(hexOf(read(selectedRange)))
    },
    Escape: clear,
  })
  const clip = (range: { space: string; start: number; end: number } | undefined): Run | undefined =>
    range && range.space === space?.id ? range : undefined
  const protection =
    coverage &&
    ((node: FieldNode) => {
      const range = node.ranges[0]
      return range ? protectionOf(coverage.get(range.space) ?? NOTHING_COVERED, range.start, range.end) : 'none'
    })
  const statusAt = caret ?? selectedRange?.start ?? null
  const changed = useMemo(
    () =>
      new Set(
        changedIn(artifact.file)
          .filter((range) => range.space === space?.id)
          .map((range) => range.start),
      ),
    [changedIn, artifact.file, space?.id],
  )
  const statusNode = statusAt === null || !space ? undefined : index.at(space.id, statusAt)
  return (
    <>
      <div className={styles.both}>
        <div className={styles.findPlace}>
          <Find
            tree={artifact.tree}
            all={index.all}
            read={read}
            space={space}
            onNode={select}
            onBytes={(start, end) => {
              if (space) go({ field: pointerText(artifact.index, null, { space: space.id, start, end }) }, 'replace')
            }}
          />
        </div>
        <div className={styles.treePlace}>
          <FieldTree
            rows={rows}
            label={words('fields')}
            selected={selected}
            hovered={hover?.path}
            read={read}
            protection={protection}
            onSelect={select}
            onHover={setHover}
            onToggle={toggle}
            onMore={more}
            onZeros={openZeros}
            first={lookedFor(artifact)}
          />
        </div>
        <div className={styles.tabsPlace}>
          <SpaceTabs
            artifact={artifact}
            spaces={spaces}
            index={index}
            current={space}
            onShow={(id) => {
              setChosenSpace(id)
              clear()
            }}
          />
        </div>
        <div className={styles.hexPlace}>
          {space && (
            <HexView
              key={space.id}
              bytes={space.bytes}
              name={space.id === '' ? artifact.name : space.id}
              value={clip(selectedRange)}
              head={freeRange ? undefined : clip(shades?.head)}
              around={freeRange ? undefined : clip(shades?.around)}
              hovered={clip(hover?.ranges[0])}
              changed={changed}
              segments={segments}
              caret={caret}
              onCaret={moveCaret}
              onHover={(at) => setHover(at === null ? undefined : index.at(space.id, at))}
              onEnter={() => {
                const node = caret === null ? undefined : index.at(space.id, caret)
                if (node) select(node)
              }}
              onOtherKey={(event: KeyboardEvent) => {
                if (event.key !== 'Escape') return false
                clear()
                return true
              }}
            />
          )}
        </div>
      </div>
      <p className={styles.status} role="status">
        {statusAt === null || !space
          ? w('nothing')
          : w('status', {
              offset: offset(statusAt),
              field: statusNode?.path ?? words('noField'),
              protection: segments ? words(protectionAt(segments, statusAt)) : '–',
            })}
      </p>
      {space && caret !== null && (
        <EditByte key={`${space.id} ${caret}`} file={artifact.file} space={space.id} offset={caret} />
      )}
      <Detail
        artifact={artifact}
        node={selected}
        range={selectedRange}
        read={read}
        index={index}
        spaces={spaces}
        protection={
          selectedRange && coverage
            ? protectionOf(coverage.get(selectedRange.space) ?? [], selectedRange.start, selectedRange.end)
            : undefined
        }
      />
    </>
  )
}

/** What people open evidence for: its first measurement, or else the bytes that its program chose. */
function lookedFor({ facts, slice }: ArtifactView): string | undefined {
  const places = [facts.debug, ...facts.measurements.map(({ value }) => value), facts.userData].filter(
    (one) => one !== undefined,
  )
  const own = places.filter(({ ranges }) => ranges[0]?.space === slice.space)
  return own.toSorted((a, b) => (a.ranges[0]?.start ?? 0) - (b.ranges[0]?.start ?? 0))[0]?.path
}

/** The field whose bytes are exactly these, so that a check's bytes light up a field where there is one. */
function exactNode(
  index: ReturnType<typeof indexTree>,
  range: { space: string; start: number; end: number },
): FieldNode | undefined {
  let node = index.at(range.space, range.start)
  for (; node; node = index.parent(node)) {
    const own = node.ranges.find((one) => one.space === range.space)
    if (own && own.start === range.start && own.end === range.end) return node
    if (own && own.end - own.start > range.end - range.start) return undefined
  }
  return undefined
}

/** A field in the space where the caret is, also when the field stands in two spaces. */
function nodePointerAt(artifact: ArtifactIndex, node: FieldNode, space: string, at: number): string {
  const first = node.ranges[0]
  return first && first.space === space
    ? nodePointer(artifact, node)
    : pointerText(artifact, null, { space, start: at, end: at + 1 })
}
