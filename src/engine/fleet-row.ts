import type { Headline, RootStatus, Tier } from '../core/verdict.ts'
import type { AppraisalView, AppraiseOptions, InputFile } from './api.ts'
import { appraiseCase } from './appraise.ts'
import { openCase } from './case.ts'

/** What a list says of one case among thousands: small enough to keep all of them. Whoever wants more appraises the case again. */
export interface FleetRow {
  readonly headline: Headline
  readonly ifRootTrusted: Headline | null
  readonly tier: Tier
  readonly root: RootStatus
  /** The vendor's own word for the level, of the first subject that has one. */
  readonly tcbStatus: string | null
  readonly scheme: string | null
  readonly subjects: number
  readonly decidedBy: readonly string[]
}

/** Appraises one of many. The case is read, judged and forgotten. */
export async function fleetRow(files: readonly InputFile[], options: AppraiseOptions): Promise<FleetRow> {
  return rowOf(await appraiseCase(await openCase(files), options))
}

function rowOf({ headline, ifRootTrusted, tier, root, subjects, decidedBy }: AppraisalView): FleetRow {
  return {
    headline,
    ifRootTrusted,
    tier,
    root: root.status,
    tcbStatus: subjects.find((subject) => subject.vendor?.tcbStatus != null)?.vendor?.tcbStatus ?? null,
    scheme: subjects[0]?.scheme ?? null,
    subjects: subjects.length,
    decidedBy,
  }
}
