import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { createContext, useContext, useMemo, useState, type Dispatch, type ReactNode } from 'react'
import type { AppraisalView, Inspection } from '../../src/engine/api.ts'
import type { Subject } from '../../src/core/verdict.ts'
import type { Engine } from '../worker/client.ts'
import { caseKey, effectiveAt, sourceOf, type Case, type CaseAction } from './case.ts'
import { asSpoken } from './spoken.ts'

/** What every panel sees of the case: the same data, one selection (in the address), one way to change it. */
export interface CaseView {
  readonly case: Case
  /** Names the content of the files. */
  readonly key: string
  readonly engine: Engine
  readonly inspection: Inspection
  /** As the page says it. Undefined until the first appraisal is there; the previous one stays while another is being made. */
  readonly appraisal: AppraisalView | undefined
  /** The appraisal as recorded: what exports and links carry. */
  readonly record: AppraisalView | undefined
  readonly isAppraising: boolean
  /** The instant asked for, milliseconds since 1970. */
  readonly at: number
  /** The subject that the reader looks at (several when CPU and GPU came together). */
  readonly subject: Subject | undefined
  readonly showSubject: (index: number) => void
  readonly dispatch: Dispatch<CaseAction>
}

const CaseContext = createContext<CaseView | null>(null)

/** The case around this panel. */
export function useCase(): CaseView {
  const view = useContext(CaseContext)
  if (!view) throw new Error('a panel outside a case')
  return view
}

/** The instant at which a case is to be appraised. */
export function instantOfCase(one: Case, evidenceTime: number | null): number {
  switch (one.at.kind) {
    case 'now':
    case 'given':
      return one.at.instant
    case 'evidence':
      return evidenceTime ?? Math.floor(Date.now() / 1000) * 1000
  }
}

/** Decoded files of a case; asked once per content. */
export function useInspection(engine: Engine, one: Case) {
  const key = caseKey(one.files)
  return useQuery({
    queryKey: ['inspection', key],
    queryFn: () => engine.inspect(key, one.files),
    placeholderData: keepPreviousData,
    enabled: one.files.length > 0,
  })
}

/** Gives panels the case: decoded at once, appraised as of the chosen instant. */
export function CaseProvider({
  engine,
  one: opened,
  inspection,
  dispatch,
  children,
}: {
  readonly engine: Engine
  readonly one: Case
  readonly inspection: Inspection
  readonly dispatch: Dispatch<CaseAction>
  readonly children: ReactNode
}) {
  const key = caseKey(opened.files)
  const choice = effectiveAt(opened, inspection.artifacts, inspection.evidenceTime)
  const one = useMemo((): Case => ({ ...opened, at: choice }), [opened, choice])
  const at = instantOfCase(one, inspection.evidenceTime)
  const atSource = sourceOf(one.at)
  const [shown, showSubject] = useState<number | null>(null)
  const appraisal = useQuery({
    queryKey: ['appraisal', key, at, atSource, one.policy],
    queryFn: () => engine.appraise(key, one.files, { at, atSource, policy: one.policy }),
    placeholderData: keepPreviousData,
    enabled: one.files.length > 0,
  })
  const record = appraisal.data
  const data = useMemo(() => record && asSpoken(record), [record])
  const isAppraising = appraisal.isFetching
  const error = appraisal.error
  const view = useMemo((): CaseView => {
    const subject =
      data?.subjects.find((candidate) => candidate.index === shown) ??
      data?.subjects.find((candidate) => candidate.headline === data.headline) ??
      data?.subjects[0]
    const rest = { isAppraising, at, subject, showSubject, dispatch }
    return { case: one, key, engine, inspection, appraisal: data, record, ...rest }
  }, [one, key, engine, inspection, data, record, isAppraising, at, shown, dispatch])
  // Thrown to the boundary around the case: it says what stopped and offers to try again.
  if (error && !data) throw error
  return <CaseContext value={view}>{children}</CaseContext>
}
