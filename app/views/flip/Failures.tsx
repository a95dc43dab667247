import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { AppraisalView, Inspection } from '../../../src/engine/api.ts'
import type { LabView } from '../../../src/engine/lab.ts'
import { useAddress } from '../../case/address.ts'
import { useCase } from '../../case/context.tsx'
import { caseFile, type CaseFile } from '../../case/files.ts'
import { PlaceLink } from '../../case/PlaceLink.tsx'
import type { Edits } from '../../case/use-edits.ts'
import type { Moves } from '../../lab/moves.ts'
import { declaredFor, isOffered, played, presetNamed, writesOf } from '../../lab/preset.ts'
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

interface Props {
  readonly edits: Edits
  readonly moves: Moves
  /** The case as it came. */
  readonly before: AppraisalView
  readonly inspection: Inspection
  readonly onSpot: (spot: Spot) => void
}

/** Presets made from real failures, offered where this case can have them; each says beforehand what must change. */
export function Failures({ edits, moves, before, inspection, onSpot }: Props) {
  const w = useWords(flipWords)
  const { case: one, engine, subject: shown, appraisal, isAppraising } = useCase()
  const files = moves.base?.files ?? edits.originals
  const formats = [...new Set(inspection.artifacts.flatMap((artifact) => artifact.format ?? []))]
  const { data: presets = [] } = useQuery({
    queryKey: ['lab', files.map((file) => file.id).join('\n'), formats.join()],
    queryFn: () => engine.lab(files, formats),
  })
  const [made, setMade] = useState<{ readonly id: string; readonly subject: number } | null>(null)
  const isDone = edits.list.length + moves.list.length > 0
  // What was changed may bring another piece of evidence to the fore; the list stays with the one that was changed.
  const index = isDone && made ? made.subject : shown?.index
  const subject = before.subjects.find((candidate) => candidate.index === index)
  const asked = useAddress('rest').find(([name]) => name === 'preset')?.[1]
  const offered = subject ? presets.filter((preset) => isOffered(preset, inspection, before, subject.index)) : []
  const named = asked === undefined ? undefined : presetNamed(offered, asked)
  const linked = named?.preset.id
  // Once the list stands, the one that the link names is brought into sight.
  useEffect(() => {
    if (linked !== undefined) document.querySelector('[data-linked]')?.scrollIntoView({ block: 'center' })
  }, [linked])
  if (!subject || offered.length === 0) return null
  const changed =
    appraisal &&
    pairsOf(before, appraisal)
      .filter((pair) => pair.before?.outcome !== pair.after?.outcome)
      .map((pair) => `${pair.id} ${pair.after?.outcome ?? 'absent'}`)
  const make = async (preset: LabView) => {
    const target = writesOf(preset, inspection, subject.artifact)
    const first = target?.writes[0]
    if (target && first) {
      if (!edits.setMany(target.file, target.space, target.writes)) return
      setMade({ id: preset.id, subject: subject.index })
      onSpot({ file: target.file, space: target.space, offset: first.offset })
      return
    }
    const after = await played(preset, files, one.policy, inspection, subject.artifact, (...given) =>
      engine.remake(...given),
    )
    if (!after) return
    const copies = await Promise.all(
      after.files.map(async (file): Promise<CaseFile> => files.find((own) => own === file) ?? caseFile(file)),
    )
    setMade({ id: preset.id, subject: subject.index })
    moves.make(
      { kind: 'preset', id: preset.id, title: preset.title },
      { files: copies, policy: after.policy, isEdited: one.isEdited || copies.some((file) => !files.includes(file)) },
    )
  }
  return (
    <section className={styles.failures} aria-label={w('failures')}>
      <h3>{w('failures')}</h3>
      <p>{w('failuresWhy')}</p>
      {named?.isExact === false && (
        <p role="status" data-nearest="">
          {w('nearestFailure')}
        </p>
      )}
      <ul>
        {offered.map((preset) => {
          const declared = declaredFor(preset, before)
          const isShown = made?.id === preset.id && isDone && !isAppraising && changed !== undefined
          const isSame =
            isShown &&
            [...new Set(changed)].toSorted().join() ===
              declared
                .map(({ check, to }) => `${check} ${to}`)
                .toSorted()
                .join()
          return (
            <li key={preset.id} data-preset={preset.id} data-linked={preset.id === linked ? '' : undefined}>
              <Told preset={preset} />
              <small>{declared.length === 0 ? w('declaresNone') : w('declares', { count: declared.length })}</small>
              <Button onClick={() => void make(preset)} disabled={isDone}>
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

function Told({ preset }: { readonly preset: LabView }) {
  const w = useWords(flipWords)
  const locale = useLocale()
  return (
    <>
      <b>{preset.title[locale]}</b>
      <p>
        {preset.stands[locale]}{' '}
        <a href={preset.source.url} target="_blank" rel="noreferrer noopener">
          {preset.source.title}
        </a>{' '}
        <PlaceLink to={{ panel: 'flip', rest: [['preset', preset.id]] }}>{w('linkFailure')}</PlaceLink>
      </p>
    </>
  )
}
