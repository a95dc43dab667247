import { useId, useState } from 'react'
import { localTime, relative, typedInstant, utc } from '../text/time.ts'
import { useLocale, useWords } from '../text/speech.tsx'
import { Button } from '../ui/Button.tsx'
import styles from './as-of.module.css'
import { useCase } from './context.tsx'
import { caseWords } from './words.ts'

/** As of when everything was judged, and the control to judge it as of another instant. */
export function AsOf() {
  const w = useWords(caseWords)
  const locale = useLocale()
  const { case: one, at } = useCase()
  const [isOpen, setOpen] = useState(false)
  const [now] = useState(() => Date.now())
  const { date, time, iso } = utc(at)
  const source =
    one.at.kind === 'given'
      ? w(`given-${one.at.from ?? 'reader'}`)
      : { now: w('nowWas'), evidence: w('evidenceTime') }[one.at.kind]
  return (
    <div data-place="as-of">
      <dt>{w('asOf')}</dt>
      <dd className={styles.big}>
        <time dateTime={iso}>{date}</time>{' '}
        <Button look="quiet" className={styles.change} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? w('done') : w('change')}
        </Button>
        <small>
          {time} UTC ·{' '}
          {one.at.kind === 'now' ? source : w('sourceAndAge', { source, relative: relative(at, now, locale) })}
        </small>
        {isOpen && <Picker />}
      </dd>
    </div>
  )
}

function Picker() {
  const w = useWords(caseWords)
  const locale = useLocale()
  const { case: one, at, inspection, dispatch } = useCase()
  const name = useId()
  const set = (choice: typeof one.at) => dispatch({ kind: 'at', number: one.number, at: choice })
  const hasTime = inspection.evidenceTime !== null
  return (
    <fieldset className={styles.picker}>
      <legend>{w('chooseAt')}</legend>
      <small>
        {w('local', { local: localTime(at, locale) })}
        {!hasTime && ` · ${w('noTime')}`}
      </small>
      <label>
        <input
          type="radio"
          name={name}
          checked={one.at.kind === 'now'}
          onChange={() => set({ kind: 'now', instant: Math.floor(Date.now() / 1000) * 1000, isChosen: true })}
        />
        {w('optionNow')}
      </label>
      <label>
        <input
          type="radio"
          name={name}
          checked={one.at.kind === 'evidence'}
          disabled={!hasTime}
          onChange={() => set({ kind: 'evidence' })}
        />
        {w(hasTime ? 'optionEvidence' : 'optionEvidenceNone')}
      </label>
      <label>
        <input
          type="radio"
          name={name}
          checked={one.at.kind === 'given'}
          onChange={() => set({ kind: 'given', instant: at })}
        />
        {w('optionPick')}
      </label>
      <Instant at={at} onChoose={(instant) => set({ kind: 'given', instant })} />
    </fieldset>
  )
}

/** Date and time as this page writes them everywhere: the browser's own control would show them in the reader's country's order. */
function Instant({ at, onChoose }: { readonly at: number; readonly onChoose: (instant: number) => void }) {
  const w = useWords(caseWords)
  const hint = useId()
  const [typed, setTyped] = useState<string>()
  const [isLeft, setLeft] = useState(false)
  // Not while it is half typed.
  const isWrong = isLeft && typed !== undefined && typedInstant(typed) === null
  return (
    <>
      <input
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={w('optionPick')}
        aria-invalid={isWrong}
        aria-describedby={hint}
        value={typed ?? utc(at).iso.replace('T', ' ').replace('Z', '')}
        onChange={(event) => {
          setTyped(event.target.value)
          setLeft(false)
          const instant = typedInstant(event.target.value)
          if (instant !== null) onChoose(instant)
        }}
        onBlur={() => {
          setLeft(true)
          if (typed !== undefined && typedInstant(typed) !== null) setTyped(undefined)
        }}
      />
      <small id={hint} role={isWrong ? 'alert' : undefined}>
        {w(isWrong ? 'pickWrong' : 'pickForm')}
      </small>
    </>
  )
}
