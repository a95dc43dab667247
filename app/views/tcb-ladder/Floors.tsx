import type { Ladder, LadderFloor } from '../../../src/core/verdict.ts'
import { useSay, useWords } from '../../text/speech.tsx'
import { Head } from '../../ui/Head.tsx'
import { Outcome, type MarkState } from '../../ui/Mark.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './tcb-ladder.module.css'
import { floorWords } from './floor-words.ts'

const MARK: Readonly<Record<LadderFloor['standing'], MarkState>> = {
  below: 'warns',
  met: 'holds',
  unknown: 'not-checked',
  conflicting: 'not-checked',
}
const ORDER: readonly LadderFloor['standing'][] = ['below', 'conflicting', 'unknown', 'met']

/** Where the vendor states no levels: known weaknesses, what fixes each, and what this platform has. */
export function Floors({ ladder, floors }: { readonly ladder: Ladder; readonly floors: readonly LadderFloor[] }) {
  const w = useWords(floorWords)
  const say = useSay()
  const hex = (value: number) => `0x${value.toString(16)}`
  const missed = floors.filter((floor) => floor.standing === 'below').length
  return (
    <>
      <Head title={w('title')} aside={w('count', { missed, of: floors.length })} lead={w('lead')} />
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={say(ladder.title)}>
        <table className={styles.small}>
          <caption>{say(ladder.title)}</caption>
          <thead>
            <tr>
              <th scope="col">{w('weakness')}</th>
              <th scope="col">{w('component')}</th>
              <th scope="col">{w('has')}</th>
              <th scope="col">{w('least')}</th>
              <th scope="col">{w('standing')}</th>
            </tr>
          </thead>
          <tbody>
            {floors
              .toSorted((a, b) => ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing))
              .map((floor, index) => (
                <tr key={index}>
                  <td>
                    <b>
                      <Untrusted text={floor.name} isPlain />
                    </b>{' '}
                    <small>{floor.advisories.filter((one) => one !== floor.name).join(' · ')}</small>
                  </td>
                  <td>
                    <code>{floor.component}</code>
                  </td>
                  <td>
                    <code>{floor.has === null ? '–' : hex(floor.has)}</code>
                  </td>
                  <td>
                    <code>{hex(floor.least)}</code>
                  </td>
                  <td>
                    <Outcome state={MARK[floor.standing]} word={w(floor.standing)} />
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
        {floors.some((floor) => floor.isSecondHand) && <p className={styles.note}>{w('secondHand')}</p>}
        {floors.some((floor) => floor.standing === 'unknown') && <p className={styles.note}>{w('unknownWhy')}</p>}
        {floors.some((floor) => floor.standing === 'conflicting') && (
          <p className={styles.note}>{w('conflictingWhy')}</p>
        )}
      </div>
    </>
  )
}
