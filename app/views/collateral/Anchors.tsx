import type { AnchorView } from '../../../src/engine/api.ts'
import { useCase } from '../../case/context.tsx'
import { useWords } from '../../text/speech.tsx'
import { Button } from '../../ui/Button.tsx'
import { Scroll } from '../../ui/Scroll.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import { useCountry } from '../../ui/use-country.ts'
import { useRootName } from '../../ui/use-root-name.ts'
import styles from './collateral.module.css'
import { collateralWords } from './words.ts'

const PURPOSES = ['evidence', 'reference-values', 'revocation', 'service-token'] as const

/** The roots that this page knows for this evidence; each can be switched off. */
export function Anchors() {
  const w = useWords(collateralWords)
  const { appraisal } = useCase()
  if (!appraisal || appraisal.anchors.length === 0) return null
  return (
    <section className={styles.section}>
      <h3>{w('anchors')}</h3>
      <Scroll className={styles.scroll} label={w('anchors')}>
        <table className={styles.book}>
          <thead>
            <tr>
              <th scope="col">{w('holder')}</th>
              <th scope="col">{w('country')}</th>
              <th scope="col">{w('purpose')}</th>
              <th scope="col">{w('status')}</th>
              <th scope="col">{w('key')}</th>
              <th scope="col">{w('source')}</th>
              <th scope="col">{w('use')}</th>
            </tr>
          </thead>
          <tbody>
            {appraisal.anchors.map((anchor) => (
              <Row key={`${anchor.spkiSha256} ${anchor.sha256}`} anchor={anchor} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}

function Row({ anchor }: { readonly anchor: AnchorView }) {
  const w = useWords(collateralWords)
  const nameOf = useRootName()
  const countryOf = useCountry()
  const { case: one, dispatch } = useCase()
  const purpose = PURPOSES.find((known) => known === anchor.purpose)
  const off = one.policy.anchorsOff ?? []
  const isOff = off.includes(anchor.spkiSha256)
  const toggle = () =>
    dispatch({
      kind: 'policy',
      number: one.number,
      policy: {
        ...one.policy,
        anchorsOff: isOff ? off.filter((known) => known !== anchor.spkiSha256) : [...off, anchor.spkiSha256],
      },
    })
  return (
    <tr>
      <th scope="row" data-head={w('holder')}>
        <Untrusted text={nameOf(anchor)} isPlain />
      </th>
      <td data-head={w('country')}>{anchor.country !== '' && <span>{countryOf(anchor.country)}</span>}</td>
      <td className={styles.plain} data-head={w('purpose')}>
        <span>{purpose ? w(purpose) : anchor.purpose}</span>
      </td>
      <td className={styles.plain} data-head={w('status')}>
        <span>{w(anchor.status)}</span>
      </td>
      <td data-head={w('key')}>
        <code title={anchor.spkiSha256}>{anchor.spkiSha256.slice(0, 8)}…</code>
      </td>
      <td className={styles.source} data-head={w('source')}>
        {anchor.source !== '' && <span>{anchor.source}</span>}
      </td>
      <td data-head={w('use')}>
        <Button look="quiet" aria-pressed={isOff} onClick={toggle}>
          {w(isOff ? 'on' : 'off')}
        </Button>
      </td>
    </tr>
  )
}
