import { useState } from 'react'
import type { TrustNode } from '../../../src/core/verdict.ts'
import { OpenCertificate } from '../../certificate/OpenCertificate.tsx'
import { useCase } from '../../case/context.tsx'
import { instantOf } from '../../text/time.ts'
import { useWords } from '../../text/speech.tsx'
import { Say } from '../../ui/Say.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './certificates.module.css'
import { certificatesWords } from './words.ts'

/** One certificate of the chain: closed a line, opened everything it says. */
export function Certificate({
  node,
  issuer,
  isRoot,
}: {
  readonly node: TrustNode
  readonly issuer: TrustNode | undefined
  readonly isRoot: boolean
}) {
  const w = useWords(certificatesWords)
  const { at } = useCase()
  const [isOpen, setOpen] = useState(false)
  const from = instantOf(node.from ?? null)
  const to = instantOf(node.to ?? null)
  const isOut = (from !== null && at < from) || (to !== null && at > to)
  return (
    <details className={styles.certificate} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className={styles.name}>
          {isRoot && <i className={styles.anchor} aria-hidden="true" />}
          {node.name === undefined ? <Say saying={node.title} /> : <Untrusted text={node.name} />}
        </span>
        <span className={styles.what}>
          <Say saying={node.title} />
        </span>
        <span className={styles.dates}>
          {node.from !== undefined &&
            node.to !== undefined &&
            w('validity', { from: node.from.slice(0, 10), to: node.to.slice(0, 10) })}
          {isOut && <small>{w('atUntrue')}</small>}
        </span>
        <svg viewBox="0 0 9 9" aria-hidden="true" className={styles.twist}>
          <path d="M2.5 1l4 3.5-4 3.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
        </svg>
      </summary>
      {isOpen && <Opened node={node} issuer={issuer} />}
    </details>
  )
}

function Opened({ node, issuer }: { readonly node: TrustNode; readonly issuer: TrustNode | undefined }) {
  const w = useWords(certificatesWords)
  return node.certificate ? (
    <OpenCertificate place={node.certificate} issuer={issuer?.certificate} />
  ) : (
    <p className={styles.wait}>{w('pinnedOnly')}</p>
  )
}
