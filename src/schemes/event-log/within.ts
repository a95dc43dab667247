import { ARRAY_WINDOW, type FieldNode } from '../../core/field.ts'
import { rangeOf, type Slice } from '../../core/place.ts'
import { withLater } from '../../bytes/later.ts'
import { bytes, readWhole, type Expand, type Layout, type Reading } from '../../bytes/layout.ts'

/** Layouts of parts whose length stands before them. */

/** Exactly `length` bytes, read by a layout where it fits them (`inner`); bytes otherwise. */
export function within<T>(length: number, layout: Layout<T>): Layout<{ readonly inner: T | undefined }> {
  return {
    size: length,
    rows: () => layout.rows(),
    read(slice, path, label = path) {
      const plain = bytes(length).read(slice, path, label)
      if (plain.value === undefined) return { ...partsOf(plain), value: undefined }
      const own: Slice = { ...slice, end: slice.start + length }
      const reading = length === 0 ? undefined : readWhole(layout, own, path, label)
      return reading?.value === undefined
        ? { ...partsOf(plain), value: { inner: undefined } }
        : { value: { inner: reading.value }, end: own.end, short: false, node: reading.node, expand: reading.expand }
    },
  }
}

const partsOf = ({ node, end, short }: Reading<unknown>) => ({ node, end, short })

/** The same layout again and again to the end of the bytes; undefined where what is left fits none, or there are more than `most`. */
export function repeated<T>(element: Layout<T>, most: number): Layout<readonly T[]> {
  return {
    size: undefined,
    rows: () => element.rows().map((row) => ({ ...row, name: `[n].${row.name}` })),
    read(slice, path, label = path): Reading<readonly T[]> {
      const found: Reading<T>[] = []
      const values: T[] = []
      let at = slice.start
      while (at < slice.end && found.length < most) {
        const reading = element.read({ ...slice, start: at }, `${path}[${found.length}]`, `[${found.length}]`)
        if (reading.value === undefined || reading.end <= at) break
        found.push(reading)
        values.push(reading.value)
        at = reading.end
      }
      const isWhole = at === slice.end && found.length <= ARRAY_WINDOW
      const own: Slice = { ...slice, end: at }
      const node = (): FieldNode => ({
        path,
        label,
        kind: 'array',
        ranges: [rangeOf(own)],
        value: { kind: 'none' },
        children: found.map((reading) => reading.node),
        problems: [],
      })
      const expand: Expand = (wanted, from, to) => {
        for (const one of found) {
          const nodes = one.expand?.(wanted, from, to)
          if (nodes) return nodes
        }
        return undefined
      }
      return withLater({ value: isWhole ? values : undefined, end: at, short: !isWhole, expand }, { node })
    },
  }
}
