import { useState } from 'react'
import type { CheckResult, Cite } from '../../../src/core/verdict.ts'
import { OpenCertificate } from '../../certificate/OpenCertificate.tsx'
import { ByteExcerpt } from '../../case/ByteExcerpt.tsx'
import { useCase } from '../../case/context.tsx'
import { PlaceLink } from '../../case/PlaceLink.tsx'
import { citePointer } from '../../case/selection.ts'
import { useLocale, useText, useWords } from '../../text/speech.tsx'
import { remaining, utc } from '../../text/time.ts'
import { Button } from '../../ui/Button.tsx'
import { markOf, Outcome } from '../../ui/Mark.tsx'
import { Say, Template } from '../../ui/Say.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import type { CertificatePlace } from '../../worker/client.ts'
import type { Graph, GraphNode, Link } from './graph.ts'
import { byWord, kindWord } from './label.ts'
import styles from './trust-path.module.css'
import { useNames } from './use-names.ts'
import { pathWords } from './words.ts'

interface Props {
  readonly graph: Graph
  readonly picked: string | null
  readonly onPick: (id: string) => void
  readonly onSubject: (index: number) => void
}

/** The selected box or arrow, opened: what was checked, the bytes, the certificate. */
export function Detail(props: Props) {
  const w = useWords(pathWords)
  const { graph, picked } = props
  const node = graph.nodes.find((one) => one.id === picked)
  const link = graph.links.find((one) => one.id === picked)
  return (
    <section className={styles.detail} aria-live="polite">
      {node ? (
        <NodeDetail key={node.id} {...props} node={node} />
      ) : link ? (
        <LinkDetail key={link.id} {...props} link={link} />
      ) : (
        <p className={styles.pick}>{w('pick')}</p>
      )}
    </section>
  )
}

function LinkDetail({ graph, link, onPick }: Props & { readonly link: Link }) {
  const w = useWords(pathWords)
  const names = useNames()
  const end = (id: string) => {
    const node = graph.nodes.find((one) => one.id === id)
    return (
      node && (
        <button type="button" className={styles.end} onClick={() => onPick(id)}>
          {names.title(node)}
        </button>
      )
    )
  }
  return (
    <>
      <div className={styles.detailHead}>
        <h3>
          {end(link.from)} <span>{w(byWord(graph, link))}</span> {end(link.to)}
        </h3>
        <Outcome state={markOf(link.outcome)} />
      </div>
      {link.checks.map((check) => (
        <CheckDetail key={`${check.subject} ${check.id}`} check={check} isAlone={link.checks.length === 1} />
      ))}
    </>
  )
}

function CheckDetail({ check, isAlone }: { readonly check: CheckResult; readonly isAlone: boolean }) {
  const w = useWords(pathWords)
  const text = useText()
  const why = text(`${check.id}.why`)
  return (
    <dl className={styles.facts}>
      <dt>{isAlone ? w('check') : <Outcome state={markOf(check.outcome)} />}</dt>
      <dd className={styles.because}>
        <Say saying={check.because} />
      </dd>
      {check.found !== undefined && (
        <>
          <dt>{w('found')}</dt>
          <dd className={styles.value}>
            <Lines text={check.found} />
          </dd>
        </>
      )}
      {check.expected !== undefined && (
        <>
          <dt>{w('expected')}</dt>
          <dd className={styles.value}>
            <Lines text={check.expected} />
          </dd>
        </>
      )}
      {check.cites.length > 0 && (
        <>
          <dt>{w('bytes')}</dt>
          <dd>
            {check.cites.slice(0, 4).map((cite, index) => (
              <CiteBytes key={index} cite={cite} />
            ))}
          </dd>
        </>
      )}
      {why !== undefined && (
        <>
          <dt>{w('why')}</dt>
          <dd className={styles.prose}>
            <Template text={why} />
          </dd>
        </>
      )}
      {check.remedy && (
        <>
          <dt>{w('toDo')}</dt>
          <dd className={styles.prose}>
            <Say saying={check.remedy} />
          </dd>
        </>
      )}
      <dt>{w('reference')}</dt>
      <dd>
        {check.spec.title}
        {check.spec.section === '' ? '' : `, ${check.spec.section}`}
        <span className={styles.open}>
          {' '}
          ·{' '}
          <PlaceLink
            to={{ panel: 'verdict', field: null }}
            then={() => document.getElementById(`check-${check.id}`)?.scrollIntoView({ block: 'center' })}
          >
            {w('openCheck')}
          </PlaceLink>
        </span>
      </dd>
    </dl>
  )
}

/** Several values stand on lines of their own. */
function Lines({ text }: { readonly text: string }) {
  return text.split('\n').map((line, index) => (
    <div key={index}>
      <Untrusted text={line} />
    </div>
  ))
}

function CiteBytes({ cite }: { readonly cite: Cite }) {
  const w = useWords(pathWords)
  return (
    <div className={styles.cite}>
      {cite.ranges.slice(0, 2).map((range, index) => (
        <ByteExcerpt key={index} artifact={cite.artifact} range={range} />
      ))}
      <PlaceLink to={{ panel: 'fields', field: citePointer(cite) }}>{w('openBytes')}</PlaceLink>
    </div>
  )
}

function NodeDetail({ graph, node, onPick, onSubject }: Props & { readonly node: GraphNode }) {
  const w = useWords(pathWords)
  const locale = useLocale()
  const names = useNames()
  const { at } = useCase()
  const [isOpen, setOpen] = useState(false)
  const one = node.node
  const links = graph.links.filter((link) => link.from === node.id || link.to === node.id)
  const name = names.name(node)
  const certificate = one?.certificate
  const ghost = node.ghost
  return (
    <>
      <div className={styles.detailHead}>
        <h3>{names.title(node)}</h3>
        <span className={styles.kindWord}>{w(kindWord(graph, node))}</span>
      </div>
      {ghost?.kind === 'missing' && <p className={styles.pick}>{w('missingWhy')}</p>}
      {ghost?.kind === 'yours' && <p className={styles.pick}>{w('yoursWhy')}</p>}
      {ghost?.kind === 'evidence' && (
        <p className={styles.pick}>
          <Button onClick={() => onSubject(ghost.subject)}>{w('otherEvidence')}</Button>
        </p>
      )}
      <dl className={styles.facts}>
        {name !== null && one?.name !== undefined && (
          <>
            <dt>{w('name')}</dt>
            <dd>
              <Untrusted text={one.name} />
            </dd>
          </>
        )}
        {one?.from !== undefined && one.to !== undefined && (
          <>
            <dt>{w('valid')}</dt>
            <dd>
              {w('validRange', { from: utc(Date.parse(one.from)).date, to: utc(Date.parse(one.to)).date })} (
              {remaining(Date.parse(one.to), at, locale)})
            </dd>
          </>
        )}
        {one?.cite && (
          <>
            <dt>{w('bytes')}</dt>
            <dd>
              <CiteBytes cite={one.cite} />
            </dd>
          </>
        )}
        <dt>{w('steps')}</dt>
        <dd>
          {links.length === 0 && w('noCheck')}
          <ul className={styles.steps}>
            {links.map((link) => {
              const otherId = link.from === node.id ? link.to : link.from
              const other = graph.nodes.find((candidate) => candidate.id === otherId)
              const word = w(byWord(graph, link))
              const title = other ? names.title(other) : otherId
              return (
                <li key={link.id}>
                  <button type="button" className={styles.step} onClick={() => onPick(link.id)}>
                    <Outcome state={markOf(link.outcome)} />{' '}
                    <span>{w(link.from === node.id ? 'outward' : 'inward', { word, title })}</span>
                  </button>
                </li>
              )
            })}
          </ul>
        </dd>
      </dl>
      {certificate && (
        <div className={styles.certificate}>
          <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {w(isOpen ? 'closeCertificate' : 'openCertificate')}
          </Button>
          {isOpen && <OpenCertificate place={certificate} issuer={issuerOf(graph, node)} />}
        </div>
      )}
    </>
  )
}

/** The certificate whose key signed this one, when it is here. */
function issuerOf(graph: Graph, node: GraphNode): CertificatePlace | undefined {
  for (const link of graph.links) {
    if (link.to !== node.id || link.by !== 'signature') continue
    const issuer = graph.nodes.find((one) => one.id === link.from)?.node?.certificate
    if (issuer) return issuer
  }
  return undefined
}
