import type { AppraisalView, StatementView } from '../../../src/engine/api.ts'
import type { Policy } from '../../../src/core/policy.ts'
import type { Facts } from '../../../src/core/scheme.ts'
import type { MarkState } from '../../ui/Mark.tsx'

/** What one register of the evidence should be, by each voice. */
export interface VoiceRow {
  readonly name: string
  /** Lower-case hex, as signed. */
  readonly value: string
  readonly you: boolean
  /** Statements that name it with this value, with the entry that they say it in. */
  readonly statements: readonly {
    readonly view: StatementView
    readonly group: string | null
    readonly counts: boolean
  }[]
  /** Files beside the evidence whose digest it is, by name. */
  readonly files: readonly string[]
  readonly isSaid: boolean
  readonly state: MarkState
}

const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** One row a register that identifies the software, and every other that somebody speaks of. */
export function voicesOf(facts: Facts, subject: number, appraisal: AppraisalView, policy: Policy): VoiceRow[] {
  const typed = new Map(Object.entries(policy.registers ?? {}).map(([name, values]) => [name.toLowerCase(), values]))
  const ties = appraisal.statements.flatMap((view) =>
    view.ties.filter((tie) => tie.subject === subject && tie.fit === 'matches').map((tie) => ({ view, tie })),
  )
  const measured = appraisal.checks.filter(
    (check) => check.subject === subject && check.id === 'software.file-is-measured' && check.outcome === 'pass',
  )
  return facts.measurements.flatMap((register): VoiceRow[] => {
    if (register.ofInstance === true) return []
    const value = hexOf(register.value.value)
    const own = typed.get(register.name.toLowerCase())
    const isYours = own?.some((one) => one.toLowerCase() === value) === true
    const statements = ties.flatMap(({ view, tie }) =>
      tie.matches.some((match) => match.register === register.name && match.isEqual)
        ? [{ view, group: tie.group, counts: tie.counts }]
        : [],
    )
    const files = measured.flatMap(({ because: { params } }) =>
      params['register'] === register.name ? [String(params['file'] ?? '')] : [],
    )
    const isSaid = isYours || statements.length > 0
    if (!register.identity && !isSaid && files.length === 0 && own === undefined) return []
    const isCounted = isYours || statements.some(({ counts }) => counts)
    return [
      {
        name: register.name,
        value,
        you: own !== undefined,
        statements,
        files,
        isSaid,
        state: own !== undefined && !isYours ? 'fails' : isCounted ? 'holds' : 'not-checked',
      },
    ]
  })
}
