import type { FieldNode, Problem } from '../../core/field.ts'
import type { Slice } from '../../core/place.ts'
import { readJson, type JsonValue } from '../../bytes/json.ts'
import { tooMany } from './records.ts'
import { EVENT_LIMIT } from './tcg.ts'

/** The records of a log that is one JSON array, as far as they could be read. */
export interface JsonRecords {
  readonly items: readonly JsonValue[]
  /** Behind the last of them that was read. */
  readonly end: number
  /** True where the array goes on behind them: at a limit, or where the text is no JSON any more. */
  readonly isPart: boolean
  readonly problems: readonly Problem[]
  readonly tree: () => FieldNode
  readonly expand: (path: string, from: number, to: number) => readonly FieldNode[]
}

/** Reads such a log. The record in which the text broke off is none. */
export function readRecords(slice: Slice): JsonRecords {
  const reading = readJson(slice)
  const { value, partial, end } = reading
  const all = partial?.kind === 'array' ? partial.items : []
  const whole = value ? all : all.filter(({ range }) => range.end < end)
  const items = whole.slice(0, EVENT_LIMIT)
  const next = whole[EVENT_LIMIT]
  return {
    items,
    end: value && !next ? slice.end : (items.at(-1)?.range.end ?? slice.start),
    isPart: !value || next !== undefined,
    problems: next ? tooMany({ ...slice, start: next.range.start }) : [],
    tree: () => reading.node,
    expand: (path, from, to) => reading.expand(path, from, to) ?? [],
  }
}
