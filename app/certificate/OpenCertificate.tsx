import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { FieldNode } from '../../src/core/field.ts'
import type { CertificateView } from '../../src/engine/protocol.ts'
import { FieldTree } from '../bytes/FieldTree.tsx'
import { readerOf, spacesOf } from '../bytes/spaces.ts'
import { openAtFirst, rowsOf } from '../bytes/tree.ts'
import { useCase } from '../case/context.tsx'
import { PlaceLink } from '../case/PlaceLink.tsx'
import { pointerText } from '../case/selection.ts'
import { Waiting } from '../case/Waiting.tsx'
import { rangeText } from '../text/numbers.ts'
import { useWords } from '../text/speech.tsx'
import { Lines } from '../ui/Lines.tsx'
import { Mark } from '../ui/Mark.tsx'
import { Untrusted } from '../ui/Untrusted.tsx'
import type { CertificatePlace } from '../worker/client.ts'
import styles from './certificate.module.css'
import { certificateWords } from './words.ts'

const NOTHING_MORE = new Map<string, readonly FieldNode[]>()

/** A certificate opened where it stands: all its fields, its bytes, and what an independent library says about it. */
export function OpenCertificate({
  place,
  issuer,
}: {
  readonly place: CertificatePlace
  readonly issuer: CertificatePlace | undefined
}) {
  const w = useWords(certificateWords)
  const { engine, key, case: one } = useCase()
  const { data, error } = useQuery({
    queryKey: ['certificate', key, place, issuer ?? null],
    queryFn: () => engine.certificate(key, one.files, place, issuer),
  })
  if (error) return <p className={styles.wait}>{w('failed', { message: error.message })}</p>
  if (data === undefined) return <Waiting text={w('loading')} onCancel={() => engine.cancel()} />
  if (data === null) return <p className={styles.wait}>{w('unreadable')}</p>
  return <Contents view={data} artifact={place.artifact} range={place.range} />
}

function Contents({ view, artifact, range }: { readonly view: CertificateView } & CertificatePlace) {
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
        <dt>{w('subject')}</dt>
        <dd>
          <Untrusted text={view.subject} />
        </dd>
        <dt>{w('issuer')}</dt>
        <dd>
          <Untrusted text={view.issuer} />
        </dd>
        <dt>{w('sha256')}</dt>
        <dd>
          <code>{view.sha256}</code>
        </dd>
        <dt>{w('spki')}</dt>
        <dd>
          <code>{view.spkiSha256}</code>
        </dd>
        <dt>{w('bytes')}</dt>
        <dd>
          <PlaceLink to={{ panel: 'fields', field: pointerText(artifact, null, range) }}>
            <code>{rangeText(range.start, range.end)}</code>
          </PlaceLink>
        </dd>
      </dl>
      <FieldTree
        rows={rows}
        label={view.subject}
        selected={selected}
        hovered={undefined}
        read={read}
        onSelect={setSelected}
        onMore={() => undefined}
        tallest={28}
        onToggle={(toggled, isOpen) =>
          setOpen((before) => {
            const after = new Set(before)
            if (isOpen) after.add(toggled.path)
            else after.delete(toggled.path)
            return after
          })
        }
      />
      <section className={styles.second}>
        <h4>{w('second')}</h4>
        <p className={styles.opinion}>
          <Mark
            state={
              opinion.signature === 'agrees' ? 'holds' : opinion.signature === 'disagrees' ? 'fails' : 'not-checked'
            }
          />{' '}
          <span>
            {opinion.library} {w(opinion.signature)}
            {opinion.note !== '' && (
              <>
                : <Untrusted text={opinion.note} />
              </>
            )}
          </span>
        </p>
        <p className={styles.secondWhy}>{w('secondWhy', { library: opinion.library })}</p>
        {opinion.extensions.length > 0 && (
          <>
            <h5>{w('extensions')}</h5>
            <dl className={styles.facts}>
              {opinion.extensions.map((extension) => (
                <div key={extension.oid}>
                  <dt>
                    <Untrusted text={extension.name === '' ? extension.oid : extension.name} isPlain />
                    {extension.critical && ` (${w('critical')})`}
                  </dt>
                  <dd>
                    <Lines lines={extension.lines} />
                  </dd>
                </div>
              ))}
            </dl>
          </>
        )}
      </section>
    </div>
  )
}
