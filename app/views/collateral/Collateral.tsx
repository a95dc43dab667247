import { PlaceLink } from '../../case/PlaceLink.tsx'
import { useCase } from '../../case/context.tsx'
import { pointerText } from '../../case/selection.ts'
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

/** Needed, here, rejected: each item with where it came from and how long it holds. */
export function Collateral() {
  const w = useWords(collateralWords)
  const d = useWords(deskWords)
  const text = useText()
  const { appraisal, inspection } = useCase()
  if (!appraisal) return <Head title={w('title')} lead={w('lead')} />
  const known = new Set(appraisal.collateral.map((item) => item.artifact))
  const unused = inspection.artifacts.filter(
    (artifact) =>
      artifact.parent === null &&
      artifact.message !== 'evidence' &&
      artifact.message !== 'attestation-result' &&
      !known.has(artifact.index) &&
      !appraisal.collateral.some(
        (item) => inspection.artifacts.find((one) => one.index === item.artifact)?.file === artifact.file,
      ),
  )
  return (
    <>
      <Head title={w('title')} aside={d('aside')} lead={w('lead')} />
      <Ask />
      {appraisal.wishes.length === 0 && <p className={styles.drop}>{w('neededNone')}</p>}
      <Desk />
      <Editions />
      <p className={styles.drop}>{w('drop')}</p>
      {unused.length > 0 && (
        <section className={styles.section}>
          <h3>{w('unused')}</h3>
          <ul>
            {unused.map((artifact) => (
              <li key={artifact.index} className={styles.unused}>
                <PlaceLink to={{ panel: 'fields', field: pointerText(artifact.index, null, null) }}>
                  <Untrusted text={artifact.name} isPlain />
                </PlaceLink>{' '}
                ({text(artifact.title) ?? artifact.title}): {w('unusedWhy')}
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
