import type { FieldNode } from '../core/field.ts'
import type { ArtifactIndex, ByteRange } from '../core/place.ts'
import type { Locale, TextTable } from '../core/saying.ts'
import type { AppraisalView, AppraiseOptions, Catalogue, InputFile, Inspection } from './api.ts'
import type { OwnRule } from './collateral-requests.ts'
import type { FleetRow } from './fleet-row.ts'
import type { KnownField } from './known-values.ts'
import type { LabView } from './lab.ts'
import type { LookedUp } from './error-codes.ts'
import type { Made, RecipeView } from './making.ts'
import type { Outlook } from './outlook.ts'

/** What the page and the engine worker say to each other. A case is sent once and named by `key` afterwards; the worker forgets old ones and then answers `unknown-case`. */
export interface Calls {
  /** Sends the files of a case; answers with everything decoded, but for the bytes of the files themselves. */
  readonly open: {
    readonly give: { readonly key: string; readonly files: readonly InputFile[] }
    readonly take: Inspection
  }
  readonly appraise: {
    readonly give: { readonly key: string; readonly options: AppraiseOptions }
    readonly take: AppraisalView
  }
  /** One of many cases: read, judged and forgotten. */
  readonly row: {
    readonly give: { readonly files: readonly InputFile[]; readonly options: AppraiseOptions }
    readonly take: FleetRow
  }
  /** When that verdict alters by itself, and what was last known. Costs an appraisal for each date that is tried. */
  readonly outlook: {
    readonly give: { readonly key: string; readonly options: AppraiseOptions }
    readonly take: Outlook
  }
  readonly expand: {
    readonly give: {
      readonly key: string
      readonly artifact: ArtifactIndex
      readonly path: string
      readonly from: number
      readonly to: number
    }
    readonly take: readonly FieldNode[]
  }
  readonly texts: {
    readonly give: { readonly schemes: readonly string[]; readonly locale: Locale }
    readonly take: TextTable
  }
  /** Explains messages of other tools. */
  readonly lookUp: { readonly give: { readonly text: string }; readonly take: LookedUp }
  readonly catalogue: { readonly give: Record<never, never>; readonly take: Catalogue }
  /** Loads one part more, for later; true while there are others. */
  readonly stock: { readonly give: { readonly part: number }; readonly take: number }
  readonly sample: {
    readonly give: { readonly scheme: string; readonly id: string }
    readonly take: readonly InputFile[]
  }
  /** Names for values of the case. */
  readonly known: { readonly give: { readonly key: string }; readonly take: readonly KnownField[] }
  /** What may be asked of whom for collateral. */
  readonly rules: { readonly give: Record<never, never>; readonly take: readonly OwnRule[] }
  /** What can be made here, with the words of both languages. */
  readonly recipes: { readonly give: Record<never, never>; readonly take: readonly RecipeView[] }
  readonly make: {
    readonly give: {
      readonly scheme: string
      readonly id: string
      readonly values: readonly (readonly [string, string])[]
    }
    readonly take: Made
  }
  /** Failures that evidence of these formats can have. */
  readonly lab: {
    readonly give: { readonly files: readonly InputFile[]; readonly formats: readonly string[] }
    readonly take: readonly LabView[]
  }
  /** The case as a failure that must be signed anew leaves it. */
  readonly remake: {
    readonly give: { readonly scheme: string; readonly id: string; readonly files: readonly InputFile[] }
    readonly take: readonly InputFile[] | null
  }
  readonly certificate: {
    readonly give: {
      readonly key: string
      readonly artifact: ArtifactIndex
      readonly range: ByteRange
      readonly issuer?: { readonly artifact: ArtifactIndex; readonly range: ByteRange }
    }
    readonly take: CertificateView | null
  }
}
export type CallName = keyof Calls

/** One certificate opened: all its fields, and what an independent library says about it. */
export interface CertificateView {
  readonly tree: FieldNode
  readonly subject: string
  readonly issuer: string
  readonly sha256: string
  readonly spkiSha256: string
  /** pkijs's own words; shown beside ours, never decides. */
  readonly secondOpinion: {
    readonly library: string
    readonly signature: 'agrees' | 'disagrees' | 'not-checked'
    readonly note: string
    readonly extensions: readonly {
      readonly oid: string
      readonly name: string
      readonly critical: boolean
      readonly text: string
      readonly lines: readonly string[]
    }[]
  }
}

export type Request = {
  readonly [N in CallName]: { readonly job: number; readonly call: N; readonly give: Calls[N]['give'] }
}[CallName]
export type Reply =
  | { readonly job: number; readonly ok: true; readonly take: unknown }
  | { readonly job: number; readonly ok: false; readonly why: 'unknown-case' | 'crashed'; readonly message: string }
  /** Sent once when the worker can take calls. */
  | { readonly job: -1; readonly ok: true; readonly take: 'ready' }
