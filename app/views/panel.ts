import type { ComponentType } from 'react'
import type { CaseView } from '../case/context.tsx'
import type { Bilingual } from '../text/say.ts'
import type { MarkState } from '../ui/Mark.tsx'

/** One panel of a case. Its folder in `views/` has an `index.ts` that exports one as `panel`; nothing else needs to know it. */
export interface Panel {
  /** As it stands in the address. */
  readonly id: string
  /** Place in the list, smallest first. */
  readonly order: number
  readonly title: Bilingual<'title'>
  /** Its title in the bar of panels, where the whole is too long. */
  readonly short?: Bilingual<'title'>
  /** The key that opens it, where it is not a digit. */
  readonly letter?: string
  /** Its code, loaded when it is first opened. It reads the case with `useCase()`. */
  load(): Promise<ComponentType>
  /** Shown beside its title: a count, or the mark of a state. */
  badge?(
    view: CaseView,
  ):
    | { readonly text: string; /** What the text counts. */ readonly title?: Bilingual<'title'> }
    | { readonly mark: MarkState }
    | undefined
  /** Left out of the list where it has nothing to show. */
  isOffered?(view: CaseView): boolean
  /** Also printed when another panel is on the screen. */
  readonly isPrinted?: boolean
  /** A control for the row under the headline (share, export …), loaded with the case. It too reads the case with `useCase()`. */
  readonly loadAction?: () => Promise<ComponentType>
}
