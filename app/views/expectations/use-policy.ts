import type { ArtifactIndex } from '../../../src/core/place.ts'
import { useCallback, useState, type ChangeEvent, type KeyboardEvent } from 'react'
import type { Policy } from '../../../src/core/policy.ts'
import type { Facts } from '../../../src/core/scheme.ts'
import type { CheckResult } from '../../../src/core/verdict.ts'
import { useCase } from '../../case/context.tsx'
import type { CaseFile } from '../../case/files.ts'

/** The reader's policy for this case and what the evidence says about itself. */
export interface PolicyView {
  readonly policy: Policy
  readonly set: (policy: Policy) => void
  /** Index and facts of the artifact that is compared. */
  readonly artifact: ArtifactIndex | undefined
  readonly facts: Facts | undefined
  /** Files besides the one that holds the evidence: what may have been bound. */
  readonly others: readonly CaseFile[]
  /** The check of the shown subject with this id, or whose id ends so. */
  readonly check: (id: string) => CheckResult | undefined
}

/** Reads and changes the policy of the case around this panel. */
export function usePolicy(): PolicyView {
  const { case: one, appraisal, inspection, subject, dispatch } = useCase()
  const artifact = inspection.artifacts.find((candidate) => candidate.index === subject?.artifact)
  const set = useCallback(
    (policy: Policy) => dispatch({ kind: 'policy', number: one.number, policy }),
    [dispatch, one.number],
  )
  return {
    policy: one.policy,
    set,
    artifact: artifact?.index,
    facts: artifact?.facts,
    others: one.files.filter((_, index) => index !== artifact?.file),
    check: (id) =>
      appraisal?.checks.find((candidate) => candidate.subject === (subject?.index ?? 0) && candidate.id.endsWith(id)),
  }
}

/** What a text field that is read when it is left (or by Enter) needs. What cannot be read stays as typed and is said to be wrong. */
export interface Draft {
  readonly value: string
  readonly onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => void
  readonly onBlur: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly 'aria-invalid': boolean
}

/** A field over a value that is kept elsewhere. `keep` gets the text and says whether it could be read. */
export function useDraft(kept: string, keep: (text: string) => boolean): Draft {
  const [draft, setDraft] = useState<string | null>(null)
  const [isWrong, setWrong] = useState(false)
  const read = () => {
    if (draft === null) return
    const isRead = draft === kept || keep(draft)
    setWrong(!isRead)
    if (isRead) setDraft(null)
  }
  return {
    value: draft ?? kept,
    'aria-invalid': isWrong,
    onBlur: read,
    onChange: (event) => {
      setDraft(event.target.value)
      setWrong(false)
    },
    onKeyDown: (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
      event.preventDefault()
      read()
    },
  }
}
