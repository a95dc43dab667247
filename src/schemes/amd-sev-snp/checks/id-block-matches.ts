import type { CheckDefinition } from '../../../core/scheme.ts'
import type { Cite } from '../../../core/verdict.ts'
import type { HeldBlock } from '../id-block.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { ABI, citesOf, withReport } from './shared.ts'

const whole = ({ item }: Pick<HeldBlock, 'item'>): Cite => ({
  artifact: item.artifact,
  path: '',
  ranges: [{ space: item.slice.space, start: item.slice.start, end: item.slice.end }],
})

/** Does the report show what the ID block beside it asks for? The firmware starts no guest whose block differs; a difference says that the two do not belong together, so this is a note. */
export const idBlockMatches: CheckDefinition<PreparedReport> = {
  id: 'snp.id-block-matches',
  layer: 8,
  weight: 'notes',
  dependsOn: [],
  spec: ABI('8.18, SNP_LAUNCH_FINISH, ID block'),
  applies: ({ launch }) => launch.block !== undefined,
  run: withReport((_report, prepared) => {
    const { block } = prepared.launch
    if (!block) return finding('not-applicable', 'check.not-applicable', [])
    const differing = block.fields.filter((field) => !field.equal)
    const shown = differing.length > 0 ? differing : block.fields
    const cites = [...citesOf(prepared, ...shown.map((field) => field.report)), whole(block)]
    const values = {
      found: shown.map((field) => `${field.name} ${field.found}`).join('\n'),
      expected: shown.map((field) => `${field.name} ${field.expected}`).join('\n'),
    }
    return differing.length > 0
      ? finding('fail', 'snp.id-block-differs', cites, {
          params: { name: block.item.name, names: differing.map((field) => field.name).join(', ') },
          ...values,
        })
      : finding('pass', 'snp.id-block-matches.holds', cites, { params: { name: block.item.name }, ...values })
  }),
}
