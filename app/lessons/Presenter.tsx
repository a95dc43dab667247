import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { createPortal } from 'react-dom'
import type { Locale } from '../../src/core/saying.ts'
import { Qr } from '../share/Qr.tsx'
import { htmlLang } from '../text/say.ts'
import { useLocale, useWords } from '../text/speech.tsx'
import { Outcome } from '../ui/Mark.tsx'
import { Template } from '../ui/Say.tsx'
import type { Lesson, Said, Step } from './lesson.ts'
import styles from './presenter.module.css'
import { markDone } from './progress.ts'
import { StepBody } from './StepBody.tsx'
import { lessonWords } from './words.ts'

/** The address of a step, short enough for a code that is read from a seat. */
export function stepAddress(lesson: Lesson, step: number, locale: Locale): string {
  return `${location.href.replace(/#.*$/s, '')}#lesson=${lesson.id}&step=${step + 1}&lang=${locale}`
}

/** One step for a room: large type, the answer hidden until asked for, the keys of a clicker, and the code of this very step. */
export function Presenter({
  lesson,
  step,
  isLaid,
  onStep,
  onClose,
}: {
  readonly lesson: Lesson
  readonly step: number
  readonly isLaid: boolean
  readonly onStep: (index: number) => void
  readonly onClose: () => void
}) {
  const w = useWords(lessonWords)
  const locale = useLocale()
  const [shown, setShown] = useState(-1)
  const [isBlank, setBlank] = useState(false)
  const [isBoth, setBoth] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const one = lesson.steps[step]
  const isShown = shown === step
  useFit(box)
  useEffect(() => {
    box.current?.focus()
  }, [step])
  const reveal = () => {
    if (one?.kind === 'do') markDone(lesson, step)
    setShown(isShown ? -1 : step)
  }
  const keys: Readonly<Record<string, () => void>> = {
    PageDown: () => onStep(step + 1),
    ArrowRight: () => onStep(step + 1),
    PageUp: () => onStep(step - 1),
    ArrowLeft: () => onStep(step - 1),
    ' ': reveal,
    '.': () => setBlank(!isBlank),
    '2': () => setBoth(!isBoth),
    p: onClose,
    Escape: onClose,
  }
  if (!one) return null
  const said = (text: Said) => <Both said={text} isBoth={isBoth} />
  return createPortal(
    // The keys of a clicker arrive where the keyboard stands.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={box}
      className={styles.room}
      role="dialog"
      aria-modal="true"
      aria-label={w('presenter')}
      tabIndex={-1}
      data-presenter={isBlank ? 'blank' : one.kind}
      onKeyDown={(event) => {
        const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key]
        if (!act || (event.key === ' ' && event.target instanceof HTMLButtonElement)) return
        event.preventDefault()
        event.stopPropagation()
        act()
      }}
    >
      {!isBlank && (
        <>
          <p className={styles.top}>
            <span>{lesson.title[locale]}</span>
            <span>
              {step + 1} / {lesson.steps.length}
            </span>
          </p>
          <h2 className={one.kind === 'predict' || one.kind === 'insight' ? styles.question : styles.text}>
            {said(one.text)}
          </h2>
          <div className={styles.middle}>
            <div>
              {one.kind === 'predict' && <Options one={one} isShown={isShown} isBoth={isBoth} />}
              {isShown && one.kind === 'predict' && <p className={styles.why}>{said(one.why)}</p>}
              {isShown && one.kind === 'do' && <p className={styles.why}>{said(one.did)}</p>}
              {one.kind === 'see' && isShown && (
                <div className={styles.found}>
                  <StepBody lesson={lesson} step={step} isLaid={isLaid} />
                </div>
              )}
            </div>
            <div className={styles.code}>
              <Qr text={stepAddress(lesson, step, locale)} label={w('qr')} />
              <p>{w('thisStep')}</p>
            </div>
          </div>
          <p className={styles.foot}>
            {one.kind === 'read' || one.kind === 'insight' ? (
              <span />
            ) : (
              <button type="button" onClick={reveal}>
                {isShown ? w('shown') : w('hidden')}
              </button>
            )}
            <span>
              <kbd>Space</kbd> {w('keyShow')} <kbd>PgUp</kbd> <kbd>PgDn</kbd> {w('keyStep')} <kbd>.</kbd>{' '}
              {w('keyBlank')} <kbd>2</kbd> {w('keyBoth')} <kbd>p</kbd> {w('keyLeave')}
            </span>
          </p>
        </>
      )}
    </div>,
    document.body,
  )
}

/** As small as the room is still read from its last row. */
const SMALLEST = 0.6
const FINER = 0.04

/** Draws the step smaller where it would not fit, so that its foot stays in sight. */
function useFit(box: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const room = box.current
    if (!room) return undefined
    const fit = () => {
      let size = 1
      do room.style.setProperty('--fit', String(size))
      while (room.scrollHeight > room.clientHeight && (size -= FINER) >= SMALLEST)
    }
    // What is found arrives later; the size itself is an attribute, and is not observed.
    const observer = new MutationObserver(fit)
    observer.observe(room, { childList: true, subtree: true, characterData: true })
    addEventListener('resize', fit)
    fit()
    return () => {
      observer.disconnect()
      removeEventListener('resize', fit)
    }
  }, [box])
}

function Options({
  one,
  isShown,
  isBoth,
}: {
  readonly one: Extract<Step, { kind: 'predict' }>
  readonly isShown: boolean
  readonly isBoth: boolean
}) {
  const w = useWords(lessonWords)
  return (
    <ol className={styles.options} data-shown={isShown ? '' : undefined}>
      {one.options.map((option, index) => (
        <li key={index} data-right={isShown && option.isRight === true ? '' : undefined}>
          <b aria-hidden="true">{String.fromCharCode(65 + index)}</b>
          <span>
            <Both said={option.said} isBoth={isBoth} />
          </span>
          {isShown && option.isRight === true && <Outcome state="holds" word={w('thisOne')} />}
        </li>
      ))}
    </ol>
  )
}

/** A sentence in the room's language, and under it in the other where both are asked for. */
function Both({ said, isBoth }: { readonly said: Said; readonly isBoth: boolean }) {
  const locale = useLocale()
  const other: Locale = locale === 'en' ? 'zh' : 'en'
  return (
    <>
      <Template text={said[locale]} />
      {isBoth && (
        <small lang={htmlLang(other)}>
          <Template text={said[other]} />
        </small>
      )}
    </>
  )
}
