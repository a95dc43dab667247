import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useCase, useInspection } from '../../case/context.tsx'
import { caseKey, sourceOf } from '../../case/case.ts'
import type { Edits } from '../../case/use-edits.ts'
import { declaredFor, isOffered, writesOf, type Preset } from '../../lab/preset.ts'
import { presets } from '../../lab/presets.ts'
import { useLocale, useWords } from '../../text/speech.tsx'
import { Button } from '../../ui/Button.tsx'
import { pairsOf } from './compare.ts'
import styles from './flip.module.css'
import { flipWords } from './words.ts'

interface Spot {
  readonly file: number
  readonly space: string
  readonly offset: number
}

/** Presets made from real failures, offered where this case can have them; each says beforehand what must change. */
export function Failures({ edits, onSpot }: { readonly edits: Edits; readonly onSpot: (spot: Spot) => void }) {
  const w = useWords(flipWords)
  const { case: one, engine, at, subject, appraisal, isAppraising } = useCase()
  const files = edits.originals
  const original = useInspection(engine, { ...one, files })
  const key = caseKey(files)
  const { data: before } = useQuery({
    queryKey: ['appraisal', key, at, sourceOf(one.at), one.policy],
    queryFn: () => engine.appraise(key, files, { at, atSource: sourceOf(one.at), policy: one.policy }),
  })
  const [made, setMade] = useState<string | null>(null)
  const inspection = original.data
  if (!before || !inspection || !subject) return null
  const offered = presets.filter((preset) => isOffered(preset, inspection, before, subject.index))
  if (offered.length === 0) return null
  const changed =
    appraisal &&
    pairsOf(before, appraisal)
      .filter((pair) => pair.before?.outcome !== pair.after?.outcome)
      .map((pair) => `${pair.id} ${pair.after?.outcome ?? 'absent'}`)
  const make = (preset: Preset) => {
    const target = writesOf(preset, inspection, subject.artifact)
    const first = target?.writes[0]
    if (!target || !first) return
    if (edits.setMany(target.file, target.space, target.writes)) {
      setMade(preset.id)
      onSpot({ file: target.file, space: target.space, offset: first.offset })
    }
  }
  return (
    <section className={styles.failures} aria-label={w('failures')}>
      <h3>{w('failures')}</h3>
      <p>{w('failuresWhy')}</p>
      <ul>
        {offered.map((preset) => {
          const declared = declaredFor(preset, before)
          const isShown = made === preset.id && edits.list.length > 0 && !isAppraising && changed !== undefined
          const isSame =
            isShown &&
            changed.toSorted().join() ===
              declared
                .map(({ check, to }) => `${check} ${to}`)
                .toSorted()
                .join()
          return (
            <li key={preset.id} data-preset={preset.id}>
              <Told preset={preset} />
              <small>{declared.length === 0 ? w('declaresNone') : w('declares', { count: declared.length })}</small>
              <Button onClick={() => make(preset)} disabled={edits.list.length > 0}>
                {w('make')}
              </Button>
              {isShown && <span role="status">{w(isSame ? 'asDeclared' : 'notDeclared')}</span>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Told({ preset }: { readonly preset: Preset }) {
  const locale = useLocale()
  return (
    <>
      <b>{preset.title[locale]}</b>
      <p>
        {preset.stands[locale]}{' '}
        <a href={preset.source.url} target="_blank" rel="noreferrer noopener">
          {preset.source.title}
        </a>
      </p>
    </>
  )
}
