import { useQuery } from '@tanstack/react-query'
import { PlaceLink } from '../../case/PlaceLink.tsx'
import { useCase } from '../../case/context.tsx'
import { pointerText } from '../../case/selection.ts'
import { useWords } from '../../text/speech.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './collateral.module.css'
import { deskWords } from './desk-words.ts'

/** Values of this case that somebody has a name for. They decide nothing, and are said to. */
export function Known() {
  const w = useWords(deskWords)
  const { case: one, key, engine } = useCase()
  const { data } = useQuery({ queryKey: ['known', key], queryFn: () => engine.known(key, one.files) })
  if (!data || data.length === 0) return null
  return (
    <section className={styles.section}>
      <h3>{w('knownTitle')}</h3>
      <p className={styles.drop}>{w('knownWhy')}</p>
      <ul className={styles.known}>
        {data.map((known) => (
          <li key={`${known.label} ${known.value}`}>
            <PlaceLink to={{ panel: 'fields', field: pointerText(known.artifact, known.path, null) }}>
              {known.label}
            </PlaceLink>{' '}
            <code title={known.value}>{known.value.length > 20 ? `${known.value.slice(0, 16)}…` : known.value}</code>
            {w('colon')}
            {w('knownAs', { name: known.name })}{' '}
            <small>{w(known.basis, { according: known.according, date: known.date })}</small>
            <small className={styles.source}>
              <Untrusted text={known.source} isPlain />
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}
