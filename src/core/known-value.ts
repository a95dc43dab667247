/**
 * A value that somebody has a name for. It is shown as *known as …, according to …* beside the field, and decides nothing: an unknown value is not worse,
 * a known one not better.
 */
export interface KnownValue {
  /** Label of the field, as the specification prints it. */
  readonly label: string
  /** The whole of its bytes as lower-case hex; a group, where there is one, is the part that is shown. */
  readonly value: RegExp
  /** A proper noun, in nobody's language. */
  readonly name: string
  /** `published`: its maker says so. `observed`: seen in other evidence that is genuine. `derived`: the number itself says so. */
  readonly basis: 'published' | 'observed' | 'derived'
  /** Who says it. */
  readonly according: string
  /** Where. */
  readonly source: string
  /** When that was looked at, `2026-11-29`. */
  readonly date: string
}
