import type { Examined } from '../../../src/engine/examine.ts'
import { useCase } from '../../case/context.tsx'
import { useText, useWords } from '../../text/speech.tsx'
import { Head } from '../../ui/Head.tsx'
import { markOf, Outcome } from '../../ui/Mark.tsx'
import { Say, Template } from '../../ui/Say.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './verdict.module.css'
import { verdictWords } from './words.ts'

/** Supporting files without evidence: whose they are, and whether they are whole. */
export function ByThemselves({ examined }: { readonly examined: readonly Examined[] }) {
  const w = useWords(verdictWords)
  return (
    <>
      <Head title={w('title')} lead={w('alone')} />
      {examined.map((one) => (
        <Standing key={one.artifact} one={one} />
      ))}
    </>
  )
}

function Standing({ one }: { readonly one: Examined }) {
  const w = useWords(verdictWords)
  const text = useText()
  const { inspection } = useCase()
  const artifact = inspection.artifacts.find(({ index }) => index === one.artifact)
  const { root } = one
  return (
    <section className={styles.group}>
      <div className={styles.groupHead}>
        <h3>
          <Untrusted text={artifact?.name ?? ''} isPlain />
        </h3>
        <span>{artifact && (text(artifact.title) ?? artifact.title)}</span>
      </div>
      {root && (
        <p className={styles.idle}>
          {w('aloneRoot')} <b>{w(`root-${root.status}`)}</b>
          {root.status !== 'none' && root.holder !== '' && (
            <>
              {w('aloneComma')}
              <Untrusted text={text(`root.holder.${root.holder}`) ?? root.holder} isPlain />
            </>
          )}
        </p>
      )}
      <ul className={styles.alone}>
        {one.findings.map((finding) => (
          <li key={finding.id} data-outcome={finding.outcome}>
            <Outcome state={markOf(finding.outcome)} />
            <span>
              <Say saying={finding.because} />
              {finding.outcome === 'not-checked' && <Question id={finding.id} />}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What was to be asked, where there is no answer. */
function Question({ id }: { readonly id: string }) {
  const question = useText()(`${id}.question`)
  return question === undefined ? null : (
    <small>
      <Template text={question} />
    </small>
  )
}
