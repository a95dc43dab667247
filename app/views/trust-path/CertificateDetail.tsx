import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type { ByteRange } from '../../../src/core/place.ts'
import type { FieldNode } from '../../../src/core/field.ts'
import { FieldTree } from '../../bytes/FieldTree.tsx'
import { openAtFirst, rowsOf } from '../../bytes/tree.ts'
import { useCase } from '../../case/context.tsx'
import { Waiting } from '../../case/Waiting.tsx'
import { bilingual } from '../../text/say.ts'
import { useWords } from '../../text/speech.tsx'
import { Outcome, type MarkState } from '../../ui/Mark.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './certificate.module.css'

/** Certificate bytes within the case. */
export interface Place { readonly artifact: number; readonly range: ByteRange }

const words = bilingual(
  {
    loading: 'Opening the certificate…', none: 'Those bytes are no certificate.', failed: 'The certificate could not be opened in this page.',
    subject: 'Subject', issuer: 'Issuer', sha256: 'SHA-256', key: 'Key SHA-256', fields: 'Fields of the certificate',
    second: 'Second opinion', by: 'by {library}, an independent library. It decides nothing here.', note: 'In its own words', extensions: 'Extensions as it reads them', critical: 'critical',
    agrees: 'Verifies the signature too', disagrees: 'Does not verify the signature', 'not-checked': 'Did not check the signature',
  },
  {
    loading: '正在打开证书…', none: '这些字节不是证书。', failed: '本页未能打开该证书。',
    subject: '使用者', issuer: '颁发者', sha256: 'SHA-256 指纹', key: '公钥 SHA-256', fields: '证书的字段',
    second: '另一种意见', by: '来自独立的库 {library}，在此不作决定。', note: '原话', extensions: '它所读出的扩展', critical: '关键',
    agrees: '同样验证了该签名', disagrees: '未能验证该签名', 'not-checked': '没有检查该签名',
  },
)

const OPINION: Readonly<Record<'agrees' | 'disagrees' | 'not-checked', MarkState>> = { agrees: 'holds', disagrees: 'fails', 'not-checked': 'not-checked' }

/** A certificate opened where it stands in the path: all its fields, and what an independent library says about it. */
export function CertificateDetail({ place, issuer }: { readonly place: Place; readonly issuer: Place | undefined }) {
  const w = useWords(words)
  const { case: one, key, engine } = useCase()
  const { data, error } = useQuery({ queryKey: ['certificate', key, place, issuer ?? null], queryFn: () => engine.certificate(key, one.files, place, issuer) })
  if (error) return <p className={styles.note}>{w('failed')}</p>
  if (data === undefined) return <Waiting text={w('loading')} onCancel={() => engine.cancel()} />
  if (data === null) return <p className={styles.note}>{w('none')}</p>
  const opinion = data.secondOpinion
  return (
    <div className={styles.certificate}>
      <dl className={styles.facts}>
        <dt>{w('subject')}</dt><dd><Untrusted text={data.subject} /></dd>
        <dt>{w('issuer')}</dt><dd><Untrusted text={data.issuer} /></dd>
        <dt>{w('sha256')}</dt><dd className={styles.hash}>{data.sha256}</dd>
        <dt>{w('key')}</dt><dd className={styles.hash}>{data.spkiSha256}</dd>
      </dl>
      <Fields tree={data.tree} label={w('fields')} file={place.artifact} />
      <div className={styles.second}>
        <h4>{w('second')} <Outcome state={OPINION[opinion.signature]} word={w(opinion.signature)} /></h4>
        <p>{w('by', { library: opinion.library })}</p>
        {opinion.note !== '' && <p>{w('note')}: <span lang="en"><Untrusted text={opinion.note} /></span></p>}
        {opinion.extensions.length > 0 && (
          <details>
            <summary>{w('extensions')} ({opinion.extensions.length})</summary>
            <dl className={styles.facts}>
              {opinion.extensions.map((extension, index) => (
                <div key={index} className={styles.extension}>
                  <dt><Untrusted text={extension.name || extension.oid} isPlain />{extension.critical && <small> {w('critical')}</small>}</dt>
                  <dd lang="en"><Untrusted text={extension.text} /></dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </div>
    </div>
  )
}

function Fields({ tree, label, file }: { readonly tree: FieldNode; readonly label: string; readonly file: number }) {
  const { inspection } = useCase()
  const [open, setOpen] = useState<ReadonlySet<string>>(() => openAtFirst(tree, 40))
  const [selected, select] = useState<FieldNode>()
  const rows = useMemo(() => rowsOf(tree, open, new Map()), [tree, open])
  const index = inspection.artifacts.find((one) => one.index === file)?.file
  const read = useCallback((range: ByteRange) => inspection.spaces.find((entry) => entry.file === index && entry.space.id === range.space)?.space.bytes.subarray(range.start, range.end) ?? new Uint8Array(), [inspection, index])
  const toggle = (node: FieldNode, isOpen: boolean) => {
    const next = new Set(open)
    if (isOpen) next.add(node.path)
    else next.delete(node.path)
    setOpen(next)
  }
  return <FieldTree rows={rows} label={label} selected={selected} hovered={undefined} read={read} onSelect={select} onToggle={toggle} onMore={() => undefined} tallest={28} />
}
