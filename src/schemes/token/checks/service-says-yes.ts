import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { member, parseJson, textOf } from '../../../bytes/json.ts'
import { sliceOf } from '../../../core/place.ts'
import { claim, textClaim, type Token } from '../decoded.ts'
import { appraisalsOf } from '../ear.ts'
import type { PreparedToken } from '../prepare.ts'
import { AR4SI } from './shared.ts'

/** The service's own verdicts, worst first. Only a "no" or a "but" moves anything: its "yes" raises nothing. */
function verdicts(token: Token): { readonly word: string; readonly rank: 'no' | 'but' | 'yes' | 'open' }[] {
  const reports = claim(token, 'evaluation-reports')
  const tier = (value: number | undefined) =>
    value === 96 ? 'no' : value === 32 ? 'but' : value === 2 ? 'yes' : 'open'
  const compliance =
    textClaim(token, 'x-ms-isolation-tee.x-ms-compliance-status') ?? textClaim(token, 'x-ms-compliance-status')
  return [
    ...appraisalsOf(token).map(
      (one) => ({ word: `${one.name} ${one.status ?? ''}`.trim(), rank: tier(one.tier) }) as const,
    ),
    ...(reports?.kind === 'array' ? reports.items.slice(0, 32) : []).flatMap((report) => {
      const text = textOf(member(report, 'evaluation-result'))
      const allow =
        text === undefined ? undefined : member(parseJson(sliceOf('', new TextEncoder().encode(text))).value, 'allow')
      return allow?.kind === 'bool'
        ? [{ word: `allow: ${allow.value}`, rank: allow.value ? ('yes' as const) : ('no' as const) }]
        : []
    }),
    ...(compliance
      ? [
          {
            word: compliance.value,
            rank: compliance.value === 'azure-compliant-cvm' ? ('yes' as const) : ('no' as const),
          },
        ]
      : []),
  ]
}

export const serviceSaysYes: CheckDefinition<PreparedToken> = {
  id: 'jwt.service-does-not-refuse',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: AR4SI,
  applies: ({ token }) => verdicts(token).length > 0,
  run({ token }) {
    const all = verdicts(token)
    const found = all
      .map((one) => one.word)
      .join('\n')
      .slice(0, 500)
    const worst = all.find((one) => one.rank === 'no') ?? all.find((one) => one.rank === 'but')
    if (worst?.rank === 'no')
      return {
        outcome: 'fail',
        because: say('jwt.service-says-no', { word: worst.word.slice(0, 100) }),
        cites: [],
        found,
      }
    if (worst)
      return {
        outcome: 'warn',
        because: say('jwt.service-warns', { word: worst.word.slice(0, 100) }),
        cites: [],
        found,
      }
    return { outcome: 'pass', because: say('jwt.service-does-not-refuse.holds'), cites: [], found }
  },
}
