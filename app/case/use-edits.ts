import { useCallback, useMemo, useSyncExternalStore } from 'react'
import type { ByteRange, SpaceId } from '../../src/core/place.ts'
import type { Case } from './case.ts'
import { useCase } from './context.tsx'
import { changesFor, edited, type Edit } from './edit.ts'
import { caseFile, type CaseFile } from './files.ts'

/** What was changed in one case, and the files as they were opened. */
interface CaseEdits {
  readonly edits: readonly Edit[]
  readonly originals: ReadonlyMap<string, CaseFile>
  /** Id of the copy that stands in the case now → id of the file as it was opened. */
  readonly copies: ReadonlyMap<string, string>
}

const EMPTY: CaseEdits = { edits: [], originals: new Map(), copies: new Map() }
const records = new Map<number, CaseEdits>()
const listeners = new Set<() => void>()

function keep(number: number, record: CaseEdits): void {
  records.set(number, record)
  for (const listen of listeners) listen()
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange)
  return () => listeners.delete(onChange)
}

/** Flipping bits of a copy: what the bytes view and the flip panel share. */
export interface Edits {
  readonly list: readonly Edit[]
  /** The files as they were opened. */
  readonly originals: readonly CaseFile[]
  /** Sets a byte of a space of a file (index in `inspection.files`). False where that byte cannot be changed. */
  readonly set: (file: number, space: SpaceId, offset: number, to: number) => boolean
  /** Sets several bytes of one space at once: one change to undo. */
  readonly setMany: (
    file: number,
    space: SpaceId,
    writes: readonly { readonly offset: number; readonly to: number }[],
  ) => boolean
  /** Flips bit 0 (lowest) to 7 of a byte. */
  readonly flip: (file: number, space: SpaceId, offset: number, bit: number) => boolean
  readonly undo: () => void
  readonly reset: () => void
  /** Bytes of a file that differ from what was opened, in the file and where the reader changed them. */
  readonly changedIn: (file: number) => readonly ByteRange[]
}

function originalsOf(one: Case, record: CaseEdits): readonly CaseFile[] {
  return one.files.map((file) => record.originals.get(record.copies.get(file.id) ?? '') ?? file)
}

/** The edits of the case around this panel. */
export function useEdits(): Edits {
  const { case: one, inspection, dispatch } = useCase()
  const { number } = one
  const record = useSyncExternalStore(subscribe, () => records.get(number) ?? EMPTY)
  const originals = useMemo(() => originalsOf(one, record), [one, record])

  /** Puts the copy for these edits in the place of the file; the file itself when nothing is left of them. */
  const apply = useCallback(
    async (edits: readonly Edit[], touched: CaseFile) => {
      const before = records.get(number) ?? EMPTY
      const originalId = touched.id
      keep(number, { ...before, edits, originals: new Map(before.originals).set(originalId, touched) })
      const own = edits.filter((edit) => edit.file === originalId)
      const bytes = edited(touched.bytes, own)
      const isSame = bytes.every((byte, at) => byte === touched.bytes[at])
      const copy: CaseFile = isSame
        ? touched
        : {
            ...(await caseFile({ name: touched.name, bytes })),
            ...(touched.origin === undefined ? {} : { origin: touched.origin }),
          }
      const now = records.get(number) ?? EMPTY
      // A later change of the same file has overtaken this one.
      if (
        !sameEdits(
          now.edits.filter((edit) => edit.file === originalId),
          own,
        )
      )
        return
      const current = [...now.copies].find(([, original]) => original === originalId)?.[0] ?? originalId
      if (current === copy.id) return
      const copies = new Map([...now.copies].filter(([, original]) => original !== originalId))
      if (!isSame) copies.set(copy.id, originalId)
      keep(number, { ...now, copies })
      dispatch({ kind: 'replace', number, id: current, file: copy, isEdited: copies.size > 0 })
    },
    [number, dispatch],
  )

  const set = useCallback(
    (file: number, space: SpaceId, offset: number, to: number): boolean => {
      const now = records.get(number) ?? EMPTY
      const original = originals[file]
      if (!original) return false
      const current = edited(
        original.bytes,
        now.edits.filter((edit) => edit.file === original.id),
      )
      const spaces = inspection.spaces.filter((entry) => entry.file === file).map((entry) => entry.space)
      const own = spaces.find((candidate) => candidate.id === '')
      if (!own || own.bytes.length !== current.length) return false
      // Derived bytes are those of the last reading: while a newer copy is being read they would mislead.
      if (space !== '' && own.bytes.some((byte, at) => byte !== current[at])) return false
      const seen = spaces.find((candidate) => candidate.id === space)
      const before = space === '' ? current[offset] : seen?.bytes[offset]
      if (before === undefined || to === before || to < 0 || to > 255) return false
      const changes = space === '' ? [{ offset, to }] : changesFor(spaces, space, offset, to)
      if (!changes) return false
      void apply([...now.edits, { file: original.id, space, offset, before, after: to, changes }], original)
      return true
    },
    [number, originals, inspection, apply],
  )

  const setMany = useCallback(
    (file: number, space: SpaceId, writes: readonly { readonly offset: number; readonly to: number }[]): boolean => {
      const now = records.get(number) ?? EMPTY
      const original = originals[file]
      const spaces = inspection.spaces.filter((entry) => entry.file === file).map((entry) => entry.space)
      const seen = spaces.find((one) => one.id === space)
      if (!original || !seen) return false
      const group = now.edits.length + 1
      const edits = writes.flatMap(({ offset, to }): Edit[] => {
        const before = seen.bytes[offset]
        const changes = space === '' ? [{ offset, to }] : changesFor(spaces, space, offset, to)
        if (before === undefined || before === to || !changes) return []
        return [{ file: original.id, space, offset, before, after: to, changes, group }]
      })
      if (edits.length < writes.filter(({ offset, to }) => seen.bytes[offset] !== to).length || edits.length === 0)
        return false
      void apply([...now.edits, ...edits], original)
      return true
    },
    [number, originals, inspection, apply],
  )

  const flip = useCallback(
    (file: number, space: SpaceId, offset: number, bit: number): boolean => {
      const now = records.get(number) ?? EMPTY
      const original = originals[file]
      const byte =
        space === '' && original
          ? edited(
              original.bytes,
              now.edits.filter((edit) => edit.file === original.id),
            )[offset]
          : inspection.spaces.find((entry) => entry.file === file && entry.space.id === space)?.space.bytes[offset]
      return byte !== undefined && set(file, space, offset, byte ^ (1 << (bit & 7)))
    },
    [number, originals, inspection, set],
  )

  const undo = useCallback(() => {
    const now = records.get(number) ?? EMPTY
    const last = now.edits.at(-1)
    const original = last && now.originals.get(last.file)
    const isWith = (edit: Edit) => edit === last || (last?.group !== undefined && edit.group === last.group)
    if (original)
      void apply(
        now.edits.filter((edit) => !isWith(edit)),
        original,
      )
  }, [number, apply])

  const reset = useCallback(() => {
    const now = records.get(number) ?? EMPTY
    void (async () => {
      for (const original of now.originals.values()) await apply([], original)
    })()
  }, [number, apply])

  const changedIn = useCallback(
    (file: number): readonly ByteRange[] => {
      const id = originals[file]?.id
      return record.edits
        .filter((edit) => edit.file === id)
        .flatMap((edit) => [
          ...edit.changes.map((change) => ({ space: '', start: change.offset, end: change.offset + 1 })),
          ...(edit.space === '' ? [] : [{ space: edit.space, start: edit.offset, end: edit.offset + 1 }]),
        ])
    },
    [originals, record],
  )

  return { list: record.edits, originals, set, setMany, flip, undo, reset, changedIn }
}

function sameEdits(a: readonly Edit[], b: readonly Edit[]): boolean {
  return a.length === b.length && a.every((edit, index) => edit === b[index])
}

/** Takes over changes that were made before the case was opened: a lesson's table, a preset. `originals` and `files` stand in the same order. */
export function takeOver(
  number: number,
  originals: readonly CaseFile[],
  files: readonly CaseFile[],
  edits: readonly (Omit<Edit, 'file'> & { readonly file: number })[],
): void {
  const pairs = originals.flatMap((original, index): (readonly [CaseFile, CaseFile])[] => {
    const file = files[index]
    return file && file.id !== original.id ? [[original, file]] : []
  })
  keep(number, {
    edits: edits.flatMap((edit) => {
      const original = originals[edit.file]
      return original ? [{ ...edit, file: original.id }] : []
    }),
    originals: new Map(pairs.map(([original]) => [original.id, original])),
    copies: new Map(pairs.map(([original, file]) => [file.id, original.id])),
  })
}

/** The changes made in a case so far. */
export function editsOf(number: number): readonly Edit[] {
  return records.get(number)?.edits ?? []
}

/** Number of changes made in a case so far. */
export function editCount(number: number): number {
  return records.get(number)?.edits.length ?? 0
}
