import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { FieldNode } from '../../../src/core/field.ts'
import type { Subject } from '../../../src/core/verdict.ts'
import type { AppraisalView, Inspection } from '../../../src/engine/api.ts'
import { indexTree } from '../../bytes/tree.ts'
import { bytesWords } from '../../bytes/words.ts'
import { useAddress } from '../../case/address.ts'
import { ByteExcerpt } from '../../case/ByteExcerpt.tsx'
import { caseKey, sourceOf } from '../../case/case.ts'
import { useCase, useInspection } from '../../case/context.tsx'
import type { Edit } from '../../case/edit.ts'
import { EditByte } from '../../case/EditByte.tsx'
import { readPointer } from '../../case/selection.ts'
import { asSpoken } from '../../case/spoken.ts'
import { useEdits, type Edits } from '../../case/use-edits.ts'
import { useMoves } from '../../lab/moves.ts'
import { offset as offsetText, sizeText } from '../../text/numbers.ts'
import { useText, useWords } from '../../text/speech.tsx'
import { Button } from '../../ui/Button.tsx'
import { Head } from '../../ui/Head.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import { targetsOf, type Chosen } from './compare.ts'
import { Failures } from './Failures.tsx'
import styles from './flip.module.css'
import { Done, Moves } from './Moves.tsx'
import { Sides } from './Sides.tsx'
import { flipWords } from './words.ts'

interface Spot {
  readonly file: number
  readonly space: string
  readonly offset: number
}

/** One bit changed in a copy: which checks notice, and why only these. */
export function Flip() {
  const w = useWords(flipWords)
  const { case: one, engine, at, appraisal, inspection, isAppraising } = useCase()
  const edits = useEdits()
  const moves = useMoves()
  const base = moves.base ?? { files: edits.originals, at: one.at, instant: at, policy: one.policy }
  const original = useInspection(engine, { ...one, files: base.files })
  const key = caseKey(base.files)
  const options = { at: base.instant, atSource: sourceOf(base.at), policy: base.policy }
  const before = useQuery({
    queryKey: ['appraisal', key, options.at, options.atSource, options.policy],
    queryFn: () => engine.appraise(key, base.files, options),
  })
  const count = edits.list.length + moves.list.length
  const hasEdits = count > 0
  const [spot, setSpot, selected] = useSpot()
  const opened = useMemo(() => before.data && asSpoken(before.data), [before.data])
  const presets = opened && original.data && (
    <Presets before={opened} inspection={original.data} edits={edits} onSpot={setSpot} />
  )
  return (
    <>
      <Head
        title={w('title')}
        aside={
          hasEdits ? (
            <b className={styles.edited}>
              {w('edited')}: {w('aside', { count })}
            </b>
          ) : (
            w('untouched')
          )
        }
        lead={w('lead')}
      />
      <div className={styles.choose}>
        <div className={styles.left}>
          <ChooseByte edits={edits} spot={spot} setSpot={setSpot} selected={selected} />
          {hasEdits && <Changes edits={edits} moves={moves} />}
        </div>
        {/* What the change did stands beside the byte. */}
        {hasEdits && opened && original.data ? (
          appraisal &&
          !isAppraising &&
          inspection.files.length === one.files.length &&
          inspection.files.every((file, index) => file.sha256 === one.files[index]?.sha256) ? (
            <Sides
              before={opened}
              after={appraisal}
              original={original.data}
              edits={edits}
              isMoved={moves.list.length > 0}
            />
          ) : (
            <p className={styles.wait} role="status">
              {w('judging')}
            </p>
          )
        ) : (
          presets
        )}
      </div>
      {hasEdits && presets}
      {opened && original.data && appraisal && (
        <>
          <Moves moves={moves} edits={edits} before={opened} />
          <Failures moves={moves} edits={edits} before={opened} inspection={original.data} onSpot={setSpot} />
        </>
      )}
    </>
  )
}

/** The byte to start with: what is selected elsewhere, else the first byte that a signature covers. */
function useSpot(): readonly [Spot, (spot: Spot) => void, Spot | null] {
  const { inspection, subject, appraisal } = useCase()
  const pointer = readPointer(useAddress('field'))
  const changed = useLastChange()
  const range = useMemo(() => {
    const artifact = inspection.artifacts.find((one) => one.index === pointer?.artifact)
    if (!artifact || !pointer) return null
    const found =
      pointer.range ?? (pointer.path ? indexTree(artifact.tree, new Map()).node(pointer.path)?.ranges[0] : undefined)
    return found ? { ...found, file: artifact.file } : null
  }, [inspection, pointer])
  const selected: Spot | null = range && { file: range.file, space: range.space, offset: range.start }
  // Of a field in which a byte was changed, that byte.
  const within =
    changed &&
    range &&
    changed.file === range.file &&
    changed.space === range.space &&
    changed.offset >= range.start &&
    changed.offset < range.end
      ? changed
      : null
  const [spot, setSpot] = useState<Spot | null>(null)
  const first = inspection.artifacts.find((one) => one.index === (subject?.artifact ?? 0)) ?? inspection.artifacts[0]
  const target =
    appraisal && subject ? targetsOf(appraisal, inspection, subject.index, chosenOf(inspection, subject))[0] : undefined
  const fallback: Spot = changed ??
    target ?? {
      file: first?.file ?? 0,
      space: first?.slice.space ?? '',
      offset: first?.slice.start ?? 0,
    }
  return [spot ?? within ?? selected ?? fallback, setSpot, selected]
}

/** The byte that was changed last: what a reader who arrives after the change wants to see. */
function useLastChange(): Spot | undefined {
  const edits = useEdits()
  const last = edits.list.at(-1)
  const file = edits.originals.findIndex((one) => one.id === last?.file)
  return last && file >= 0 ? { file, space: last.space, offset: last.offset } : undefined
}

/** Where the report data of the subject stands, when it has any. */
function chosenOf(inspection: Inspection, subject: Subject | undefined): Chosen | undefined {
  const range = inspection.artifacts.find((one) => one.index === subject?.artifact)?.facts.userData?.ranges[0]
  return range && subject ? { artifact: subject.artifact, range } : undefined
}

function ChooseByte({
  edits,
  spot,
  setSpot,
  selected,
}: {
  readonly edits: Edits
  readonly spot: Spot
  readonly setSpot: (spot: Spot) => void
  readonly selected: Spot | null
}) {
  const w = useWords(flipWords)
  const { inspection } = useCase()
  const spaces = inspection.spaces.filter((entry) => entry.file === spot.file).map((entry) => entry.space)
  const space = spaces.find((one) => one.id === spot.space) ?? spaces[0]
  const text = useText()
  const nameOf = (id: string) => {
    const inner = inspection.artifacts.find((one) => one.file === spot.file && one.slice.space === id)
    return inner ? (text(inner.title) ?? '') : ''
  }
  const last = Math.max(0, (space?.bytes.length ?? 1) - 1)
  const offset = Math.min(spot.offset, last)
  const [typed, setTyped] = useState<string | null>(null)
  const artifact = artifactAt(inspection, spot.file, space?.id ?? '', offset)
  const changed = edits
    .changedIn(spot.file)
    .filter((range) => range.space === space?.id)
    .map((range) => range.start)
  return (
    <section className={styles.section} aria-label={w('choose')}>
      <h3>{w('choose')}</h3>
      <div className={styles.where}>
        {inspection.files.length > 1 && (
          <label>
            {w('file')}
            <select
              value={spot.file}
              onChange={(event) => setSpot({ file: Number(event.target.value), space: '', offset: 0 })}
            >
              {inspection.files.map((file, index) => (
                <option key={index} value={index}>
                  {file.name}
                </option>
              ))}
            </select>
          </label>
        )}
        {spaces.length > 1 && (
          <label>
            {w('part')}
            <select
              value={space?.id ?? ''}
              onChange={(event) => setSpot({ ...spot, space: event.target.value, offset: 0 })}
            >
              {spaces.map((one) => (
                <option key={one.id} value={one.id}>
                  {w('partSize', {
                    part: one.id === '' ? w('partFile') : `${one.id} ${nameOf(one.id)}`.trim(),
                    size: sizeText(one.bytes.length),
                  })}
                </option>
              ))}
            </select>
          </label>
        )}
        <label title={w('offsetHelp', { last: last.toString(16) })}>
          {w('offset', { last: last.toString(16) })}
          <input
            value={typed ?? offset.toString(16)}
            size={8}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => {
              const hex = event.target.value.toLowerCase().replace(/^0x/, '')
              setTyped(hex)
              const value = Number.parseInt(hex, 16)
              if (/^[0-9a-f]{1,8}$/.test(hex) && value <= last)
                setSpot({ ...spot, space: space?.id ?? '', offset: value })
            }}
            onBlur={() => setTyped(null)}
          />
        </label>
        {selected && (selected.offset !== offset || selected.space !== space?.id || selected.file !== spot.file) && (
          <Button look="quiet" onClick={() => setSpot(selected)}>
            {w('selected')}
          </Button>
        )}
      </div>
      <p className={styles.here}>
        {w('here', { offset: offsetText(offset) })}{' '}
        <FieldName inspection={inspection} file={spot.file} space={space?.id ?? ''} offset={offset} />
      </p>
      {artifact !== undefined && (
        <ByteExcerpt
          artifact={artifact}
          range={{ space: space?.id ?? '', start: offset, end: offset + 1 }}
          changed={changed}
        />
      )}
      <EditByte
        key={`${spot.file} ${space?.id ?? ''} ${offset}`}
        file={spot.file}
        space={space?.id ?? ''}
        offset={offset}
      />
    </section>
  )
}

function artifactAt(inspection: Inspection, file: number, space: string, offset: number): number | undefined {
  const own = inspection.artifacts.filter((artifact) => artifact.file === file)
  const inside = own.filter(
    (artifact) => artifact.slice.space === space && offset >= artifact.slice.start && offset < artifact.slice.end,
  )
  return (inside.at(-1) ?? own[0])?.index
}

function FieldName({ inspection, file, space, offset }: Spot & { readonly inspection: Inspection }) {
  const w = useWords(flipWords)
  const field = useMemo((): FieldNode | undefined => {
    for (const artifact of inspection.artifacts.filter((one) => one.file === file)) {
      const node = indexTree(artifact.tree, new Map()).at(space, offset)
      if (node) return node
    }
    return undefined
  }, [inspection, file, space, offset])
  return (
    <span>
      {field ? (
        <>
          {w('inField', { field: '' })}
          <b>
            <Untrusted text={field.label} isPlain />
          </b>{' '}
          <small>
            <Untrusted text={field.path} isPlain />
          </small>
        </>
      ) : (
        w('noField')
      )}
    </span>
  )
}

function Presets({
  before,
  inspection,
  edits,
  onSpot,
}: {
  readonly before: AppraisalView
  readonly inspection: Inspection
  readonly edits: Edits
  readonly onSpot: (spot: Spot) => void
}) {
  const w = useWords(flipWords)
  const bytes = useWords(bytesWords)
  const { subject } = useCase()
  const [isRefused, setRefused] = useState(false)
  const targets = targetsOf(before, inspection, subject?.index ?? 0, chosenOf(inspection, subject))
  if (targets.length === 0) return null
  return (
    <section className={styles.section} aria-label={w('presets')}>
      <h3>{w('presets')}</h3>
      <ul className={styles.presets}>
        {targets.map((target) => (
          <li key={target.by}>
            <span>
              <b>{bytes(target.by)}</b>
              <br />
              <small>
                {w('here', { offset: offsetText(target.offset) })}{' '}
                <FieldName inspection={inspection} file={target.file} space={target.space} offset={target.offset} />
              </small>
            </span>
            <Button
              onClick={() => {
                setRefused(!edits.flip(target.file, target.space, target.offset, 0))
                onSpot(target)
              }}
            >
              {w('flipIt')}
            </Button>
          </li>
        ))}
      </ul>
      {isRefused && (
        <p className={styles.refused} role="alert">
          {w('refused')}
        </p>
      )}
    </section>
  )
}

/** Bytes that were changed together are one line. */
function inShort(edits: Edits): { readonly edit: Edit; readonly more: number }[] {
  return edits.list.flatMap((edit, index) => {
    const isFirst = edit.group === undefined || edits.list.findIndex((one) => one.group === edit.group) === index
    const more = edit.group === undefined ? 0 : edits.list.filter((one) => one.group === edit.group).length - 1
    return isFirst ? [{ edit, more }] : []
  })
}

function Changes({ edits, moves }: { readonly edits: Edits; readonly moves: ReturnType<typeof useMoves> }) {
  const w = useWords(flipWords)
  const hex = (byte: number) => byte.toString(16).padStart(2, '0')
  return (
    <section className={styles.changes} aria-label={w('changes')}>
      <h3>{w('changes')}</h3>
      <ol>
        <Done moves={moves} />
        {inShort(edits).map(({ edit, more }, index) => {
          const name = edits.originals.find((file) => file.id === edit.file)?.name ?? ''
          const params = {
            file: name,
            offset: offsetText(edit.offset),
            before: hex(edit.before),
            after: hex(edit.after),
            part: edit.space,
          }
          return (
            <li key={index}>
              {w(edit.space === '' ? 'change' : 'inPart', params)}
              {more > 0 && <small> {w('andMore', { count: more })}</small>}
              {more === 0 && edit.space !== '' && <small> ({w('characters', { count: edit.changes.length })})</small>}
            </li>
          )
        })}
      </ol>
      <p className={styles.buttons}>
        {/* The last change goes first: bytes were changed on top of what was moved. */}
        <Button onClick={edits.list.length > 0 ? edits.undo : moves.undo}>{w('undo')}</Button>{' '}
        <Button
          onClick={() => {
            edits.reset()
            moves.reset()
          }}
        >
          {w('reset')}
        </Button>
      </p>
    </section>
  )
}
