import type { ArtifactIndex, ByteRange } from './place.ts'
import type { Saying, TextId } from './saying.ts'

export type Outcome = 'pass' | 'fail' | 'warn' | 'not-checked' | 'not-applicable' | 'unsupported' | 'error'
export type State = 'holds' | 'warns' | 'fails' | 'not-checked' | 'not-applicable'
export type Headline = 'S0' | 'S1' | 'S2' | 'S3' | 'S4' | 'S5' | 'S5w' | 'S6' | 'SE' | 'SN' | 'SR'
export type Tier = 'affirming' | 'warning' | 'contraindicated' | 'none'
export type RootStatus = 'pinned' | 'added' | 'demonstration' | 'development' | 'unknown' | 'switched-off' | 'none'

/** The five questions, in the order in which they are always asked. */
export const QUESTIONS = ['genuine', 'current', 'configured', 'software', 'fresh'] as const
export type Question = (typeof QUESTIONS)[number]

/** 1 format · 2 evidence signature and bindings · 3 endorsement chain · 4 revocation · 5 collateral · 6 TCB level · 7 configuration · 8 reference values · 9 freshness. */
export type Layer = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
/** States the good case: `snp.vcek-signed-by-ask`. */
export type CheckId = string

/** Points at what a statement is about. `artifact` is the index in the case. */
export interface Cite {
  readonly artifact: ArtifactIndex
  readonly path: string
  readonly ranges: readonly ByteRange[]
}

/** A node of the trust path: a root, a certificate, an enclave, a key, signed content, the reader's own bytes, or collateral that acts on one of them. */
export interface TrustNode {
  readonly id: string
  readonly kind: 'root' | 'certificate' | 'key' | 'enclave' | 'module' | 'content' | 'data' | 'collateral'
  /** What it is. */
  readonly title: Saying
  /** Its own name, as printed in the evidence. */
  readonly name?: string
  readonly cite?: Cite
  /** The certificate to open, when there is one. */
  readonly certificate?: { readonly artifact: ArtifactIndex; readonly range: ByteRange }
  readonly from?: string
  readonly to?: string
  /** A part of the whole path that is not in the case. */
  readonly isAbsent?: true
}

/** An edge: `from` vouches for `to`. Drawn from what checks prove, never from vendor knowledge in a panel. */
export interface TrustEdge {
  readonly from: string
  readonly to: string
  readonly by: 'signature' | 'hash' | 'equality' | 'reference'
  /** Defaults to the outcome of the finding that carries the edge. */
  readonly outcome?: Outcome
}

/** A step that a check proves where everything is here. */
export interface PathStep extends TrustEdge {
  readonly check: CheckId
}

/** The path of a kind of evidence with nothing missing. What a case lacks of it is drawn as absent, under the check that lacks it. */
export interface WholePath {
  readonly nodes: readonly TrustNode[]
  readonly steps: readonly PathStep[]
}

/** Bytes that a passing check protects. Everything else in an artifact is listed as not covered. */
export interface Coverage {
  readonly artifact: ArtifactIndex
  readonly range: ByteRange
  /** `attestation-key`: signed by the key that makes evidence; `endorsement`: signed by a certificate key; `hash`: pinned by a digest; `signature`: is itself a signature value; `collateral`: signed by the vendor's collateral signer. */
  readonly by: 'attestation-key' | 'endorsement' | 'hash' | 'signature' | 'collateral'
}

/**
 * Why, for a program: verdicts, exit codes and views decide by this and never by a text id or its spelling. Closed: a new reason that something must act on gets a name here.
 * A reason carries it as `Saying.code`, so it travels with a fault from the room that found it; a finding may name another.
 */
export type FindingCode =
  /** Debugging is on or allowed. */
  | 'debug'
  /** Consistent in itself, and nothing ties it to hardware. */
  | 'not-anchored'
  /** A certificate ended before, or begins after, the instant asked for. */
  | 'expired'
  | 'not-yet-valid'
  /** The same of signed collateral, and of a token by its own claims. */
  | 'collateral-expired'
  | 'token-expired'
  | 'token-early'
  /** The bytes end before the structure does. */
  | 'cut-off'
  /** More bytes than the structure has a meaning for. */
  | 'unused-bytes'
  | 'trailing'
  /** Bytes before or behind something that was found in the middle of others. */
  | 'around'
  /** No value of this notation begins here. */
  | 'no-value'
  | 'duplicate-key'
  /** Longer than the shortest encoding. */
  | 'not-shortest'
  | 'not-der'
  | 'reserved-nonzero'
  | 'bits-unknown'
  /** The key that should check a signature is missing, belongs to something else, is of the wrong type, or is one that anybody can break. */
  | 'key-missing'
  | 'key-foreign'
  | 'key-type'
  | 'key-weak'
  /** A signature that this key did not make over these bytes. */
  | 'signature'
  /** The same of a certificate under its issuer. */
  | 'chain-signature'
  /** A certificate that names another key of its issuer than the one that signed. */
  | 'key-id'
  /** Text that carries bytes (base64, PEM) is not as its rules say, so that some of it may be lost or read in two ways. */
  | 'text-damage'
  /** A search that its bounds ended. */
  | 'search-limit'
  /** An algorithm that the rules of a chain do not take. */
  | 'algorithm-refused'
  /** Used, and nothing more to be said about it. */
  | 'plain'
  /** What was given belongs to something else. */
  | 'not-for-this'
  | 'revoked'
  /** Collateral: its signature, its signer's revocation, its text not as signed, its status word. */
  | 'collateral-signature'
  | 'collateral-signer-revoked'
  | 'collateral-compact-only'
  | 'status-unknown'
  /** The reader added the root. */
  | 'root-added'
  /** The reader's own minimum decides, and is missing. */
  | 'own-minimum'
  /** A header that must be understood. */
  | 'critical-header'
  /** Who should have signed is not said by anybody: anyone can have such a certificate. */
  | 'identity-not-given'
  /** Somebody signed, and it is not whom the reader expects. */
  | 'identity-other'

/** What a check is for, where a headline or a view must know. Closed. */
export type CheckRole =
  /** Verifies the evidence by a key that was given or came along, whatever stands behind that key. */
  | 'signature-by-given-key'
  /** Compares with what the reader expects; no rule of the format. */
  | 'expectation'
  /** Passes where debug mode is shown to be off: the setting that people ask about first. */
  | 'debug-mode'

/** A signature or a digest that anybody can compute again, with OpenSSL and the bytes alone. */
export type HandCheck =
  | {
      readonly kind: 'signature'
      readonly algorithm: {
        readonly kind: 'ecdsa' | 'rsa-pkcs1' | 'rsa-pss' | 'ed25519' | 'sm2'
        readonly hash?: string
        /** How the numbers of an elliptic curve signature stand in `signature`: DER, or R ‖ S, big-endian. */
        readonly form?: 'der' | 'p1363'
        readonly saltLength?: number
        /** SM2: whom the signer says to be. */
        readonly userId?: Uint8Array
      }
      /** Signed as they stand there, one after the other. */
      readonly signed: readonly HandPlace[]
      /** Lower-case hex. */
      readonly signature: string
      /** SubjectPublicKeyInfo, lower-case hex. */
      readonly key: string
    }
  | {
      readonly kind: 'digest'
      readonly hash: string
      readonly of: readonly HandPlace[]
      /** Lower-case hex; as long as the digest. */
      readonly equals: string
    }

/** Bytes in an artifact of the case. */
export interface HandPlace {
  readonly artifact: ArtifactIndex
  readonly range: ByteRange
}

/** What one check came to. */
export interface Finding {
  readonly outcome: Outcome
  /** Why, as a reason id with parameters (`chain.pathlen`, `crl.stale`). For `pass` use `<check id>.holds`. */
  readonly because: Saying
  /** Why, for a program; the reason's own code where left out. */
  readonly code?: FindingCode
  readonly cites: readonly Cite[]
  /** Artifacts of the collateral that decided. */
  readonly uses?: readonly number[]
  readonly found?: string
  readonly expected?: string
  readonly remedy?: Saying
  readonly proves?: readonly TrustEdge[]
  readonly covers?: readonly Coverage[]
  /** Artifacts that this finding, when it passes, ties to the subject: what makes several subjects one statement. */
  readonly binds?: readonly number[]
  /** How firmly; `evidence` by default. */
  readonly bindsBy?: BindingStrength
  /** The computation itself, to be done again outside of this page. */
  readonly hand?: HandCheck
}

/** What ties two subjects: one vouches for the other's key, one's signed bytes name the other, a replayed log does, or both only answer one challenge. */
export type BindingStrength = 'key' | 'evidence' | 'register' | 'nonce'

/** A finding with the check that made it. */
export interface CheckResult extends Finding {
  readonly id: CheckId
  readonly role?: CheckRole
  readonly layer: Layer
  readonly answer: Question | null
  readonly weight: 'decides' | 'notes'
  readonly spec: { readonly title: string; readonly section: string; readonly url?: string }
  readonly subject: number
  /** A command that does the check by hand, ready to copy. */
  readonly byHand?: string
}

export interface Answer {
  readonly question: Question
  readonly state: State
  /** Reason of the check that decided; `answer.none` when nothing applies. */
  readonly because: Saying
  /** Checks that came to pass, fail or warn. */
  readonly ran: number
  readonly of: number
  readonly checks: readonly CheckId[]
}

/** The vendor's own words about the platform. */
export interface VendorStatus {
  readonly scheme: string
  readonly tcbStatus: string | null
  /** Name of the vendor library's status where no TCB status is reached. */
  readonly error: string | null
  readonly advisories: readonly string[]
  readonly tcbDate: string | null
  readonly evaluationNumber: number | null
  readonly debug: boolean | null
  /** What the vendor's own library prints for this status, dates aside: what people search for. */
  readonly printed?: string
}

export type CollateralOrigin = 'embedded' | 'bundled' | 'dropped' | 'fetched'

/** What became of an item of collateral. */
export interface CollateralUse {
  /** `pck-crl`, `tcb-info`, `certificate` … */
  readonly kind: string
  /** What it is for: FMSPC, issuer, chip id. */
  readonly key: string
  readonly artifact: ArtifactIndex
  readonly origin: CollateralOrigin
  readonly use: 'used' | 'superseded' | 'rejected' | 'not-for-this'
  readonly because: Saying
  /** Validity, ISO 8601, when it has one. */
  readonly from: string | null
  readonly to: string | null
}

/** Something that would let a check run. */
export interface CollateralWish {
  readonly kind: string
  readonly key: string
  readonly title: Saying
  readonly urls: readonly string[]
  /** One line for a terminal; its output can be dropped as it is. */
  readonly curl: string
  /** What is posted to the address, where it is not simply opened. */
  readonly body?: { readonly type: string; readonly base64: string }
  /** Checks that lack it. */
  readonly serves?: readonly CheckId[]
}

/** One column of a TCB ladder. */
export interface LadderColumn {
  readonly id: string
  readonly label: string
  readonly note?: string
  readonly compared: boolean
}
/** A known weakness and the least version that fixes it. Such rows are no levels: each counts by itself. */
export interface LadderFloor {
  readonly name: string
  readonly advisories: readonly string[]
  readonly component: string
  /** Null when the evidence does not say. */
  readonly has: number | null
  readonly least: number
  /** `conflicting`: public sources contradict each other, and by one of them it is below. */
  readonly standing: 'below' | 'met' | 'unknown' | 'conflicting'
  readonly isSecondHand: boolean
}
/** One ladder: the levels of a TCB info, a module identity, an enclave identity. Highest level first. */
export interface Ladder {
  readonly id: string
  readonly title: Saying
  readonly source: CollateralUse | null
  readonly columns: readonly LadderColumn[]
  readonly platform: readonly number[]
  readonly rows: readonly {
    readonly status: string
    readonly date: string
    readonly advisories: readonly string[]
    readonly needs: readonly number[]
    /** Index of the first column where the platform is short; null when the level is met. */
    readonly shortAt: number | null
    readonly cite?: Cite
  }[]
  /** Row that applies; null when no level matches. */
  readonly match: number | null
  readonly evaluationNumber: number | null
  /** Instead of levels: the least versions that fix known weaknesses. */
  readonly floors?: readonly LadderFloor[]
}

/** One measurement beside what a manifest states of it. */
export interface ManifestRow {
  readonly index: number
  /** The manifest's own name. */
  readonly name: string
  /** `left-out`: not compared, by the vendor's rule. */
  readonly outcome: 'equal' | 'differs' | 'left-out'
  /** Lower-case hex; '' where the evidence has no such measurement. */
  readonly found: string
  /** Any of these. */
  readonly stated: readonly string[]
}

/** Measurements of a device beside a manifest of its vendor, one by one. */
export interface ManifestComparison {
  /** What the manifest is of, in the vendor's words: `VBIOS`, `driver`. */
  readonly of: string
  readonly artifact: ArtifactIndex
  /** False: it is not authentic, and what it says counts for nothing. */
  readonly isRelied: boolean
  readonly because: Saying
  readonly rows: readonly ManifestRow[]
}

/** Which root the evidence hangs on. */
export interface RootFinding {
  readonly status: RootStatus
  /** Label of the holder for the banner: `Intel`, or the subject of an unknown root. */
  readonly holder: string
  readonly country: string
  readonly purpose: string
  readonly spkiSha256: string
  readonly sha256: string
  readonly note?: Saying
}

/** Dates on one axis. */
export interface TimelineEntry {
  readonly id: string
  readonly title: Saying
  readonly kind: 'certificate' | 'crl' | 'collateral' | 'level' | 'evidence'
  readonly from: string | null
  readonly to: string | null
}

/** What is said about a subject: headline, sentence, five answers, and what decided them. */
export interface Spoken {
  readonly headline: Headline
  readonly sentence: Saying
  readonly answers: Readonly<Record<Question, Answer>>
  readonly decidedBy: readonly CheckId[]
}

export interface Subject {
  readonly index: number
  readonly artifact: ArtifactIndex
  readonly format: string
  readonly scheme: string
  readonly headline: Headline
  /** The headline's sentence. */
  readonly sentence: Saying
  readonly root: RootFinding
  readonly ifRootTrusted: Headline | null
  readonly tier: Tier
  readonly answers: Readonly<Record<Question, Answer>>
  readonly vendor: VendorStatus | null
  readonly decidedBy: readonly CheckId[]
  readonly nodes: readonly TrustNode[]
  /** Steps of the whole path; one that no check proved here is drawn as not checked. */
  readonly steps?: readonly PathStep[] | undefined
  readonly ladders: readonly Ladder[]
  readonly timeline: readonly TimelineEntry[]
  /** What the evidence cannot show, as text ids. */
  readonly doesNotProve: readonly TextId[]
  /** What its scheme reads and deliberately does not judge: ids, with texts `<id>.what` and `<id>.because`. */
  readonly notJudged: readonly TextId[]
  /** Beside its vendor's manifests; absent where it has none. */
  readonly comparisons?: readonly ManifestComparison[]
  /** What it names itself to be: `driver`, `vbios` … */
  readonly versions?: Readonly<Record<string, string>>
  /** Under this project's own demonstration root: what would be said if that root were a vendor's. Shown in its place, under a strip that says so. */
  readonly demonstration?: Spoken
}
