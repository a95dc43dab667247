import { PlaceLink } from '../../case/PlaceLink.tsx'
import { useCase } from '../../case/context.tsx'
import { pointerText } from '../../case/selection.ts'
import { partsOf } from '../../share/contents.ts'
import { useText, useWords } from '../../text/speech.tsx'
import { Head } from '../../ui/Head.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import { Anchors } from './Anchors.tsx'
import { Ask } from './Ask.tsx'
import styles from './collateral.module.css'
import { Desk } from './Desk.tsx'
import { Known } from './Known.tsx'
import { deskWords } from './desk-words.ts'
import { Editions } from './Editions.tsx'
import { collateralWords } from './words.ts'

/** Something is open, and may be open for another reason than a file that is not here. */
const OPEN: readonly string[] = ['S0', 'S4', 'SE']

/** Needed, here, rejected: each item with where it came from and how long it holds. */
export function Collateral() {
  const w = useWords(collateralWords)
  const d = useWords(deskWords)
  const text = useText()
  const { case: one, appraisal, inspection } = useCase()
  if (!appraisal) return <Head title={w('title')} lead={w('lead')} />
  // As everywhere: what holds the evidence, or what a check cites, is no file without use.
  const unused = partsOf(one.files, inspection, appraisal).filter(({ role }) => role === 'unused')
  const needs =
    appraisal.headline === 'SN' ? 'neededEvidence' : OPEN.includes(appraisal.headline) ? 'neededOpen' : 'neededNone'
  return (
    <>
      <Head title={w('title')} aside={d('aside')} lead={w('lead')} />
      <Ask />
      {appraisal.wishes.length === 0 && <p className={styles.needs}>{w(needs)}</p>}
      <Desk />
      <Editions />
      <p className={styles.drop}>{w('drop')}</p>
      {unused.length > 0 && (
        <section className={styles.section}>
          <h3>{w('unused')}</h3>
          <ul>
            {unused.map(({ file, artifacts: [artifact] }, index) => (
              <li key={file.sha256 + String(index)} className={styles.unused}>
                <PlaceLink to={{ panel: 'fields', field: pointerText(artifact?.index ?? 0, null, null) }}>
                  <Untrusted text={file.name} isPlain />
                </PlaceLink>
                {w('unusedWhy', { title: text(artifact?.title ?? '') ?? artifact?.title ?? '' })}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Known />
      <Anchors />
    </>
  )
}
