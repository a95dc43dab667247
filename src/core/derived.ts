import type { ByteRange } from './place.ts'
import type { Saying } from './saying.ts'

/** Hash algorithms by the names that logs, PCR banks and policies print. */
export type HashLabel = 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'sm3'

/** A final value of a register: what a log or a calculator comes to. */
export interface DerivedRegister {
  /** Without its bank: `PCR7`, `RTMR3`. */
  readonly name: string
  readonly hash: HashLabel
  readonly value: Uint8Array
  /** Of several results for one register: under which way of starting this one is right. */
  readonly how?: string
  /** False for a number that looks like a PCR and is no TPM’s: it has one hash only. */
  readonly hasBanks?: boolean
}

/** How much of an event's words its digest covers. `none`: a digest of bytes that are not in the log. `not-extended`: it goes into no register. */
export type WordsCovered = 'whole' | 'part' | 'none' | 'not-extended'

/** An event as a reader follows it. */
export interface DerivedEvent {
  /** Path of its node in the tree. */
  readonly path: string
  readonly ranges: readonly ByteRange[]
  /** Register that it goes into, without the bank; '' for none. */
  readonly register: string
  /** Its type as the specification spells it. Covered by nothing. */
  readonly type: string
  /** What it says, shortened; covered only as far as `covered` says. */
  readonly words: string
  readonly covered: WordsCovered
  /** The bytes that its digest covers. */
  readonly coveredRanges: readonly ByteRange[]
  /** What a reader should know about it: a digest that its words do not hash to, a type that hides what it was. */
  readonly isOdd?: Saying | undefined
}

/** Texts one behind another, as UTF-8. */
export interface Texts {
  readonly bytes: Uint8Array
  /** Where each of them ends. */
  readonly ends: Uint32Array
}

/** For each one of a few names. */
export interface Names {
  readonly names: readonly string[]
  readonly which: Uint32Array
}

/** For each a list of ranges, one list behind another. */
export interface RangeLists {
  readonly spaces: readonly string[]
  /** Of each range its space, start and end. */
  readonly numbers: Uint32Array
  /** Where the list of each ends among the numbers. */
  readonly ends: Uint32Array
}

/** The events of a log, a column for each member of `DerivedEvent`: handing a hundred thousand objects from the worker to the page took longer than reading them. `core/events.ts` makes rows. */
export interface Events {
  readonly count: number
  readonly paths: Texts
  readonly ranges: RangeLists
  readonly registers: Names
  readonly types: Names
  readonly words: Texts
  /** A number for each of `WordsCovered`. */
  readonly covered: Uint8Array
  readonly coveredRanges: RangeLists
  readonly odd: ReadonlyMap<number, Saying>
}

/** Values one behind another in one piece: a hundred thousand arrays cost more to hold and to hand on than the replay that makes them. */
export interface Steps {
  readonly bytes: Uint8Array
  /** Where each of them ends. */
  readonly ends: Uint32Array
}

/** The values that one register runs through. */
export interface Chain {
  readonly register: string
  readonly hash: HashLabel
  readonly initial: Uint8Array
  /** Indices into `events`, in the order of extending. */
  readonly events: readonly number[]
  readonly digests: Steps
  /** The register after each of them. */
  readonly values: Steps
  /** True where an event lacks this bank's digest: the chain breaks off there, and its last value says nothing. */
  readonly isIncomplete: boolean
}

/** A value by name, only from events whose words their digest covers and which stand where such an event may stand. */
export interface NamedValue {
  readonly name: string
  /** As the log says it: text, or hex for bytes. */
  readonly value: string
  /** Register through which it counts, without the bank. */
  readonly register: string
  readonly event: number
  readonly ranges: readonly ByteRange[]
}

/** What may be concluded from a log, or why not. */
export interface Conclusion {
  readonly name: string
  readonly because: Saying
  /** Undefined: undetermined. */
  readonly value?: string
  readonly register: string
  /** Indices of the events that say it. */
  readonly events: readonly number[]
}

/** How events of one register and those of another log of the case fit together. */
export type LogKind = 'firmware' | 'runtime' | 'ima' | 'selection'

/** Where a log ends, and how much of it is covered. */
export interface LogSummary {
  /** Offset within the log just behind its last whole event. */
  readonly end: number
  /** Bytes behind it that are all 00 or all ff. */
  readonly padding: number
  /** True where there is more of the log behind that, which was not read: a limit, or a text that breaks off. */
  readonly isPart?: boolean
  /** True where reading broke off inside an event, or at something that is none: a register that the events before it lead to is reached all the same, and of any other the cause may lie behind. */
  readonly breaksOff?: boolean
  readonly algorithms: readonly HashLabel[]
  readonly coverage: { readonly whole: number; readonly part: number; readonly none: number }
  /** How many values by name were left out, where there are more than are kept. */
  readonly valuesLeftOut?: number
}

/** What follows from a log or from files by hashing: no signature covers it until registers of signed evidence equal it. */
export interface Derived {
  readonly registers: readonly DerivedRegister[]
  readonly chains: readonly Chain[]
  readonly events: Events
  readonly values: readonly NamedValue[]
  readonly conclusions: readonly Conclusion[]
  /** Undefined for what is no log. */
  readonly log?: LogKind
  readonly summary?: LogSummary
}
