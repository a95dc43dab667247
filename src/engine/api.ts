import type { Examined } from './examine.ts'
import type { Derived, HashLabel } from '../core/derived.ts'
import type { FieldNode, Problem } from '../core/field.ts'
import type { ArtifactIndex, ByteRange, Space } from '../core/place.ts'
import type { Policy } from '../core/policy.ts'
import type { Locale, Saying, TextId, TextTable } from '../core/saying.ts'
import type { Detection, Facts, MessageKind } from '../core/scheme.ts'
import type {
  Answer,
  CheckId,
  CheckResult,
  Cite,
  CollateralOrigin,
  CollateralUse,
  CollateralWish,
  Headline,
  Question,
  RootFinding,
  RootStatus,
  Spoken,
  Subject,
  Tier,
} from '../core/verdict.ts'

/** What goes in and what comes out of the engine: plain data, so it crosses a worker as it is. */

export interface InputFile {
  readonly name: string
  readonly bytes: Uint8Array
  /** Default: `dropped`. */
  readonly origin?: CollateralOrigin
  /** Another of its readings, chosen by the reader; without effect when no detector offers it for these bytes. */
  readonly readAs?: string
}

/** One artifact of the case: a file, or evidence and collateral found inside one. */
export interface ArtifactView {
  readonly index: ArtifactIndex
  readonly parent: ArtifactIndex | null
  /** Index of the file that holds its bytes. */
  readonly file: number
  readonly name: string
  /** Of a file: as dropped. Of an inner artifact: of its own bytes. */
  readonly sha256: string
  readonly size: number
  readonly format: string | null
  /** Name of the format; `format.container` when there is none and others were found in it, `format.unknown` when nothing was. */
  readonly title: TextId
  readonly message: MessageKind | 'unknown'
  readonly scheme: string | null
  /** Layers that were peeled, outermost first: `base64`, `JSON member quote`, `hex`. */
  readonly unwrapped: readonly string[]
  readonly tree: FieldNode
  /** Where its own bytes are. */
  readonly slice: { readonly space: string; readonly start: number; readonly end: number }
  readonly tiled: boolean
  /** Bytes that no layout explains. */
  readonly unexplained: number
  readonly problems: readonly (Problem & { readonly path: string })[]
  /** Other ways to read it, best first; the first is the one that was taken. */
  readonly readings: readonly Detection[]
  readonly origin: CollateralOrigin
  /** What it says in core words: what expectations are compared with. */
  readonly facts: Facts
  /** Registers, chains and named values that follow from it by hashing: of logs and calculators. */
  readonly derived?: Derived
}

/** A member of a recognised container that no reader took. */
export interface UnreadMember {
  /** The container. */
  readonly artifact: ArtifactIndex
  /** `[0].evidence`, or the name of an archive's member. */
  readonly path: string
  /** Where it stands in the container's own bytes. */
  readonly range: ByteRange
  readonly size: number
  /** Family or form by its look: `NVIDIA GPU evidence`, `JWT`, `base64`; null when it looks like nothing known. */
  readonly looksLike: string | null
}

export interface Inspection {
  readonly unread: readonly UnreadMember[]
  readonly files: readonly { readonly name: string; readonly size: number; readonly sha256: string }[]
  readonly artifacts: readonly ArtifactView[]
  /** All bytes, derived ones included; a file's own bytes have space id ''. */
  readonly spaces: readonly { readonly file: number; readonly space: Space }[]
  /** Signed time of the first subject that has one, milliseconds since 1970. */
  readonly evidenceTime: number | null
}

/** Where a value to compare came from. What was taken from the evidence at hand is compared with itself and raises no answer. */
export type ExpectationSource = 'given' | 'this-evidence' | 'link' | 'file' | 'statement'

/** Sources by name of the expectation: `reportData`, `nonce`, `chipIds`, or a register's name in lower case behind `register:` (`register:mrtd`). Default `given`. */
export type ExpectationSources = Readonly<Record<string, ExpectationSource>>

/** One value that the reader expects, and what became of it. */
export interface ExpectationView {
  /** `reportData`, `nonce`, `chipIds`, or the register's name as the policy spells it. */
  readonly name: string
  readonly source: ExpectationSource
  /** Lower-case hex; several values that are each accepted are joined by `|`. */
  readonly value: string
  readonly recipe: string | null
  /** Null where nothing in the evidence could be compared. */
  readonly matches: boolean | null
}

/**
 * What verifying a statement came to. `authentic`: signed, under the root that its view names, by whom it must be. `anybody`: the same, but nobody said who should have signed.
 * `other-signer`: signed by somebody whom the reader does not expect. `unsigned`: a list. `open`: something that must be known is not. `rejected`: proved wrong.
 */
export type StatementStanding = 'authentic' | 'anybody' | 'other-signer' | 'unsigned' | 'open' | 'rejected'

/** `matches`: every register that it names and the evidence signs is equal, in one group. `not-for-this`: one differs. `nothing-shared`: it names no register of this evidence. */
export type StatementFit = 'matches' | 'not-for-this' | 'nothing-shared'

/** One register of the evidence beside what a statement says of it. */
export interface StatementMatch {
  readonly register: string
  readonly found: string
  /** Any of these, lower-case hex. */
  readonly stated: readonly string[]
  readonly isEqual: boolean
  /** The statement wants a difference only remarked. */
  readonly isRemark: boolean
  /** Where the statement says it. */
  readonly path: string
  readonly ranges: readonly ByteRange[]
  /** Where the evidence does. */
  readonly evidence: Cite
}

/** One log beside one artifact that has registers: what every register comes to. */
export interface LogReplayView {
  /** Artifacts: the log, and what has the registers. */
  readonly log: number
  readonly against: number
  /** False: a list of values that nobody signed. */
  readonly isSigned: boolean
  readonly registers: readonly {
    readonly name: string
    /** What the log calls it. */
    readonly logName: string
    readonly hash: HashLabel | null
    readonly value: Uint8Array
    /** `replays` · `continued` by another log · equal before the last events (`prefix`) · `differs` · no event and its `initial` value · a value without events (`unlogged`) · an event lacks this bank (`incomplete`). */
    readonly kind: 'replays' | 'continued' | 'prefix' | 'differs' | 'initial' | 'unlogged' | 'incomplete' | 'unread'
    /** Events up to which the chain comes to this value. */
    readonly used: number
  }[]
}

/** A statement of the case: who says what about which registers, and how far that goes. */
export interface StatementView {
  readonly index: number
  readonly artifact: ArtifactIndex
  readonly format: string
  readonly scheme: string
  /** Of the file or the member that it stands in. */
  readonly name: string
  readonly issuer: string
  readonly about: string
  readonly isSigned: boolean
  readonly standing: StatementStanding
  readonly root: RootFinding
  /** Milliseconds since 1970, and who vouches for that instant. */
  readonly madeAt: number | null
  readonly madeBy: 'log' | 'timestamp' | 'signer' | null
  readonly claims: readonly { readonly name: string; readonly value: string }[]
  readonly registers: readonly {
    readonly group: string
    readonly register: string
    readonly hash: string | null
    readonly values: readonly string[]
  }[]
  readonly files: readonly { readonly name: string; readonly hash: string; readonly value: string }[]
  /** One for each subject. */
  readonly ties: readonly {
    readonly subject: number
    readonly fit: StatementFit
    readonly group: string | null
    readonly counts: boolean
    readonly matches: readonly StatementMatch[]
  }[]
  /** The steps of verifying it. */
  readonly checks: readonly CheckResult[]
}

export interface AppraiseOptions {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly atSource: 'given' | 'now' | 'evidence'
  readonly policy: Policy
  /** Beside the policy, which stays as it is: where its values came from. */
  readonly sources?: ExpectationSources
}

/** An anchor that the appraisal looked at. */
export interface AnchorView {
  readonly holder: string
  readonly country: string
  readonly purpose: string
  readonly spkiSha256: string
  readonly sha256: string
  readonly status: RootStatus
  readonly source: string
  /** What the root is for, where its holder has several: a generation of processors. */
  readonly scope?: string
  readonly scheme: string
}

/** An item of collateral with the digest of its bytes. */
export interface CollateralRow extends CollateralUse {
  readonly sha256: string
}

export interface AppraisalView {
  /** SHA-256 over the files' hashes, the instant and the policy: the same question has the same id. */
  readonly id: string
  readonly engine: string
  readonly at: number
  readonly atSource: 'given' | 'now' | 'evidence'
  readonly headline: Headline
  readonly sentence: Saying
  readonly tier: Tier
  readonly root: RootFinding
  readonly ifRootTrusted: Headline | null
  readonly answers: Readonly<Record<Question, Answer>>
  readonly decidedBy: readonly CheckId[]
  readonly subjects: readonly Subject[]
  readonly checks: readonly CheckResult[]
  readonly collateral: readonly CollateralRow[]
  readonly wishes: readonly CollateralWish[]
  readonly anchors: readonly AnchorView[]
  readonly doesNotProve: readonly TextId[]
  readonly evidenceTime: number | null
  /** Where everything hangs on this project's own demonstration root: what would be said if that root were a vendor's. */
  readonly demonstration?: Spoken
  /** It hangs on a demonstration root of this project, also while the reader has that root switched off. */
  readonly isMadeHere: boolean
  readonly expectations: readonly ExpectationView[]
  readonly statements: readonly StatementView[]
  readonly replays: readonly LogReplayView[]
  /** Of a case without evidence: how its files stand by themselves. */
  readonly examined: readonly Examined[]
  readonly error?: { readonly where: string; readonly message: string }
}

/** A sample that an attester made. */
export interface SampleView {
  readonly scheme: string
  readonly id: string
  readonly title: TextId
  readonly at: string
  readonly format: string
}

export interface Catalogue {
  readonly texts: Readonly<Record<Locale, TextTable>>
  readonly samples: readonly SampleView[]
}
