import type { ErrorCode } from './error-code.ts'
import type { Derived, HashLabel } from './derived.ts'
import type { FieldNode, LayoutRow, Problem } from './field.ts'
import type { LabPreset } from './lab.ts'
import type { ArtifactIndex, Located, Slice, Space } from './place.ts'
import type { Policy } from './policy.ts'
import type { Locale, Saying, TextId, TextLoaders, TextTable } from './saying.ts'
import type { Statement } from './statement.ts'
import type {
  CheckId,
  CheckRole,
  CollateralOrigin,
  CollateralUse,
  CollateralWish,
  Finding,
  Ladder,
  Layer,
  ManifestComparison,
  Question,
  RootFinding,
  TimelineEntry,
  TrustNode,
  VendorStatus,
  WholePath,
} from './verdict.ts'

/** RFC 9334's conceptual messages; `supporting` is what explains but endorses nothing (event logs). */
export type MessageKind = 'evidence' | 'endorsement' | 'reference-values' | 'attestation-result' | 'supporting'

/** Why bytes look like a format. `score` 0..1: 1 = magic and structure agree, 0.5 = shape only. */
export interface Detection {
  readonly format: string
  readonly score: number
  readonly because: Saying
}

/** Looks at bytes and never throws. Small: part of the first view. */
export type Detector = (slice: Slice) => Detection | undefined

/** Bytes inside an artifact that are an artifact of their own (a report in a vTPM document, a collateral member of a bundle). The engine opens each. */
export interface Inner {
  readonly slice: Slice
  readonly name: string
  /** Format when the container knows it; otherwise detected. */
  readonly format?: string
  readonly origin: CollateralOrigin
  /** What the container says about it, in core words: `{ issuerChain: 'PEM…' }`, `{ signature: 'hex' }`. Read by `DecodeContext.hints`. */
  readonly hints?: Readonly<Record<string, string>>
}

/** Bytes that a layout names and does not read. */
export interface Unexplored {
  readonly slice: Slice
  readonly name: string
}

export interface DecodeContext {
  /** What the container said. */
  readonly hints: Readonly<Record<string, string>>
}

/**
 * What decoding gives. Never thrown away when the bytes end early: `tree` shows what was read, `decoded` carries the parts that were whole.
 * Trees and spaces are for readers: they are functions, so that a verdict builds none. The engine asks each at most once and keeps what it gives.
 */
export interface Decoding<D = unknown> {
  readonly tree: () => FieldNode
  readonly decoded: D
  /** Spaces that this decoding derived (beyond the one it was given), and those that its tree opens; of the same id the first stands. */
  readonly spaces: () => readonly Space[]
  readonly problems: readonly Problem[]
  readonly inner: readonly Inner[]
  /** Bytes of which the format knows that they are somebody's own (an extension's value, an unknown member): whatever is recognised in them is opened too. */
  readonly unexplored?: readonly Unexplored[]
  /** Opens elements `from..to` of an array that shows only its first ones. */
  readonly expand?: (path: string, from: number, to: number) => readonly FieldNode[]
}

/** A register that can be compared with a reference value. */
export interface Register {
  readonly name: string
  readonly value: Located<Uint8Array>
  readonly identity: boolean
  /** The hash that the register is extended with, or that made it. A PCR's name does not say its bank, so this does. */
  readonly hash?: HashLabel
  /** What event logs call it, where that is another name: CC register numbers begin at one. */
  readonly logName?: string
  /** Names one running instance and no software: can be compared, and is not offered as a reference value. */
  readonly ofInstance?: true
}

/** Registers that evidence signs only as one digest over all of them. Their values come from elsewhere, and count where they hash to it. */
export interface CompositeRegisters {
  readonly digest: Located<Uint8Array>
  readonly hash: HashLabel
  /** In the order in which they are hashed. */
  readonly parts: readonly { readonly name: string; readonly hash: HashLabel; readonly identity: boolean }[]
}

/** Evidence in core words, each with its bytes. Checks across artifacts, expectations and exports read these only. */
export interface Facts {
  readonly userData?: Located<Uint8Array>
  /** True when not only the firmware that was measured at launch, but software above it can have chosen the user data. */
  readonly userDataIsOpen?: boolean
  readonly nonce?: Located<Uint8Array>
  /** Said by software that stands between hardware and guest: registers of a report that commits to this describe that software, and the guest’s own are elsewhere (vTPM PCRs). */
  readonly isFromParavisor?: boolean
  readonly measurements: readonly Register[]
  /** Where values of registers did not come with the evidence: what it signs of them. */
  readonly composite?: CompositeRegisters
  /** SPKI of the key that signed this evidence. */
  readonly signingKey?: Located<Uint8Array>
  /** SPKI of a key that this evidence vouches for. */
  readonly attestedKey?: Located<Uint8Array>
  readonly deviceId?: Located<Uint8Array>
  /** True where no signature covers the device's id: whoever passed the evidence on can have written another. */
  readonly deviceIdIsStated?: true
  readonly productId?: string
  /** Milliseconds since 1970, when the vendor signs a time. */
  readonly madeAt?: Located<number>
  readonly debug?: Located<boolean>
  /** Of a service's word about somebody else: its claims, quoted. */
  readonly claims?: readonly { readonly name: string; readonly value: string }[]
  /** What the evidence names itself to be, as it prints it: `driver`, `vbios`, `arch` … */
  readonly versions?: Readonly<Record<string, string>>
}

export const NO_FACTS: Facts = { measurements: [] }

export interface EvidenceFormat<D = unknown> {
  readonly id: string
  readonly message: MessageKind
  /** Text id of the format's name. */
  readonly title: TextId
  decode(slice: Slice, context: DecodeContext): Decoding<D>
  facts?(decoded: D): Facts
  /** What follows by hashing: the registers that a log comes to, a measurement computed from files. Never throws for any bytes; asked once, when opened. */
  derive?(decoded: D): Promise<Derived>
  /** Documentation table of the layout, where the format is a struct. */
  readonly rows?: () => readonly LayoutRow[]
}

/** An artifact of the case, as a scheme sees the others. */
export interface CaseItem {
  readonly artifact: ArtifactIndex
  readonly parent: ArtifactIndex | null
  readonly name: string
  /** Of its bytes, hex; of a file as dropped. Hashed when it is first asked for. */
  readonly sha256: () => string
  readonly origin: CollateralOrigin
  readonly format: string | null
  readonly message: MessageKind | 'unknown'
  readonly slice: Slice
  /** Typed by the scheme that owns `format`; other schemes must not look inside. */
  readonly decoded: unknown
  readonly facts: Facts
  /** What its format derived from it by hashing; undefined where it derives nothing. */
  readonly derived?: Derived | undefined
  readonly hints: Readonly<Record<string, string>>
}

/** A pinned public key. */
export interface TrustAnchor {
  /** DER of the subject name, hex; '' for a raw key. */
  readonly subject: string
  /** DER SubjectPublicKeyInfo, base64. */
  readonly spki: string
  readonly format: 'x509' | 'raw-key'
  readonly purpose: 'evidence' | 'reference-values' | 'revocation' | 'service-token'
  readonly holder: string
  readonly country: string
  /** Of the published certificate (or raw key); shown, never decides. */
  readonly sha256: string
  /** Of the public key; decides together with the subject. */
  readonly spkiSha256: string
  /** Publisher's URL. */
  readonly source: string
  /** `pinned` by default. */
  readonly status?: 'pinned' | 'demonstration' | 'development' | 'added' | 'switched-off'
  /** DER certificate, base64, when published as one. */
  readonly certificate?: string
  /** Narrows the anchor to a product or generation, in the scheme's words. */
  readonly scope?: string
}

/** Everything an outcome depends on, and nothing else. */
export interface AppraisalContext {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly policy: Policy
  /** The scheme's own anchors, with switched-off ones marked, and those the reader added. */
  readonly anchors: readonly TrustAnchor[]
  /** Every artifact of the case but the subject itself; parents and children included. */
  readonly items: readonly CaseItem[]
  /** The files as dropped, the subject's own first: where evidence travels with what it answers in one text, that stands here. */
  readonly files?: readonly Slice[]
}

/** What a scheme worked out about one subject before its checks run: selection, chains, root. Checks read this. */
export interface Prepared {
  readonly root: RootFinding
  readonly collateral: readonly CollateralUse[]
  readonly wishes: readonly CollateralWish[]
  readonly nodes: readonly TrustNode[]
  /** Its path if nothing were missing; absent where every part comes with the evidence itself. */
  readonly wholePath?: WholePath
  readonly timeline: readonly TimelineEntry[]
  readonly ladders: readonly Ladder[]
  readonly vendor: VendorStatus | null
  /** Text ids of what this evidence cannot show. */
  readonly doesNotProve: readonly TextId[]
  /** Of an attestation result: whom its own claims name as their author. Nobody vouches for that by itself. */
  readonly speaker?: string
  /** Its measurements beside the vendor's manifests. */
  readonly comparisons?: readonly ManifestComparison[]
  /** Names of the subject that only its certificates say; beside those of its facts. */
  readonly versions?: Readonly<Record<string, string>>
  /** Of a format whose message is `reference-values`: what it states. Such an artifact is no subject; the engine compares it with the subjects. */
  readonly statement?: Statement
}

/** One question. Texts beside it: `<id>.question`, `<id>.holds`, `<id>.fails`, `<id>.why`; reasons have texts of their own. */
export interface CheckDefinition<P = unknown> {
  readonly id: CheckId
  /** What it is for, where a headline must know. */
  readonly role?: CheckRole
  readonly layer: Layer
  /** Default by layer: 1–4 genuine, 6 current, 7 configured, 8 software, 9 fresh. Layer 5 must say whom it serves. */
  readonly answer?: Question
  readonly weight: 'decides' | 'notes'
  /** "Needs a value from", never "must have passed". */
  readonly dependsOn: readonly CheckId[]
  readonly spec: { readonly title: string; readonly section: string; readonly url?: string }
  /** Shell command that does it by hand; `{file}` is the evidence file. */
  readonly byHand?: string
  applies?(prepared: P): boolean
  run(prepared: P, context: AppraisalContext): Finding | Promise<Finding>
}

/** How a scheme appraises subjects of some of its formats. */
export interface Appraiser<P extends Prepared = Prepared> {
  /** Ids of the evidence formats it takes. */
  readonly formats: readonly string[]
  prepare(subject: CaseItem, context: AppraisalContext): Promise<P>
  readonly checks: readonly CheckDefinition<P>[]
  /** What is read and deliberately not judged, one id each. Texts beside it: `<id>.what`, `<id>.because`. Empty where every field has its check. */
  readonly notJudged: readonly TextId[]
  /** Its checks compare the reader's `minimumTcb`. Where they do not, a given minimum is said to be not checked. */
  readonly comparesMinimumTcb?: boolean
  /** Its evidence hangs on no root of its own: without other evidence that vouches for its key, no value in it meets an expectation. */
  readonly needsBinding?: boolean
}

/** How supporting material stands by itself: a chain, a manifest, a key set. It is no verdict about a machine. */
export interface Examination {
  /** Undefined where no chain was looked at. */
  readonly root: RootFinding | undefined
  readonly findings: readonly (Finding & { readonly id: CheckId })[]
}

/** Looks at supporting material where no evidence is there that would use it. */
export interface Examiner {
  readonly formats: readonly string[]
  /** `all`: its chains may end at any scheme's anchor. */
  readonly anchors: 'own' | 'all'
  /** Undefined where this item is part of another that is examined. */
  examine(item: CaseItem, context: AppraisalContext): Promise<Examination | undefined>
}

/** One recipe-driven sample maker, under a demonstration root. */
export interface AttesterSample {
  readonly id: string
  /** Text id: what it teaches. */
  readonly title: TextId
  /** Text id: two to five words for the front door. A sample without them stands in the whole list only. */
  readonly short?: TextId
  /** Instant at which it is meant to be appraised, ISO 8601. */
  readonly at: string
  /** Format that the first file must be ranked first as. */
  readonly format: string
  /** Headline it must have as `ifRootTrusted`. */
  readonly expect: string
  files(): Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]>
}

/** One thing that a reader may choose when evidence is made. Values travel as text. */
export interface Knob {
  readonly id: string
  /** `hex`: bytes, lower case; `text`: any words; `flag`: `on` or `off`; `choice`: one of `options`; `number`: whole, in `least`..`most`. */
  readonly kind: 'choice' | 'flag' | 'number' | 'text' | 'hex'
  readonly label: TextId
  /** Said beside it: what it is in this evidence, and where something is simplified. */
  readonly note?: TextId
  readonly value: string
  readonly options?: readonly { readonly value: string; readonly label: TextId }[]
  readonly least?: number
  readonly most?: number
  /** Most bytes of `hex` and `text`. */
  readonly bytes?: number
}

/** How evidence of one kind is made in the page, under the demonstration root: a form is drawn from it. */
export interface MakingRecipe {
  readonly id: string
  readonly title: TextId
  /** Instant at which what is made is meant to be appraised, ISO 8601. */
  readonly at: string
  /** What a real attester would have done instead. */
  readonly instead: TextId
  readonly knobs: readonly Knob[]
  /** Its words, where they do not stand in the texts of the scheme: nobody loads them who makes nothing. */
  readonly texts?: Readonly<Record<Locale, TextTable>>
  /** A value for every knob, each within its range. */
  make(values: ReadonlyMap<string, string>): Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]>
}

/** A TEE family. One folder; strangers to each other. */
export interface Scheme {
  readonly id: string
  readonly formats: readonly EvidenceFormat[]
  readonly appraisers: readonly Appraiser[]
  readonly examiners?: readonly Examiner[]
  readonly anchors: readonly TrustAnchor[]
  readonly samples: readonly AttesterSample[]
  /** What its attester can make in the page; loaded when somebody makes evidence. */
  readonly recipes?: () => Promise<readonly MakingRecipe[]>
  /** Failures of its evidence that can be made again in a copy; loaded when somebody opens the lab. */
  readonly lab?: () => Promise<readonly LabPreset[]>
}

/** Bytes by which a structure is found in the middle of other bytes, which know nothing of it. */
export interface Mark {
  readonly bytes: readonly number[]
  /** How far behind the structure's start they stand. */
  readonly behind: number
  /**
   * Where the structure ends that begins where the slice does, at most at the slice's end; undefined: none begins there.
   * Asked at every place where the bytes stand: looks at a few hundred bytes, or at no more than it then claims; never throws.
   */
  end(slice: Slice): number | undefined
  /** Says nothing by itself (a bare key): counts only beside something else. */
  readonly isMinor?: boolean
  /** Of a structure without fixed bytes (`bytes` is empty): every offset at which one may begin, found in one pass. */
  readonly places?: (slice: Slice) => readonly number[]
}

/** The small, eager part: enough to detect and to know what to load. */
export interface SchemeEntry {
  readonly id: string
  readonly detectors: readonly Detector[]
  /** Marks that decide (magic, own member names): what one of these says is what asking every detector of every scheme would rank first, so nobody else is asked. */
  readonly sure?: readonly Detector[]
  /** Formats of this scheme, so that a container's `format` finds its scheme. */
  readonly formats: readonly string[]
  /** Formats of other schemes that stand in its files as a rule: their schemes start loading with this one, not after it. */
  readonly carries?: readonly string[]
  /** How its structures are found in other bytes: where there are bytes that nobody recognises, or some behind what was recognised. */
  readonly marks?: readonly Mark[]
  /** Messages of the tools that people use for this family, explained. Loaded when somebody looks one up. */
  readonly errorCodes?: () => Promise<readonly ErrorCode[]>
  /** The scheme's words, a language at a time: nobody loads the one that is not read. */
  readonly texts: TextLoaders
  load(): Promise<Scheme>
}
