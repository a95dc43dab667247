import type { Saying } from '../core/saying.ts'
import { say, sayListed } from '../core/saying.ts'
import type { MessageKind } from '../core/scheme.ts'
import {
  QUESTIONS,
  type Answer,
  type CheckResult,
  type Headline,
  type Layer,
  type Question,
  type RootFinding,
  type RootStatus,
  type State,
  type Tier,
} from '../core/verdict.ts'
import { datesOnly } from './dated-sayings.ts'

/** From outcomes to words: the tables of the verdict design, and nothing else. Pure. */

/** The question that a layer answers when a check does not say otherwise. Layer 5 belongs to whoever uses the item. */
export function questionOf(layer: Layer): Question | null {
  switch (layer) {
    case 1:
    case 2:
    case 3:
    case 4:
      return 'genuine'
    case 5:
      return null
    case 6:
      return 'current'
    case 7:
      return 'configured'
    case 8:
      return 'software'
    case 9:
      return 'fresh'
  }
}

type Weighed = Pick<
  CheckResult,
  'id' | 'role' | 'layer' | 'outcome' | 'weight' | 'answer' | 'because' | 'code' | 'cites'
>

/** Rejected collateral is absent collateral: in layer 5 a failure leaves the answer open, it never accuses the evidence. */
function effective(check: Weighed): CheckResult['outcome'] {
  return check.layer === 5 && check.outcome === 'fail' ? 'not-checked' : check.outcome
}

const isOpen = (check: Weighed) => {
  const outcome = effective(check)
  return outcome === 'not-checked' || outcome === 'unsupported' || outcome === 'error'
}

/** Folds the deciding checks of one question. */
export function fold(question: Question, checks: readonly Weighed[]): Answer {
  const asked = checks.filter((check) => check.answer === question && check.weight === 'decides')
  const relevant = asked.filter((check) => check.outcome !== 'not-applicable')
  const failing = relevant.filter((check) => effective(check) === 'fail')
  const open = relevant.filter(isOpen)
  const warning = relevant.filter((check) => check.outcome === 'warn')
  const state: State =
    failing.length > 0
      ? 'fails'
      : open.length > 0
        ? 'not-checked'
        : warning.length > 0
          ? 'warns'
          : relevant.length > 0
            ? 'holds'
            : 'not-applicable'
  const deciding = (failing[0] ?? open[0] ?? warning[0])?.because
  // "Is debug on?" is what people come with; said only where a check showed that it is off.
  const isDebugOff =
    state === 'holds' && relevant.some(({ role, outcome }) => role === 'debug-mode' && outcome === 'pass')
  return {
    question,
    state,
    because:
      deciding ??
      say(`answer.${question}.${isDebugOff ? 'debug-off' : state}`, isDebugOff ? { count: relevant.length } : {}),
    ran: relevant.filter((check) => !isOpen(check)).length,
    of: relevant.length,
    checks: checks.filter((check) => check.answer === question).map((check) => check.id),
  }
}

/** Root statuses that put the appraisal under a root which the page itself does not vouch for. */
export function isForeignRoot(status: RootStatus): boolean {
  switch (status) {
    case 'pinned':
    case 'none':
      return false
    case 'unknown':
    case 'added':
    case 'demonstration':
    case 'development':
    case 'switched-off':
      return true
  }
}

/** What the root's status does to "Genuine?": an unknown root fails it, one that somebody brought leaves it open. */
export function withRoot(genuine: Answer, status: RootStatus): Answer {
  // What hangs on no root of its own holds through the evidence that vouches for its key.
  if (status === 'none' && genuine.state === 'holds') return { ...genuine, because: say('answer.genuine.bound') }
  if (genuine.state === 'fails' || !isForeignRoot(status)) return genuine
  return {
    ...genuine,
    state: status === 'unknown' ? 'fails' : 'not-checked',
    because: say(`root.${status}`, {}, status === 'added' ? 'root-added' : undefined),
  }
}

/**
 * In S1 nothing but "Genuine?" makes a statement: what the bytes say was signed by nobody as they stand.
 * A question that does not arise stays so.
 */
export function withoutStatement(answer: Answer, judged: Judged): Answer {
  const deciders = judged.checks.filter((check) => isFailing(check) && check.layer <= 3)
  if (deciders.length === 0 || answer.question === 'genuine' || answer.state === 'not-applicable') return answer
  const isUnsigned = deciders.some((check) => check.layer >= 2)
  return { ...answer, state: 'not-checked', because: say(isUnsigned ? 'answer.unsigned' : 'answer.malformed') }
}

/** A service's good word raises no answer: it is quoted. Its bad word, and what the reader's own values came to, stay as they are. */
export function asQuoted(answer: Answer, judged: Judged): Answer {
  const { message } = judged
  const isClaim = answer.question === 'current' || answer.question === 'configured'
  return message === 'attestation-result' && isClaim && answer.state === 'holds'
    ? {
        ...answer,
        state: 'not-checked',
        because: say(isItsWord(judged) ? 'answer.claimed' : 'answer.claimed-by-nobody'),
      }
    : answer
}

/** Whether somebody whom a root names signed these words. */
function isItsWord({ checks, root }: Judged): boolean {
  const isOpen = ({ layer, weight, outcome }: Weighed) =>
    layer === 2 && weight === 'decides' && outcome !== 'pass' && outcome !== 'not-applicable'
  return root !== 'none' && root !== 'unknown' && !checks.some(isOpen)
}

/** Everything the headline depends on. */
export interface Judged {
  readonly checks: readonly Weighed[]
  readonly root: RootStatus
  readonly message: MessageKind
}

const isFailing = (check: Weighed) => check.weight === 'decides' && effective(check) === 'fail'

/** The checks that decided a headline, worst first. */
export function decidedBy(headline: Headline, checks: readonly Weighed[]): string[] {
  const ids = (test: (check: Weighed) => boolean) =>
    checks.filter((check) => check.weight === 'decides' && test(check)).map((check) => check.id)
  switch (headline) {
    case 'S1':
      return ids((check) => isFailing(check) && check.layer <= 3)
    case 'S3':
      return ids((check) => isFailing(check) && check.layer > 3)
    case 'SE':
      return ids((check) => check.outcome === 'error')
    case 'S4':
      return ids((check) => isOpen(check) && CAPPING.includes(check.answer ?? ''))
    case 'S5w':
      return ids((check) => check.outcome === 'warn')
    case 'S0':
    case 'S2':
    case 'S5':
    case 'S6':
    case 'SN':
    case 'SR':
      return []
  }
}
const CAPPING: readonly string[] = ['genuine', 'current', 'configured']

/** The headline of one subject, by precedence S1 → S2 → S3 → SE → S4 → SR → S5w → S6 → S5. */
export function headlineOf(judged: Judged): Headline {
  const answers = Object.fromEntries(
    QUESTIONS.map((question) => [question, fold(question, judged.checks).state]),
  ) as Record<Question, State>
  if (judged.checks.some((check) => isFailing(check) && check.layer <= 3)) return 'S1'
  if (isForeignRoot(judged.root)) return 'S2'
  if (judged.checks.some(isFailing)) return 'S3'
  if (judged.checks.some((check) => check.weight === 'decides' && check.outcome === 'error')) return 'SE'
  if (
    answers.genuine === 'not-checked' ||
    answers.current === 'not-checked' ||
    answers.configured === 'not-checked' ||
    answers.genuine === 'not-applicable'
  )
    return 'S4'
  if (judged.message === 'attestation-result') return 'SR'
  if (QUESTIONS.some((question) => answers[question] === 'warns')) return 'S5w'
  const done = (state: State) => state === 'holds' || state === 'not-applicable'
  return answers.software === 'holds' && answers.fresh === 'holds' && done(answers.current) && done(answers.configured)
    ? 'S6'
    : 'S5'
}

/** The headline it would have under that root; null where the root is pinned or the format has none. */
export function ifRootTrusted(judged: Judged): Headline | null {
  return isForeignRoot(judged.root) ? headlineOf({ ...judged, root: 'pinned' }) : null
}

/** AR4SI tier of a headline. */
export function tierOf(headline: Headline, root: RootStatus): Tier {
  switch (headline) {
    case 'S5':
    case 'S6':
      return 'affirming'
    case 'S5w':
      return 'warning'
    case 'S1':
    case 'S3':
      return 'contraindicated'
    case 'S2':
      return root === 'unknown' ? 'contraindicated' : 'none'
    case 'S0':
    case 'S4':
    case 'SE':
    case 'SN':
    case 'SR':
      return 'none'
  }
}

/** Exit code of the command line for a headline. */
export function exitCode(headline: Headline): number {
  switch (headline) {
    case 'S5':
    case 'S6':
      return 0
    case 'S5w':
      return 5
    case 'S1':
    case 'S2':
    case 'S3':
      return 1
    case 'S4':
    case 'SR':
    case 'SN':
      return 2
    case 'S0':
      return 3
    case 'SE':
      return 4
  }
}

/** Worst first: the case is as good as its worst subject. */
const WORST: readonly Headline[] = ['S1', 'S2', 'S3', 'SE', 'S4', 'SR', 'S5w', 'S5', 'S6']

/** The worst headline of several subjects. */
export function worst(headlines: readonly Headline[]): Headline {
  return WORST.find((headline) => headlines.includes(headline)) ?? 'S0'
}

/** The worse of a headline and a cap. */
export function atBest(headline: Headline, cap: Headline): Headline {
  return worst([headline, cap])
}

/** What stands open, where it is nothing but dates and a signature was verified. */
function onlyDates({ checks, message, root }: Judged, holder: string): Saying | undefined {
  const isSigned = checks.some((check) => check.layer === 2 && check.weight === 'decides' && check.outcome === 'pass')
  const open = decidedBy('S4', checks).flatMap((id) => checks.find((check) => check.id === id) ?? [])
  return isSigned
    ? datesOnly(open, message === 'attestation-result' && root !== 'none' ? holder : undefined)
    : undefined
}

/** Everything up to the chain was looked at and passes, a signature or binding among it. */
function signatureHolds(checks: readonly Weighed[]): boolean {
  const early = checks.filter(
    (check) => check.weight === 'decides' && check.layer <= 3 && check.outcome !== 'not-applicable',
  )
  return early.some((check) => check.layer === 2) && early.every((check) => check.outcome === 'pass')
}

/** A key that is here made the signature, whatever stands behind that key. */
function isSignedByGivenKey(checks: readonly Weighed[]): boolean {
  return checks.some(
    (check) =>
      check.layer === 2 &&
      check.weight === 'decides' &&
      check.outcome === 'pass' &&
      check.role === 'signature-by-given-key',
  )
}

/** What the headline's sentence may name beside the checks. */
export interface Surroundings {
  /** The instant of the appraisal, `2026-08-28`. */
  readonly day: string
  /** Date of the vendor's newest level, where its levels are here. */
  readonly newestLevel: string | null
  /** What would let the open checks run, and is not here at all: words for each kind. */
  readonly missing: readonly Saying[]
  /** What is here, and was out of date at the instant. */
  readonly stale: readonly Saying[]
  /** What the reader gave and the evidence was shown to equal. */
  readonly equals: readonly Saying[]
  /** Who stated the registers that count, where not the reader alone did. */
  readonly statedBy: readonly string[]
  /** Whom a result's claims name as their author. */
  readonly speaker?: string
}
const NOTHING_AROUND: Surroundings = {
  day: '',
  newestLevel: null,
  missing: [],
  stale: [],
  equals: [],
  statedBy: [],
}

/** "Patched as far as": the date of a level says which advisories are covered; only the level above says since when it is behind. */
function levelSaying(
  holder: string,
  vendor: { tcbStatus: string | null; tcbDate: string | null; advisories: readonly string[] },
  newestLevel: string | null,
): Saying {
  const date = (vendor.tcbDate ?? '').slice(0, 10)
  const newest = (newestLevel ?? '').slice(0, 10)
  const form = date === '' ? 'undated' : newest > date ? 'behind' : 'dated'
  const count = vendor.advisories.length
  const ending = count === 0 ? '' : count === 1 ? '.one' : '.some'
  return say(`headline.S5w.tcb.${form}${ending}`, { holder, status: vendor.tcbStatus ?? '', date, newest, count })
}

/** The sentence under the headline; specific where the reason has its own wording. */
export function headlineSaying(
  headline: Headline,
  judged: Judged,
  root: RootFinding,
  vendor: {
    tcbStatus: string | null
    error?: string | null
    tcbDate: string | null
    advisories: readonly string[]
  } | null,
  more: Surroundings = NOTHING_AROUND,
): Saying {
  const holder = root.holder
  // "Hardware" is said where the vendor states levels of hardware: a hypervisor's or a service's signature is evidence of these.
  const made = fold('current', judged.checks).state === 'not-applicable' ? '.no-level' : ''
  const first = (ids: readonly string[]) => judged.checks.find((check) => check.id === ids[0])
  const decider = first(decidedBy(headline, judged.checks))
  switch (headline) {
    case 'S1': {
      const range = decider?.cites[0]?.ranges[0]
      // What is missing was not altered.
      if (decider?.because.code === 'cut-off') return say('headline.S1.cut')
      // Offsets of what was opened inside the file would be read as offsets of the file.
      // And an empty range is no bytes at all: what is missing is not "over bytes 0x3–0x3".
      if (range && (range.space !== '' || range.end <= range.start))
        return say(decider?.layer === 1 ? 'headline.S1.form' : 'headline.S1')
      return range
        ? say(decider?.layer === 1 ? 'headline.S1.form-bytes' : 'headline.S1.bytes', {
            from: `0x${range.start.toString(16)}`,
            to: `0x${Math.max(range.start, range.end - 1).toString(16)}`,
          })
        : say('headline.S1')
    }
    case 'S2':
      return say(`headline.S2.${root.status}`, { holder })
    case 'S3': {
      // "Genuine" is said only where it was shown.
      const isGenuine = fold('genuine', judged.checks).state === 'holds' && judged.root !== 'none'
      if (decider?.code === 'debug')
        return isGenuine ? say(`headline.S3.debug${made}`, { holder }) : say('headline.S3.debug-open')
      if (decider?.layer === 4) return say('headline.S3.revoked', { holder })
      const status = vendor?.tcbStatus ?? vendor?.error ?? ''
      if (decider?.layer === 6 && decider.answer === 'current')
        return isGenuine
          ? say(status === '' ? 'headline.S3.reference' : 'headline.S3.tcb', { holder, status })
          : say(status === '' ? 'headline.S3.reference-open' : 'headline.S3.tcb-open', { status })
      // Nor is it said that the signature holds where none was verified, or that somebody expected something who gave nothing.
      const ending = signatureHolds(judged.checks) ? '' : '-open'
      return say(decider?.role === 'expectation' ? `headline.S3.expectation${ending}` : `headline.S3${ending}`, {
        holder,
      })
    }
    case 'S4': {
      if (decider?.code === 'not-anchored') return say('headline.S4.not-anchored')
      // EPID, reports for the same machine, algorithms that are not here: no key and no collateral would help.
      if (
        judged.checks.some((check) => check.weight === 'decides' && check.layer <= 3 && check.outcome === 'unsupported')
      )
        return say('headline.S4.unsupported')
      if (judged.root === 'none' && fold('genuine', judged.checks).state !== 'holds')
        return isSignedByGivenKey(judged.checks)
          ? say('headline.S4.unproven-key')
          : judged.message === 'attestation-result'
            ? // Whose word it would be is said first: a service's claims are read before its signature is asked for.
              more.speaker === undefined
              ? say('headline.S4.no-key.result')
              : say('headline.S4.no-key.result-of', { holder: more.speaker })
            : say('headline.S4.no-key')
      const open = decidedBy('S4', judged.checks).length
      const dated = onlyDates(judged, holder)
      if (dated) return dated
      const isGenuine = fold('genuine', judged.checks).state === 'holds'
      const lead = isGenuine ? '.genuine' : signatureHolds(judged.checks) ? '.signature-holds' : ''
      const { missing, stale, day } = more
      const lack = stale.length > 0 ? (missing.length > 0 ? '.stale-and-missing' : '.stale') : '.missing'
      // What is missing hides no weakness that is known.
      const weak = lead !== '' && fold('current', judged.checks).state === 'warns' ? '.behind' : ''
      if (missing.length + stale.length === 0) return say(`headline.S4${lead}`, { holder, open })
      return sayListed(`headline.S4${lead}${lack}${weak}`, { holder, day }, { missing, stale })
    }
    case 'S5w':
      return judged.root === 'none'
        ? say('headline.S5w.bound')
        : vendor?.tcbStatus && vendor.tcbStatus !== 'UpToDate'
          ? levelSaying(holder, vendor, more.newestLevel)
          : say(`headline.S5w${made}`, { holder })
    case 'SR':
      return say('headline.SR', { holder })
    case 'S5': {
      if (judged.root === 'none') return say('headline.S5.bound')
      const current = fold('current', judged.checks).state
      if (current === 'not-applicable') return say('headline.S5.no-level', { holder, day: more.day })
      // Where the vendor states no level, the reader's own floor is what holds; that is not "up to date".
      return say(vendor !== null && vendor.tcbStatus === null ? 'headline.S5.own-floor' : 'headline.S5', {
        holder,
        day: more.day,
      })
    }
    case 'S6': {
      const stated = more.statedBy.length > 0 ? '.stated' : ''
      return sayListed(
        `${judged.root === 'none' ? 'headline.S6.bound' : `headline.S6${made}`}${stated}`,
        { holder, day: more.day, issuer: more.statedBy.join(', ') },
        { equals: more.equals },
      )
    }
    case 'S0':
    case 'SE':
    case 'SN':
      return say(`headline.${headline}`)
  }
}
