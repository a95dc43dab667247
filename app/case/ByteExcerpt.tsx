import type { ArtifactIndex, ByteRange } from '../../src/core/place.ts'
import { grouped } from '../text/numbers.ts'
import { useWords } from '../text/speech.tsx'
import { bilingual } from '../text/say.ts'
import styles from './byte-excerpt.module.css'
import { useCase } from './context.tsx'

const words = bilingual(
  { more: '{count} more bytes', region: 'Bytes {from}' },
  { more: '另有 {count} 字节', region: '字节 {from}' },
)

const ROW = 16
const MOST_ROWS = 5

/** A few rows of the bytes that something is about, the bytes themselves marked. */
export function ByteExcerpt({
  artifact,
  range,
  changed = [],
}: {
  readonly artifact: ArtifactIndex
  readonly range: ByteRange
  /** Offsets that differ from what was opened. */ readonly changed?: readonly number[]
}) {
  const w = useWords(words)
  const { inspection } = useCase()
  const file = inspection.artifacts.find((one) => one.index === artifact)?.file
  const bytes = inspection.spaces.find((entry) => entry.file === file && entry.space.id === range.space)?.space.bytes
  if (!bytes || range.end <= range.start || range.start >= bytes.length) return null
  const first = Math.floor(range.start / ROW) * ROW
  const last = Math.min(bytes.length, Math.ceil(range.end / ROW) * ROW, first + ROW * MOST_ROWS)
  const rows: number[] = []
  for (let at = first; at < last; at += ROW) rows.push(at)
  const left = Math.min(range.end, bytes.length) - last
  const digits = Math.max(3, (last - 1).toString(16).length)
  return (
    <div
      className={styles.bytes}
      tabIndex={0}
      role="region"
      aria-label={w('region', { from: `0x${range.start.toString(16)}` })}
    >
      {rows.map((at) => (
        <div key={at} className={styles.row}>
          <span className={styles.offset}>{at.toString(16).padStart(digits, '0')}</span>
          {runs(bytes, at, Math.min(at + ROW, bytes.length), range, changed).map((run) => (
            <span key={run.at} className={styles[run.look]}>
              {run.text}
            </span>
          ))}
        </div>
      ))}
      {left > 0 && <div className={styles.more}>{w('more', { count: grouped(left) })}</div>}
    </div>
  )
}

interface Run {
  readonly at: number
  readonly look: 'plain' | 'value' | 'changed' | 'gap'
  readonly text: string
}

function runs(
  bytes: Uint8Array,
  from: number,
  to: number,
  range: ByteRange,
  changed: readonly number[],
): readonly Run[] {
  const found: { at: number; look: Run['look']; text: string }[] = []
  for (let at = from; at < to; at++) {
    const look = changed.includes(at) ? 'changed' : at >= range.start && at < range.end ? 'value' : 'plain'
    const last = found.at(-1)
    const gap = at === from ? '' : at % 8 === 0 ? '  ' : ' '
    const hex = (bytes[at] ?? 0).toString(16).padStart(2, '0')
    if (last && last.look === look) last.text += gap + hex
    else {
      if (gap !== '') found.push({ at: -at, look: 'gap', text: gap })
      found.push({ at, look, text: hex })
    }
  }
  return found
}
