import type { Policy } from './policy.ts'
import type { CheckId, Outcome, RootStatus } from './verdict.ts'

/** A field by its path in the tree of the evidence, or of a part of the same file that has format `of`. */
interface InField {
  readonly path: string
  readonly of?: string
}

/** What is done to the bytes of one field. */
export type LabMove =
  /** Bit 0 is the lowest. */
  | (InField & { readonly kind: 'flip'; readonly offset?: number; readonly bit: number })
  /** Writes these bytes (hex) from `offset` on. */
  | (InField & { readonly kind: 'write'; readonly offset?: number; readonly hex: string })
  /** Replaces s of an ECDSA signature by n − s: `offset` of s in the field, the order of the curve (hex). */
  | (InField & {
      readonly kind: 'negate'
      readonly offset: number
      readonly order: string
      readonly isLittleEndian?: true
    })

/** What a failure does to a case. */
export type LabDeed =
  | { readonly kind: 'bytes'; readonly moves: readonly LabMove[] }
  /** Bytes (hex) behind the end of the file that the evidence came in. */
  | { readonly kind: 'append'; readonly hex: string }
  /** The reader expects something else than what came back. */
  | { readonly kind: 'expect'; readonly policy: Partial<Omit<Policy, 'schema'>> }
  /** The first file that is read as this format is taken away. */
  | { readonly kind: 'take-away'; readonly format: string }
  /**
   * What no change of bytes can do, because it must be signed: files made anew by the scheme's attester under its demonstration root,
   * which take the place of those of the same name. Offered where the case is one of these samples of the scheme.
   */
  | {
      readonly kind: 'remake'
      readonly of: readonly string[]
      readonly make: () => Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]>
    }

/** A check that must change. `isIfThere`: only in a case where it stands as `from`. `isElsewhere`: of other evidence, where the case has more than one. */
export interface LabChange {
  readonly check: CheckId
  readonly from: Outcome | 'absent'
  readonly to: Outcome | 'absent'
  readonly isIfThere?: true
  readonly isElsewhere?: true
}

/** Classes of failures that evidence of any kind can have: each has one title and one sentence on what it stands for, in the engine's words. */
export type LabClass =
  | 'report-data'
  | 'measurement'
  | 'debug-on'
  | 'debug-off'
  | 'debug-signed'
  | 'r-zero'
  | 's-negated'
  | 'key-swapped'
  | 'other-signer'
  | 'other-signer-report'
  | 'evil-leaf'
  | 'look-alike-root'
  | 'other-platform'
  | 'other-chip'
  | 'revoked-leaf'
  | 'revoked-authority'
  | 'expired-list'
  | 'list-removed'
  | 'older-levels'
  | 'trailing'
  | 'replayed'
  | 'nonce'
  | 'zero-registers'
  | 'registers'
  | 'not-made-by-chip'
  | 'other-half'
  | 'other-key'
  | 'vouched-data'
  | 'foreign-key'
  | 'claim'
  | 'alg-none'
  | 'refusal'
  | 'key-removed'
  | 'layers-swapped'
  | 'extended-chain'
  | 'unlocked'
  | 'software-key'

/** A failure that happened, made again in a copy. */
export interface LabPreset {
  readonly failure: LabClass
  /** Evidence that it is for. Together with the class it names the preset. */
  readonly format: string
  /** Where the incident or class is told. */
  readonly source: { readonly title: string; readonly url: string }
  readonly deed: LabDeed
  /** Every check that comes out differently, and how; nothing else may. Offered only where `from` is what the case has. */
  readonly changes: readonly LabChange[]
  /** What its root is called afterwards, where that is the point: a root is a status, not a check. */
  readonly rootBecomes?: RootStatus
  /** Checks that must stand so in the case for the preset to make sense. */
  readonly needs?: readonly { readonly check: CheckId; readonly is: Outcome }[]
}

/** Where classes are told that are nobody's own. */
export const TOLD = {
  freshness: { title: 'RFC 9334, 10', url: 'https://www.rfc-editor.org/rfc/rfc9334#section-10' },
  psychic: { title: 'CVE-2022-21449', url: 'https://nvd.nist.gov/vuln/detail/CVE-2022-21449' },
  negated: { title: 'FIPS 186-5, 6.4', url: 'https://csrc.nist.gov/pubs/fips/186-5/final' },
  anchor: { title: 'RFC 5280, 6.1', url: 'https://www.rfc-editor.org/rfc/rfc5280#section-6.1' },
  list: { title: 'RFC 5280, 6.3', url: 'https://www.rfc-editor.org/rfc/rfc5280#section-6.3' },
  firstLeaf: { title: 'PKI.js #294', url: 'https://github.com/PeculiarVentures/PKI.js/issues/294' },
  trailing: { title: 'dstack #878', url: 'https://github.com/Dstack-TEE/dstack/pull/878' },
  cose: { title: 'RFC 9052, 4.4', url: 'https://www.rfc-editor.org/rfc/rfc9052#section-4.4' },
} as const

/** Orders of the curves, hex: what s is taken from. */
export const CURVE_ORDER = {
  p256: 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
  p384: 'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
} as const

/** A check that must change. */
export const changes = (check: CheckId, from: LabChange['from'], to: LabChange['to']): LabChange => ({
  check,
  from,
  to,
})

/** A check that must change where it stands as `from`. */
export const changesIf = (check: CheckId, from: LabChange['from'], to: LabChange['to']): LabChange => ({
  check,
  from,
  to,
  isIfThere: true,
})

/** A deed that flips one bit of a field. */
export const flips = (path: string, bit = 0, offset = 0): LabDeed => ({
  kind: 'bytes',
  moves: [{ kind: 'flip', path, bit, offset }],
})

/** What follows for freshness where another value is expected than the one that came back. */
export function replayed(of: 'nonce' | 'report-data'): readonly LabChange[] {
  const check = of === 'nonce' ? 'fresh.nonce-matches' : 'fresh.report-data-matches'
  return [
    changes(check, 'not-applicable', 'fail'),
    changesIf('fresh.value-given', 'not-checked', 'not-applicable'),
    // Other evidence of the case has no such field, or one for something else.
    ...(of === 'nonce' ? [] : [{ ...changes(check, 'not-applicable', 'not-checked'), isElsewhere: true as const }]),
  ]
}

/** What a reader expects who sent another value than the one that came back. */
export const ANOTHER_VALUE = 'c04fe1b2a9d37f5286b41e0d9573c8aa'

/** Writes presets for evidence of one format: what fails, where it is told, what is done, and every check that comes out differently. */
export const presetsOf =
  (format: string) =>
  (
    failure: LabClass,
    source: LabPreset['source'],
    deed: LabDeed,
    declared: readonly LabChange[],
    needs?: LabPreset['needs'],
  ): LabPreset => ({ failure, format, source, deed, changes: declared, ...(needs === undefined ? {} : { needs }) })

/** A deed whose one file the attester signs anew, in a case that is this sample. */
export const signsAnew = (sample: string, name: string, make: () => Promise<Uint8Array>): LabDeed => ({
  kind: 'remake',
  of: [sample],
  make: async () => [{ name, bytes: await make() }],
})

/** A deed that writes zeros over the first bytes of a field. */
export const zeroes = (path: string, bytes: number): LabDeed => ({
  kind: 'bytes',
  moves: [{ kind: 'write', path, hex: '00'.repeat(bytes) }],
})

/** A deed that writes s of a signature in its other form. */
export const negates = (path: string, offset: number, curve: keyof typeof CURVE_ORDER): LabDeed => ({
  kind: 'bytes',
  moves: [{ kind: 'negate', path, offset, order: CURVE_ORDER[curve] }],
})
