import { AskPage } from '../ask/AskPage.tsx'
import type { CaseFile } from '../case/files.ts'
import { Maker } from '../maker/Maker.tsx'
import type { Engine } from '../worker/client.ts'
import { LessonList } from './LessonList.tsx'
import { Prologue } from './Prologue.tsx'

/** A page of the workshop by its name in the address. An unknown one is the list of lessons. */
export function WorkshopPage({
  name,
  engine,
  onMade,
  onChoose,
}: {
  readonly name: string
  readonly engine: Engine
  readonly onMade: (files: readonly CaseFile[], at: string) => void
  readonly onChoose: () => void
}) {
  switch (name) {
    case 'maker':
      return <Maker engine={engine} onMade={onMade} />
    case 'ask':
      return <AskPage onChoose={onChoose} />
    case 'prologue':
      return <Prologue />
    default:
      return <LessonList />
  }
}
