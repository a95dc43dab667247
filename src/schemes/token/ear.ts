import { member, type JsonValue } from '../../bytes/json.ts'
import { claim, type Token } from './decoded.ts'
import { scalarText } from './json-path.ts'

/** Tiers of AR4SI, with the numbers that a status may be given as. */
const TIERS: Readonly<Record<string, number>> = {
  none: 0,
  affirming: 2,
  warning: 32,
  contraindicated: 96,
  '0': 0,
  '2': 2,
  '32': 32,
  '96': 96,
}

/** Band of a vector entry: none −1..1, affirming 2..31, warning 32..95, contraindicated 96..127. */
export function bandOf(value: number): number {
  if (value >= 96) return 96
  if (value >= 32) return 32
  return value >= 2 ? 2 : 0
}

/** One appraisal: of the whole, or of a submodule. */
export interface EarAppraisal {
  readonly name: string
  readonly value: JsonValue
  readonly status: string | undefined
  /** Undefined for a status that is none of AR4SI's. */
  readonly tier: number | undefined
  readonly vector: readonly { readonly name: string; readonly value: number }[]
}

function appraisalOf(name: string, value: JsonValue): EarAppraisal[] {
  const status = scalarText(member(value, 'ear.status'))
  if (status === undefined) return []
  const vector = member(value, 'ear.trustworthiness-vector')
  const entries = vector?.kind === 'object' ? vector.members : []
  return [
    {
      name,
      value,
      status,
      tier: Object.hasOwn(TIERS, status) ? TIERS[status] : undefined,
      vector: entries
        .slice(0, 32)
        .flatMap((one) => (one.value.kind === 'number' ? [{ name: one.key, value: Number(one.value.text) }] : [])),
    },
  ]
}

/** Every appraisal that the token holds. */
export function appraisalsOf(token: Token): EarAppraisal[] {
  const root = token.payload?.value
  const parts = claim(token, 'submods')
  return [
    ...(root ? appraisalOf('', root) : []),
    ...(parts?.kind === 'object' ? parts.members.slice(0, 64).flatMap((one) => appraisalOf(one.key, one.value)) : []),
  ]
}
