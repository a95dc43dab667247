import { say, type Saying } from '../../../core/saying.ts'
import type { Authenticated, Signed } from './authenticate.ts'

/** What was chosen of one kind, and what became of the rest. */
export interface Selected<T extends Signed> {
  /** In date if any is, of the highest evaluation number, issued last. */
  readonly chosen: Authenticated<T> | undefined
  /** A later one that says something worse: it decides, though its dates do not count. */
  readonly harsher: Authenticated<T> | undefined
  /** A later one, signed as it should be, that cannot be read: an unknown word, another version. Unless something worse is proved, nothing decides then. */
  readonly unreadable: Authenticated<T> | undefined
  /** The one that decides: `harsher` before `chosen`, none when `unreadable` stands in the way. */
  readonly deciding: Authenticated<T> | undefined
  /** Authentic, but about another platform or enclave, with the reason. */
  readonly forOthers: readonly { readonly item: Authenticated<T>; readonly because: Saying }[]
  readonly rejected: readonly Authenticated<T>[]
  readonly superseded: readonly Authenticated<T>[]
}

/** What a kind of item needs for its selection. */
export interface Rules<T extends Signed> {
  /** Why the item is not for this evidence; undefined when it is. */
  readonly foreign: (value: T) => Saying | undefined
  /** Whether an item that cannot be read whole may be for this evidence: what it does say does not speak against it. */
  readonly mayBeFor: (value: T) => boolean
  readonly evaluationNumber: (value: T) => number | undefined
  /** How bad it is for this evidence to be judged by this item: higher is worse. */
  readonly harm: (value: T) => number
}

/** Harm of what is signed and cannot be read: worse than every known issue, not as bad as what is proved. In the scale of `severity`. */
const UNREADABLE_HARM = 7.5

/** Selects among items of one kind. Rejected ones are as good as absent. */
export function select<T extends Signed>(items: readonly Authenticated<T>[], rules: Rules<T>): Selected<T> {
  const rejected = items.filter((item) => item.state !== 'authentic')
  const authentic = items.filter((item) => item.state === 'authentic')
  const forOthers = authentic.flatMap((item) => {
    const because = rules.foreign(item.source.value)
    return because ? [{ item, because }] : []
  })
  const fitting = authentic.filter((item) => !forOthers.some((other) => other.item === item))
  const issued = (item: Authenticated<T>) => item.source.value.issueDateMs ?? Number.NEGATIVE_INFINITY
  const number = (item: Authenticated<T>) => rules.evaluationNumber(item.source.value) ?? -1
  const harmOf = (item: Authenticated<T>) => rules.harm(item.source.value)
  // Of two that are equal in everything else the worse one counts, so that the order of the files means nothing.
  const ordered = fitting.toSorted(
    (a, b) =>
      Number(b.standing === 'current') - Number(a.standing === 'current') ||
      number(b) - number(a) ||
      issued(b) - issued(a) ||
      harmOf(b) - harmOf(a),
  )
  const chosen = ordered[0]
  const harsher =
    chosen &&
    ordered
      .filter((item) => issued(item) > issued(chosen) && harmOf(item) > harmOf(chosen))
      .toSorted((a, b) => harmOf(b) - harmOf(a))[0]
  const deciding = harsher ?? chosen
  const isLater = (item: Authenticated<T>) =>
    deciding !== undefined &&
    (item.source.value.issueDateMs === undefined || issued(item) > issued(deciding) || number(item) > number(deciding))
  const unreadable =
    deciding && harmOf(deciding) < UNREADABLE_HARM
      ? rejected.find((item) => item.isSigned && rules.mayBeFor(item.source.value) && isLater(item))
      : undefined
  return {
    chosen,
    harsher,
    unreadable,
    deciding: unreadable ? undefined : deciding,
    forOthers,
    rejected,
    superseded: ordered.filter((item) => item !== chosen && item !== harsher),
  }
}

/** Nothing of a kind. */
export function nothing<T extends Signed>(): Selected<T> {
  return {
    chosen: undefined,
    harsher: undefined,
    unreadable: undefined,
    deciding: undefined,
    forOthers: [],
    rejected: [],
    superseded: [],
  }
}

/** Reason for which an item that fits was not taken. */
export const SUPERSEDED: Saying = say('collateral.superseded')
