import type { ComponentProps } from 'react'
import { loadFirst } from '../views/registry.ts'
import { CaseScreen } from './CaseScreen.tsx'
import { Queries } from './Queries.tsx'

loadFirst().catch(() => undefined)

/** A case with what only cases need; the front door does without. */
export function CaseRoom(props: ComponentProps<typeof CaseScreen>) {
  return (
    <Queries>
      <CaseScreen {...props} />
    </Queries>
  )
}
