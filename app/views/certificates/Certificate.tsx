import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { FieldNode } from '../../../src/core/field.ts'
import type { TrustNode } from '../../../src/core/verdict.ts'
import type { CertificateView } from '../../../src/engine/protocol.ts'
import { FieldTree } from '../../bytes/FieldTree.tsx'
import { readerOf, spacesOf } from '../../bytes/spaces.ts'
import { openAtFirst, rowsOf } from '../../bytes/tree.ts'
import { useCase } from '../../case/context.tsx'
import { PlaceLink } from '../../case/PlaceLink.tsx'
import { pointerText } from '../../case/selection.ts'
import { rangeText } from '../../text/numbers.ts'
import { instantOf } from '../../text/time.ts'
import { useWords } from '../../text/speech.tsx'
import { Lines } from '../../ui/Lines.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Say } from '../../ui/Say.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './certificates.module.css'
import { certificateWords } from './words.ts'

const NOTHING_MORE = new Map<string, readonly FieldNode[]>()

/** One certificate of the chain: closed a line, opened everything it says. */
export function Certificate({ node, issuer, isRoot }: { readonly node: TrustNode; readonly issuer: TrustNode | undefined; readonly isRoot: boolean }) {
  const w = useWords(certificateWords)
  const { at } = useCase()
  const [isOpen, setOpen] = useState(false)
  const from = instantOf(node.from ?? null)
  const to = instantOf(node.to ?? null)
  const isOut = (from !== null && at < from) || (to !== null && at > to)
  return (
    <details className={styles.certificate} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className={styles.name}>{isRoot && <i className={styles.anchor} aria-hidden="true" />}{node.name === undefined ? <Say saying={node.title} /> : <Untrusted text={node.name} />}</span>
        <span className={styles.what}><Say saying={node.title} /></span>
        <span className={styles.dates}>{node.from !== undefined && node.to !== undefined && w('validity', { from: node.from.slice(0, 10), to: node.to.slice(0, 10) })}{isOut && <small>{w('atUntrue')}</small>}</span>
        <svg viewBox="0 0 9 9" aria-hidden="true" className={styles.twist}><path d="M2.5 1l4 3.5-4 3.5" fill="none" stroke="currentColor" strokeWidth="1.4" /></svg>
      </summary>
      {isOpen && <Opened node={node} issuer={issuer} />}
    </details>
  )
}

function Opened({ node, issuer }: { readonly node: TrustNode; readonly issuer: TrustNode | undefined }) {
  const w = useWords(certificateWords)
  const { engine, key, case: one } = useCase()
  const place = node.certificate
  const query = useQuery({
    queryKey: ['certificate', key, place, issuer?.certificate],
    queryFn: () => (place ? engine.certificate(key, one.files, place, issuer?.certificate) : null),
  })
  if (query.error) return <p className={styles.wait}>{w('failed', { message: query.error.message })}</p>
  if (query.isPending) return <p className={styles.wait} role="status">{w('loading')}</p>
  if (!place) return <p className={styles.wait}>{w('pinnedOnly')}</p>
  if (!query.data) return <p className={styles.wait}>{w('unreadable')}</p>
  return <Contents view={query.data} artifact={place.artifact} range={place.range} />
}

function Contents({ view, artifact, range }: { readonly view: CertificateView; readonly artifact: number; readonly range: { readonly space: string; readonly start: number; readonly end: number } }) {
  const w = useWords(certificateWords)
  const { inspection } = useCase()
  const [open, setOpen] = useState<ReadonlySet<string>>(() => openAtFirst(view.tree, 24))
  const [selected, setSelected] = useState<FieldNode | undefined>()
  const rows = useMemo(() => rowsOf(view.tree, open, NOTHING_MORE), [view.tree, open])
  const file = inspection.artifacts.find((candidate) => candidate.index === artifact)?.file ?? 0
  const read = useMemo(() => readerOf(spacesOf(inspection, file)), [inspection, file])
  const opinion = view.secondOpinion
  return (
    <div className={styles.contents}>
      <dl className={styles.facts}>
        <dt>{w('subject')}</dt><dd><Untrusted text={view.subject} /></dd>
        <dt>{w('issuer')}</dt><dd><Untrusted text={view.issuer} /></dd>
        <dt>{w('sha256')}</dt><dd><code>{view.sha256}</code></dd>
        <dt>{w('spki')}</dt><dd><code>{view.spkiSha256}</code></dd>
        <dt>{w('bytes')}</dt><dd><PlaceLink to={{ panel: 'fields', field: pointerText(artifact, null, range) }}><code>{rangeText(range.start, range.end)}</code></PlaceLink></dd>
      </dl>
      <FieldTree
        rows={rows} label={view.subject} selected={selected} hovered={undefined} read={read} onSelect={setSelected} onMore={() => undefined} tallest={28}
        onToggle={(toggled, isOpen) => setOpen((before) => { const after = new Set(before); if (isOpen) after.add(toggled.path); else after.delete(toggled.path); return after })}
      />
      <section className={styles.second}>
        <h4>{w('second')}</h4>
        <p className={styles.opinion}><Mark state={opinion.signature === 'agrees' ? 'holds' : opinion.signature === 'disagrees' ? 'fails' : 'not-checked'} /> <span>{opinion.library} {w(opinion.signature)}{opinion.note !== '' && <>: <Untrusted text={opinion.note} /></>}</span></p>
        <p className={styles.secondWhy}>{w('secondWhy', { library: opinion.library })}</p>
        {opinion.extensions.length > 0 && (
          <>
            <h5>{w('extensions')}</h5>
            <dl className={styles.facts}>
              {opinion.extensions.map((extension) => <div key={extension.oid}><dt><Untrusted text={extension.name === '' ? extension.oid : extension.name} isPlain />{extension.critical && ` (${w('critical')})`}</dt><dd><Lines lines={extension.lines} /></dd></div>)}
            </dl>
          </>
        )}
      </section>
    </div>
  )
}
