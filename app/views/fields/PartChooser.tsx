import { useId } from 'react'
import type { ArtifactView } from '../../../src/engine/api.ts'
import { go } from '../../case/address.ts'
import { useCase } from '../../case/context.tsx'
import { pointerText } from '../../case/selection.ts'
import { visible } from '../../text/hostile.ts'
import { grouped } from '../../text/numbers.ts'
import { useText, useWords } from '../../text/speech.tsx'
import styles from './fields.module.css'
import { fieldsWords } from './words.ts'

/** Which file, or which thing inside a file, the fields are of. */
export function PartChooser({ current }: { readonly current: ArtifactView }) {
  const w = useWords(fieldsWords)
  const text = useText()
  const id = useId()
  const { inspection } = useCase()
  const depth = (artifact: ArtifactView): number => {
    const parent = inspection.artifacts.find((one) => one.index === artifact.parent)
    return parent ? 1 + depth(parent) : 0
  }
  return (
    <p className={styles.part}>
      <label htmlFor={id}>{w('artifact')}</label>
      <select
        id={id}
        value={current.index}
        onChange={(event) => go({ field: pointerText(Number(event.target.value), null, null) })}
      >
        {ordered(inspection.artifacts).map((artifact) => (
          <option
            key={artifact.index}
            value={artifact.index}
          >{`${'\u2003'.repeat(depth(artifact))}${text(artifact.title) ?? artifact.title}: ${w('partOf', { name: visible(artifact.name).slice(0, 60), size: grouped(artifact.slice.end - artifact.slice.start) })}`}</option>
        ))}
      </select>
    </p>
  )
}

/** Each artifact right before what is inside it. */
function ordered(artifacts: readonly ArtifactView[]): ArtifactView[] {
  const inside = (parent: number | null): ArtifactView[] =>
    artifacts.filter((one) => one.parent === parent).flatMap((one) => [one, ...inside(one.index)])
  return inside(null)
}
