import { namesOf, say, type Saying } from '../core/saying.ts'
import type { CollateralUse, Headline } from '../core/verdict.ts'
import type { AppraisalView, AppraiseOptions, InputFile } from './api.ts'
import { appraise } from './appraise.ts'
import { caseOf } from './inspect.ts'

/** When a verdict alters by itself: the same case judged at other instants. Asked for where it is shown; a verdict alone does not wait for it. */

export interface Outlook {
  /** The next instant at which headline (or what it would be under a root that was relied on) alters; null while nothing that is dated changes it. */
  readonly changesAt: {
    /** Milliseconds since 1970: the first second of the other verdict. */
    readonly at: number
    readonly headline: Headline
    readonly ifRootTrusted: Headline | null
    /** What ends or begins then. */
    readonly because: Saying
    /** Names of what ends or begins then, as the timeline and the collateral list print them. */
    readonly items: readonly string[]
  } | null
  /** The last instant at which everything dated that the verdict rests on was in date together, milliseconds since 1970; null where nothing has an end, or there was none. */
  readonly inDateAt: number | null
  /** What was said as of `inDateAt`, where that lies before the instant asked for: what is known, though not as of then. */
  readonly known: Pick<
    AppraisalView,
    'at' | 'headline' | 'ifRootTrusted' | 'sentence' | 'answers' | 'demonstration'
  > | null
}

/** What the contract says of it. */
export type Ahead = Omit<Outlook, 'known'>

interface Dated {
  readonly name: string
  readonly title: Saying | null
  readonly from: number
  readonly to: number
}

/** Most instants that are tried: a case with more dated parts has its nearest dates tried. */
const MOST_INSTANTS = 48

const instant = (iso: string | null, otherwise: number): number => {
  const parsed = iso === null ? Number.NaN : Date.parse(iso)
  return Number.isNaN(parsed) ? otherwise : parsed
}

/** Everything with a first or last day that the verdict looked at. What was rejected or is for something else does not count. */
function datedOf(view: AppraisalView): Dated[] {
  return [
    ...view.collateral
      .filter((use) => use.use === 'used')
      .map((use) => ({ name: `${use.kind} ${use.key}`.trim(), title: null, from: use.from, to: use.to })),
    ...view.subjects
      .flatMap((subject) => subject.timeline)
      .filter((entry) => entry.kind === 'certificate' || entry.kind === 'crl' || entry.kind === 'collateral')
      .map((entry) => ({ name: entry.id, title: entry.title, from: entry.from, to: entry.to })),
  ].map((one) => ({ ...one, from: instant(one.from, -Infinity), to: instant(one.to, Infinity) }))
}

/** Last instant at which all of `dated` is in date; null where there is none, or nothing ends. */
function lastInDate(dated: readonly Dated[]): number | null {
  const to = Math.min(...dated.map((one) => one.to))
  const from = Math.max(...dated.map((one) => one.from))
  return Number.isFinite(to) && from <= to ? to : null
}

/** Looks ahead, and back: one appraisal more, of what was known last. */
export async function outlook(
  files: readonly InputFile[],
  options: AppraiseOptions,
  view: AppraisalView,
): Promise<Outlook> {
  const ahead = await lookAhead(files, options, view)
  const { inDateAt } = ahead
  if (inDateAt === null || inDateAt >= options.at) return { ...ahead, known: null }
  const { at, headline, ifRootTrusted, sentence, answers, demonstration } = await appraise(files, {
    ...options,
    at: inDateAt,
  })
  return {
    ...ahead,
    known: { at, headline, ifRootTrusted, sentence, answers, ...(demonstration ? { demonstration } : {}) },
  }
}

/**
 * When it alters, and when all was in date. Costs one appraisal for each date that is tried, nearest first, until the verdict alters: of the case as it is open,
 * with every good signature remembered, and without what only panels show.
 */
export async function lookAhead(
  files: readonly InputFile[],
  options: AppraiseOptions,
  view: AppraisalView,
): Promise<Ahead> {
  const dated = datedOf(view)
  // Superseded and later items begin to count at dates of their own.
  const { artifacts } = await caseOf(files)
  const kindOf = ({ artifact, key }: CollateralUse): Saying | null => {
    const title = artifacts[artifact]?.definition?.title
    if (title === undefined) return null
    return key === '' ? say(title) : { text: 'outlook.item', params: { key }, lists: { kind: [say(title)] } }
  }
  const others = view.collateral.flatMap((use) => {
    const item = { name: `${use.kind} ${use.key}`.trim(), title: null, kind: kindOf(use) }
    return [
      { ...item, at: instant(use.from, Infinity), begins: true },
      { ...item, at: instant(use.to, Infinity) + 1000, begins: false },
    ]
  })
  const own = dated.flatMap((one) => [
    { at: one.from, name: one.name, title: one.title, kind: null, begins: true },
    { at: one.to + 1000, name: one.name, title: one.title, kind: null, begins: false },
  ])
  const age =
    options.policy.maxAgeSeconds !== undefined && view.evidenceTime !== null
      ? [
          {
            at: view.evidenceTime + (options.policy.maxAgeSeconds + 1) * 1000,
            name: 'maxAgeSeconds',
            title: null,
            kind: say('outlook.age'),
            begins: false,
          },
        ]
      : []
  const turns = [...own, ...others, ...age].filter((one) => Number.isFinite(one.at) && one.at > options.at)
  const instants = [...new Set(turns.map((one) => one.at))].sort((a, b) => a - b).slice(0, MOST_INSTANTS)
  const inDateAt = lastInDate(dated)
  // Without evidence or a statement the headline says what the files are, on any day.
  const isDated = view.subjects.length > 0 || view.statements.length > 0
  return { changesAt: isDated ? await nextChange(files, options, view, instants, turns) : null, inDateAt }
}

async function nextChange(
  files: readonly InputFile[],
  options: AppraiseOptions,
  view: AppraisalView,
  instants: readonly number[],
  turns: readonly {
    readonly at: number
    readonly name: string
    readonly title: Saying | null
    /** What kind of thing it is, with its name: said where nothing has a title. */
    readonly kind: Saying | null
    readonly begins: boolean
  }[],
): Promise<Outlook['changesAt']> {
  for (const at of instants) {
    const then = await appraise(files, { ...options, at })
    if (then.headline === view.headline && then.ifRootTrusted === view.ifRootTrusted) continue
    const here = turns.filter((turn) => turn.at === at)
    const titled = here.find((turn) => turn.title !== null) ?? here.find((turn) => turn.kind !== null) ?? here[0]
    const called = titled?.title ?? titled?.kind
    const text = titled?.begins === true ? 'outlook.begins' : 'outlook.ends'
    return {
      at,
      headline: then.headline,
      ifRootTrusted: then.ifRootTrusted,
      because: { text, params: {}, lists: { item: called ? [called] : namesOf([titled?.name ?? '']) } },
      items: [...new Set(here.map((turn) => turn.name))],
    }
  }
  return null
}
