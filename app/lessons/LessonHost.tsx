import { useEffect, useRef, useState, type Dispatch } from 'react'
import type { Locale } from '../../src/core/saying.ts'
import { address, go, useAddress } from '../case/address.ts'
import { CaseRoom } from '../case/CaseRoom.tsx'
import type { CaseAction, Cases } from '../case/case.ts'
import { caseFile, type CaseFile } from '../case/files.ts'
import { takeOver } from '../case/use-edits.ts'
import { useWords } from '../text/speech.tsx'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import type { Engine } from '../worker/client.ts'
import { lay, toolsOf } from './lay.ts'
import type { Lesson } from './lesson.ts'
import styles from './lessons.module.css'
import {
  keepTable,
  leaveNote,
  noteLink,
  noteProgress,
  tableName,
  tableNumber,
  useLinkNote,
  useProgress,
  useProgressVersion,
} from './progress.ts'
import { Rail } from './Rail.tsx'
import { lessonNamed } from './registry.ts'
import { lessonWords } from './words.ts'

interface Props {
  readonly engine: Engine
  readonly cases: Cases
  readonly dispatch: Dispatch<CaseAction>
  readonly locale: Locale
  readonly onChoose: () => void
}

/** A lesson as the address names it: its rail, and beside it the case that it is about. */
export function LessonHost(props: Props) {
  const w = useWords(lessonWords)
  const named = useAddress('lesson')
  const asked = useAddress('step')
  const score = useAddress('rest').find(([name, value]) => name === 'score' && /^\d{1,2}$/.test(value))?.[1]
  const found = lessonNamed(named ?? '')
  const id = found?.lesson.id
  const last = found?.lesson.steps.length ?? 1
  const step = found?.isExact === true ? Math.min(asked ?? 1, last) : 1
  const note = useLinkNote(id, step)

  // What the address says and this page cannot do is put right there, and said.
  useEffect(() => {
    if (found === undefined) return
    const isForeign = address().sample !== null || address().rest.some(([name]) => name === 'link')
    const missed = !found.isExact
      ? 'nearest'
      : asked !== null && asked !== step
        ? 'nearestStep'
        : isForeign
          ? 'ownEvidence'
          : null
    if (missed !== null) noteLink({ note: missed, lesson: found.lesson.id, step })
    else leaveNote(found.lesson.id, step)
    const rest = address().rest.filter(([name]) => name !== 'link')
    if (named !== found.lesson.id || asked !== step || isForeign)
      go({ lesson: found.lesson.id, step, sample: null, page: null, rest }, 'replace')
  }, [found, named, asked, step])

  if (!found || id === undefined) return null
  return (
    <>
      {note !== null && (
        <Notice title={w(note)}>
          <Button look="quiet" onClick={() => noteLink(null)}>
            {w('dismiss')}
          </Button>
        </Notice>
      )}
      {score !== undefined && found.lesson.isScored === true && step === 1 && (
        <Notice title={w('theirScore', { found: score })} />
      )}
      <Table key={id} {...props} lesson={found.lesson} step={step - 1} />
    </>
  )
}

/** The case that a step is about: opened from the lesson's own evidence, with the deeds of earlier steps done to it. */
function Table({ engine, cases, dispatch, locale, onChoose, lesson, step }: Props & Shown) {
  const w = useWords(lessonWords)
  const { done } = useProgress(lesson.id)
  useProgressVersion()
  const isDone = done.includes(step)
  const name = tableName(lesson, step, isDone)
  const number = tableNumber(name)
  const one = cases.list.find((candidate) => candidate.number === number)
  const latest = useRef(cases)
  useEffect(() => {
    latest.current = cases
  })
  const [fault, setFault] = useState<unknown>(null)
  const isHere = one !== undefined

  useEffect(() => {
    noteProgress(lesson.id, { step })
  }, [lesson, step])

  useEffect(() => {
    if (isHere || fault !== null) return undefined
    let isCurrent = true
    const attempt = () => lay(lesson, step, isDone, toolsOf(engine))
    // A machine that was busy for a moment is asked once more before the reader is.
    void attempt()
      .catch(attempt)
      .then(
        async (scene) => {
          const originals = await Promise.all(scene.originals.map(caseFile))
          const files = await Promise.all(
            scene.files.map(async (file, index): Promise<CaseFile> => {
              const original = originals[index]
              return original && file === scene.originals[index] ? original : caseFile(file)
            }),
          )
          if (!isCurrent) return
          const fresh = latest.current.next
          takeOver(fresh, originals, files, scene.edits)
          dispatch({
            kind: 'open',
            number: fresh,
            files,
            sample: null,
            at: { kind: 'given', instant: scene.at, from: 'sample' },
            policy: scene.policy,
            lesson: name,
            isEdited: scene.edits.length > 0,
          })
          keepTable(name, fresh)
        },
        (thrown: unknown) => {
          if (isCurrent) setFault(thrown)
        },
      )
    return () => {
      isCurrent = false
    }
  }, [isHere, fault, lesson, step, isDone, engine, dispatch, name])

  // Dropped files join the table, and links of the page lead to it.
  useEffect(() => {
    if (number !== undefined && address().case !== number) go({ case: number }, 'replace')
  }, [number])

  if (fault !== null)
    return (
      <Notice title={w('lost')}>
        <Button onClick={() => setFault(null)}>{w('again')}</Button>
      </Notice>
    )
  const shown = one ?? cases.list.findLast((candidate) => candidate.lesson?.startsWith(`${lesson.id} `) === true)
  if (!shown) return <h1 className={styles.loading}>{w('loading')}</h1>
  return (
    <CaseRoom
      engine={engine}
      one={shown}
      dispatch={dispatch}
      locale={locale}
      onChoose={onChoose}
      rail={<Rail lesson={lesson} step={step} name={name} isLaid={one !== undefined} />}
    />
  )
}

interface Shown {
  readonly lesson: Lesson
  readonly step: number
}
