import { useEffect, useState } from 'react'
import type { ByteRange, Space } from '../../../src/core/place.ts'
import type { ArtifactView } from '../../../src/engine/api.ts'
import { cborNotesAt, type CborNotes } from '../../../src/engine/notation.ts'
import type { TreeIndex } from '../../bytes/tree.ts'
import { useWords } from '../../text/speech.tsx'
import { visible } from '../../text/hostile.ts'
import { Copy } from '../../ui/Copy.tsx'
import { Scroll } from '../../ui/Scroll.tsx'
import styles from './notation.module.css'
import { notationWords } from './notation-words.ts'

/** Characters that are shown; copies take all. */
const LONGEST = 20_000

/** A selected CBOR item as people write it down: diagnostic notation, and its bytes line by line. Nothing for anything else. */
export function Notation({
  artifact,
  range,
  spaces,
  index,
}: {
  readonly artifact: ArtifactView
  readonly range: ByteRange
  readonly spaces: readonly Space[]
  readonly index: TreeIndex
}) {
  const w = useWords(notationWords)
  const notes = useNotes(artifact, range, spaces, index)
  if (!notes) return null
  return (
    <div className={styles.notation}>
      <Way title={w('diagnostic')} make={notes.diagnostic} isWrapped />
      <Way title={w('annotated')} make={notes.annotated} />
    </div>
  )
}

/** One way to write it, made when it is opened. */
function Way({
  title,
  make,
  isWrapped = false,
}: {
  readonly title: string
  readonly make: () => string
  readonly isWrapped?: boolean
}) {
  const w = useWords(notationWords)
  const [isOpen, setOpen] = useState(false)
  const text = isOpen ? make() : ''
  return (
    <details className={styles.way} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen && (
        <>
          <Scroll isText className={isWrapped ? styles.wrapped : styles.lines} label={title}>
            {text.slice(0, LONGEST).split('\n').map(visible).join('\n')}
          </Scroll>
          <p className={styles.foot}>
            <Copy label={w('copy')} text={text} />
            {text.length > LONGEST && <span>{w('cut', { count: LONGEST })}</span>}
          </p>
        </>
      )}
    </details>
  )
}

interface Found {
  readonly range: ByteRange
  readonly notes: CborNotes | undefined
}

/** Loads what makes the notation only for trees that hold CBOR. */
function useNotes(
  artifact: ArtifactView,
  range: ByteRange,
  spaces: readonly Space[],
  index: TreeIndex,
): CborNotes | undefined {
  const [found, setFound] = useState<Found | undefined>()
  const { space, start, end } = range
  const hasCbor = index.all.some(
    (node) => node.doc?.startsWith('field.cbor.') === true && node.ranges[0]?.space === space,
  )
  const bytes = spaces.find((one) => one.id === space)?.bytes
  const own = artifact.slice
  useEffect(() => {
    if (!hasCbor || !bytes) return
    let isCurrent = true
    const slice =
      own.space === space
        ? { space, bytes, start: own.start, end: own.end }
        : { space, bytes, start: 0, end: bytes.length }
    const selected = { space, start, end }
    void cborNotesAt(slice, selected)
      .then((notes) => {
        if (isCurrent) setFound({ range: selected, notes })
      })
      .catch(() => {})
    return () => {
      isCurrent = false
    }
  }, [hasCbor, bytes, own.space, own.start, own.end, space, start, end])
  const isSame = found && found.range.space === space && found.range.start === start && found.range.end === end
  return hasCbor && isSame ? found.notes : undefined
}
