import { rangeOf } from '../../../core/place.ts'
import { say, type Saying } from '../../../core/saying.ts'
import type { CrlStanding } from '../../../pki/types.ts'
import { NODE } from '../nodes.ts'
import type { PreparedQuote } from '../prepare.ts'
import type { ListStanding } from '../work.ts'
import { citedList, SPEC, usedLists, type QuoteCheck } from './shared.ts'

interface ListCheck {
  readonly id: string
  readonly of: 'pck-crl' | 'root-crl'
  readonly node: string
  readonly signer: (prepared: PreparedQuote) => string
  readonly remedy: string
  readonly applies?: QuoteCheck['applies']
}

/**
 * Whether a list was signed by the one whose list it claims to be. What stands in it, and how old it is, are other questions: a list that revokes
 * something is as genuine as one that does not. Notes only: the check of what is listed carries the answer.
 */
export function listAuthentic({ id, of, node, signer, remedy, applies }: ListCheck): QuoteCheck {
  return {
    id,
    layer: 5,
    answer: 'genuine',
    weight: 'notes',
    dependsOn: [],
    spec: SPEC.x509('6.3.3'),
    ...(applies ? { applies } : {}),
    run(prepared) {
      const lists = prepared.lists.flatMap((one): (ListStanding & { standing: CrlStanding })[] =>
        one.of === of && one.standing ? [{ ...one, standing: one.standing }] : [],
      )
      const edge = { from: signer(prepared), to: node, by: 'signature' as const }
      const authentic = lists.filter((one) => one.standing.authentic === 'authentic')
      const [first] = authentic
      if (first) {
        const standings = authentic.map((one) => one.standing)
        const covers = authentic.map(({ source }) => ({
          artifact: source.item.artifact,
          range: rangeOf(source.value.slice),
          by: 'collateral' as const,
        }))
        return {
          outcome: 'pass',
          because: say(`${id}.holds`, { issuer: first.source.value.issuer.commonName }),
          cites: standings.flatMap((one) => citedList(prepared, one)),
          uses: usedLists(prepared, ...standings),
          covers,
          proves: [edge],
        }
      }
      const bad = lists.find((one) => one.standing.authentic === 'rejected') ?? lists[0]
      if (!bad)
        return {
          outcome: 'not-checked',
          because: missing(prepared, of),
          cites: [],
          proves: [edge],
          remedy: say(remedy),
        }
      const outcome =
        bad.standing.authentic === 'rejected'
          ? ('fail' as const)
          : bad.standing.authentic === 'unsupported'
            ? ('unsupported' as const)
            : ('not-checked' as const)
      return {
        outcome,
        because: bad.standing.because,
        cites: citedList(prepared, bad.standing),
        uses: usedLists(prepared, bad.standing),
        proves: [edge],
        remedy: say(remedy),
      }
    },
  }
}

function missing({ chain }: PreparedQuote, of: ListCheck['of']): Saying {
  const issuer = of === 'root-crl' ? chain.root : chain.issuer
  return issuer ? say('revocation.missing', { issuer: issuer.subject.commonName }) : say('revocation.no-issuer')
}

/** Who signs the list that the PCK certificate would stand in. */
export const pckListSigner = ({ chain }: PreparedQuote): string => (chain.intermediate ? NODE.ca : NODE.root)
