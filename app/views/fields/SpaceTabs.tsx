import { useMemo } from 'react'
import type { Space } from '../../../src/core/place.ts'
import type { ArtifactView } from '../../../src/engine/api.ts'
import { sourcesOf } from '../../bytes/coverage.ts'
import type { TreeIndex } from '../../bytes/tree.ts'
import { bytesWords } from '../../bytes/words.ts'
import { visible } from '../../text/hostile.ts'
import { grouped, rangeText } from '../../text/numbers.ts'
import { useWords } from '../../text/speech.tsx'
import styles from './tabs.module.css'
import { fieldsWords } from './words.ts'

const MOST_TABS = 5

/** The file's own bytes and what was derived from them, each saying where it came from. */
export function SpaceTabs({
  artifact,
  spaces,
  index,
  current,
  onShow,
}: {
  readonly artifact: ArtifactView
  readonly spaces: readonly Space[]
  readonly index: TreeIndex
  readonly current: Space | undefined
  readonly onShow: (id: string) => void
}) {
  const w = useWords(fieldsWords)
  const named = useMemo(() => holdersOf(index, spaces), [index, spaces])
  const words = useWords(bytesWords)
  const wanted = new Set(['', artifact.slice.space, ...index.spaces, current?.id ?? ''])
  // What encloses a derived space belongs beside it.
  for (const id of wanted)
    for (
      let space = spaces.find((one) => one.id === id);
      space?.parent !== undefined;
      space = spaces.find((one) => one.id === space?.parent)
    )
      wanted.add(space.parent)
  const offered = spaces.filter((space) => wanted.has(space.id))
  if (offered.length <= 1) return null
  const tabs = offered.slice(0, MOST_TABS)
  if (current && !tabs.includes(current)) tabs[tabs.length - 1] = current
  const others = offered.filter((space) => !tabs.includes(space))
  const viaOf = (space: Space) => (space.via === 'file' ? words('input') : words(`via-${space.via}`))
  const nameOf = (space: Space) => (space.id === '' ? words('input') : (named.get(space.id) ?? viaOf(space)))
  const source =
    current && current.parent !== undefined
      ? sourcesOf(
          current.id,
          0,
          current.bytes.length,
          spaces.filter((space) => space.id === current.id),
        )
      : []
  const from =
    source.length > 0
      ? { start: Math.min(...source.map((one) => one.start)), end: Math.max(...source.map((one) => one.end)) }
      : undefined
  const parent = spaces.find((space) => space.id === current?.parent)
  return (
    <div className={styles.tabs}>
      <div role="group" aria-label={w('spaces')} className={styles.row}>
        {tabs.map((space) => (
          <button
            key={space.id}
            type="button"
            aria-pressed={space === current}
            title={space.id === '' ? undefined : `${nameOf(space)} (${viaOf(space)})`}
            onClick={() => onShow(space.id)}
          >
            <span className={styles.name}>{nameOf(space)}</span> <small>{grouped(space.bytes.length)}</small>
          </button>
        ))}
        {others.length > 0 && (
          <select aria-label={w('moreSpaces')} value="" onChange={(event) => onShow(event.target.value)}>
            <option value="" disabled>
              + {others.length}
            </option>
            {others.map((space) => (
              <option
                key={space.id}
                value={space.id}
              >{`${nameOf(space)} ${grouped(space.bytes.length)} (${space.id})`}</option>
            ))}
          </select>
        )}
      </div>
      {current && current.parent !== undefined && from && (
        <p className={styles.from}>
          {words('comesFrom', {
            from: rangeText(from.start, from.end),
            parent: parent && parent.parent !== undefined ? `${nameOf(parent)} (${parent.id})` : words('theFile'),
            size: grouped(from.end - from.start),
            via: viaOf(current),
          })}
        </p>
      )}
    </div>
  )
}

/** What stands in each derived space, by the field that fills it: a certificate by whom it is about. */
function holdersOf(index: TreeIndex, spaces: readonly Space[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const sizes = new Map(spaces.map((space) => [space.id, space.bytes.length]))
  for (const node of index.all) {
    for (const { space, start, end } of node.ranges) {
      if (space === '' || names.has(space) || start !== 0 || end !== sizes.get(space)) continue
      const subject = index.node(`${node.path}.tbsCertificate.subject`)?.value
      const person = subject?.kind === 'text' ? /CN=([^,]{1,80})/.exec(subject.text)?.[1] : undefined
      names.set(space, visible(person ?? node.label))
    }
  }
  return names
}
