import { AskPage } from '../ask/AskPage.tsx'
import { Queries } from '../case/Queries.tsx'
import type { CaseFile } from '../case/files.ts'
import { Glossary } from '../glossary/Glossary.tsx'
import { Limits } from '../limits/Limits.tsx'
import { Maker } from '../maker/Maker.tsx'
import type { Engine } from '../worker/client.ts'
import { Handout } from './Handout.tsx'
import { LessonList } from './LessonList.tsx'
import { Prologue } from './Prologue.tsx'
import { lessons } from './registry.ts'

/** `handout/<lesson>` */
const HANDOUT = 'handout/'

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
  const handedOut = lessons.find((lesson) => name === HANDOUT + lesson.id)
  switch (name) {
    case 'maker':
      return <Maker engine={engine} onMade={onMade} />
    case 'ask':
      return <AskPage onChoose={onChoose} />
    case 'glossary':
      return <Glossary />
    case 'limits':
      return <Limits />
    case 'prologue':
      return <Prologue />
    default:
      return handedOut ? (
        <Queries>
          <Handout engine={engine} lesson={handedOut} />
        </Queries>
      ) : (
        <LessonList />
      )
  }
}
