import { useMemo, useRef, useState } from 'react'
import type { FieldNode } from '../../../src/core/field.ts'
import type { Space } from '../../../src/core/place.ts'
import { useKeys } from '../../keys/keys.tsx'
import { useWords } from '../../text/speech.tsx'
import { Button } from '../../ui/Button.tsx'
import { shortValue, type ReadBytes } from '../../bytes/value.ts'
import { findBytes, queryBytes } from './find.ts'
import styles from './fields.module.css'
import { fieldsWords } from './words.ts'

type Hit = { readonly node: FieldNode } | { readonly start: number; readonly end: number }
const MOST_HITS = 500

/** Finds in names, values and bytes; Enter goes on to the next. */
export function Find({
  tree,
  all,
  read,
  space,
  onNode,
  onBytes,
}: {
  readonly tree: FieldNode
  readonly all: readonly FieldNode[]
  readonly read: ReadBytes
  readonly space: Space | undefined
  readonly onNode: (node: FieldNode) => void
  readonly onBytes: (start: number, end: number) => void
}) {
  const w = useWords(fieldsWords)
  const input = useRef<HTMLInputElement>(null)
  const [query, setQuery] = useState('')
  const [current, setCurrent] = useState(-1)
  useKeys({ '/': () => input.current?.focus() })
  const hits = useMemo((): readonly Hit[] => {
    const wanted = query.trim().toLowerCase()
    if (wanted.length < 2) return []
    const nodes: Hit[] = []
    for (const node of all) {
      if (nodes.length >= MOST_HITS) break
      if (node === tree) continue
      if (
        node.label.toLowerCase().includes(wanted) ||
        node.path.toLowerCase().endsWith(wanted) ||
        node.symbol?.toLowerCase().includes(wanted) === true ||
        (node.value.kind !== 'bytes' && shortValue(node, read).toLowerCase().includes(wanted))
      )
        nodes.push({ node })
    }
    return space
      ? [
          ...nodes,
          ...queryBytes(query).flatMap((bytes) =>
            findBytes(space.bytes, bytes, MOST_HITS).map((start) => ({ start, end: start + bytes.length })),
          ),
        ].slice(0, MOST_HITS)
      : nodes
  }, [query, all, tree, read, space])
  const show = (index: number) => {
    const hit = hits[index]
    if (!hit) return
    setCurrent(index)
    if ('node' in hit) onNode(hit.node)
    else onBytes(hit.start, hit.end)
  }
  const step = (by: number) => {
    if (hits.length > 0) show((current + by + hits.length) % hits.length)
  }
  return (
    <div className={styles.find} role="search">
      <input
        ref={input}
        type="search"
        aria-label={w('find')}
        placeholder={w('find')}
        value={query}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setQuery(event.target.value)
          setCurrent(-1)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault()
            step(event.shiftKey ? -1 : 1)
          }
          if (event.key === 'Escape') {
            setQuery('')
            input.current?.blur()
          }
        }}
      />
      <kbd aria-hidden="true">/</kbd>
      {query.trim().length >= 2 && (
        <span role="status">
          {hits.length === 0 ? (
            w('foundNone')
          ) : (
            <>
              <Button look="quiet" onClick={() => step(-1)} aria-label={w('previous')}>
                ↑
              </Button>
              <Button look="quiet" onClick={() => step(1)} aria-label={w('next')}>
                ↓
              </Button>{' '}
              {w('found', { index: current + 1, count: hits.length >= MOST_HITS ? `${MOST_HITS}+` : hits.length })}
            </>
          )}
        </span>
      )}
    </div>
  )
}
