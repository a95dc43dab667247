import type { CheckResult, Outcome as OutcomeName, TrustNode } from '../../../src/core/verdict.ts'
import { useCase } from '../../case/context.tsx'
import { useSay, useWords } from '../../text/speech.tsx'
import { markOf, Outcome } from '../../ui/Mark.tsx'
import { Head } from '../../ui/Head.tsx'
import { Certificate } from './Certificate.tsx'
import styles from './certificates.module.css'
import { certificatesWords } from './words.ts'

interface Link {
  readonly from: string
  readonly to: string
  readonly outcome: OutcomeName
  readonly check: string
}

/** Signature edges that checks proved or disproved. */
function linksOf(checks: readonly CheckResult[]): Link[] {
  return checks.flatMap((check) =>
    (check.proves ?? [])
      .filter((edge) => edge.by === 'signature')
      .map((edge) => ({ from: edge.from, to: edge.to, outcome: edge.outcome ?? check.outcome, check: check.id })),
  )
}

/** Certificates from the root down, as the checks tie them together. */
export function Certificates() {
  const w = useWords(certificatesWords)
  const say = useSay()
  const { appraisal, subject } = useCase()
  if (!appraisal || !subject) return <Head title={w('title')} />
  // What the path would have and the case does not is drawn there; here it would be a card with nothing in it.
  const nodes = subject.nodes.filter(
    (node) =>
      node.kind === 'root' ||
      (node.isAbsent !== true && (node.certificate !== undefined || node.kind === 'certificate')),
  )
  const links = linksOf(appraisal.checks.filter((check) => check.subject === subject.index)).filter(
    (link) => nodes.some((node) => node.id === link.from) && nodes.some((node) => node.id === link.to),
  )
  const chains = chainsOf(nodes, links)
  return (
    <>
      <Head title={w('title')} lead={nodes.length === 0 ? w('none') : w('lead')} />
      {chains.map((chain, index) => (
        <section key={chain[0]?.node.id ?? index} className={styles.chain}>
          <h3>{chain.length > 1 ? w('chain') : w('alone')}</h3>
          <ol>
            {chain.map(({ node, link }) => {
              const issuer = chain.find((step) => step.node.id === link?.from)?.node
              return (
                <li key={node.id} className={styles.node}>
                  {link && (
                    <p className={styles.edge}>
                      <span aria-hidden="true">↓</span>{' '}
                      <span>{w('signs', { name: issuer?.name ?? (issuer ? say(issuer.title) : '') })}</span>{' '}
                      <Outcome state={markOf(link.outcome)} />
                    </p>
                  )}
                  <Certificate node={node} issuer={issuer} isRoot={node.kind === 'root'} />
                </li>
              )
            })}
          </ol>
        </section>
      ))}
    </>
  )
}

interface Step {
  readonly node: TrustNode
  readonly link: Link | undefined
}

/** Follows the links from every certificate that nothing signs. Each is drawn once; a cycle ends where it began. */
function chainsOf(nodes: readonly TrustNode[], links: readonly Link[]): Step[][] {
  const drawn = new Set<string>()
  const follow = (node: TrustNode, link: Link | undefined): Step[] => {
    if (drawn.has(node.id)) return []
    drawn.add(node.id)
    const next = links.filter((one) => one.from === node.id && one.to !== node.id && !drawn.has(one.to))
    return [
      { node, link },
      ...next.flatMap((one) => {
        const target = nodes.find((candidate) => candidate.id === one.to)
        return target ? follow(target, one) : []
      }),
    ]
  }
  const tops = nodes.filter((node) => !links.some((link) => link.to === node.id && link.from !== node.id))
  const chains = [...tops, ...nodes].map((node) => follow(node, undefined)).filter((chain) => chain.length > 0)
  return chains.sort((a, b) => b.length - a.length)
}
