import type { AppraisalView } from '../../../src/engine/api.ts'
import { useCase } from '../../case/context.tsx'
import type { Edits } from '../../case/use-edits.ts'
import type { Moves as MovesMade, Told } from '../../lab/moves.ts'
import { useLocale, useText, useWords } from '../../text/speech.tsx'
import { utc } from '../../text/time.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './flip.module.css'
import { flipWords } from './words.ts'

const DAY = 86_400_000
const STEPS = [
  ['month', 30 * DAY],
  ['year', 365 * DAY],
  ['tenYears', 3653 * DAY],
] as const

/** Deeds beyond bytes: the clock, the root, a file. */
export function Moves({
  moves,
  edits,
  before,
}: {
  readonly moves: MovesMade
  readonly edits: Edits
  readonly before: AppraisalView
}) {
  const w = useWords(flipWords)
  const text = useText()
  const { case: one, at, subject, appraisal } = useCase()
  // Bytes are changed on top of what lies there; what lies there is not moved under them.
  const isBusy = edits.list.length > 0
  const root = (appraisal ?? before).subjects.find((candidate) => candidate.index === subject?.index)?.root
  const isOff = root === undefined || root.spkiSha256 === '' || root.status === 'switched-off'
  return (
    <section className={styles.failures} aria-label={w('moves')}>
      <h3>{w('moves')}</h3>
      <p>{w('movesWhy')}</p>
      <p className={styles.moves}>
        <span>{w('clock')}</span>
        {STEPS.map(([name, by]) => (
          <Button
            key={name}
            disabled={isBusy}
            data-move={name}
            onClick={() => moves.make({ kind: 'clock', to: at + by }, { at: { kind: 'given', instant: at + by } })}
          >
            {w(name)}
          </Button>
        ))}
      </p>
      <p className={styles.moves}>
        {!isOff && (
          <Button
            disabled={isBusy}
            data-move="root"
            onClick={() =>
              moves.make(
                { kind: 'root', holder: root.holder },
                {
                  policy: {
                    ...one.policy,
                    anchorsOff: [...(one.policy.anchorsOff ?? []), root.spkiSha256],
                  },
                },
              )
            }
          >
            {w('rootOff', { holder: text(`root.holder.${root.holder}`) ?? root.holder })}
          </Button>
        )}
        {one.files.length > 1 &&
          one.files.map((file) => (
            <Button
              key={file.id}
              disabled={isBusy}
              data-move={file.name}
              onClick={() =>
                moves.make(
                  { kind: 'file', name: file.name },
                  { files: one.files.filter((candidate) => candidate !== file) },
                )
              }
            >
              {w('takeAway', { name: file.name })}
            </Button>
          ))}
      </p>
    </section>
  )
}

/** What was done so far, in the order in which it was. */
export function Done({ moves }: { readonly moves: MovesMade }) {
  return moves.list.map(({ told }, index) => (
    <li key={`move ${index}`} data-moved={told.kind}>
      <OneDone told={told} />
    </li>
  ))
}

function OneDone({ told }: { readonly told: Told }) {
  const w = useWords(flipWords)
  const text = useText()
  const locale = useLocale()
  switch (told.kind) {
    case 'preset':
      return w('didPreset', { title: told.title[locale] })
    case 'clock':
      return w('didClock', { at: utc(told.to).iso })
    case 'root':
      return w('didRoot', { holder: text(`root.holder.${told.holder}`) ?? told.holder })
    case 'file':
      return w('didFile', { name: told.name })
  }
}
