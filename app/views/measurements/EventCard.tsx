import type { ArtifactIndex } from '../../../src/core/place.ts'
import { eventAt, wordsShown } from '../../../src/core/events.ts'
import { stepAt } from '../../../src/core/steps.ts'
import type { Derived, HashLabel } from '../../../src/core/derived.ts'
import { PlaceLink } from '../../case/PlaceLink.tsx'
import { pointerText } from '../../case/selection.ts'
import { useLocale, useWords } from '../../text/speech.tsx'
import { cx } from '../../ui/cx.ts'
import { Say } from '../../ui/Say.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import { Cover, coverWord } from './Cover.tsx'
import styles from './measurements.module.css'
import { shortHex } from './model.ts'
import { typeIn } from './type-words.ts'
import { words } from './words.ts'

/** The event that is looked at: its words as far as they are covered, its digest, the register after it, its bytes. */
export function EventCard({
  derived,
  event: number,
  artifact,
  bank,
}: {
  readonly derived: Derived
  readonly event: number
  readonly artifact: ArtifactIndex
  readonly bank: HashLabel | undefined
}) {
  const w = useWords(words)
  const locale = useLocale()
  const event = eventAt(derived.events, number)
  if (!event) return null
  const chain = derived.chains.find((one) => one.hash === bank && one.events.includes(number))
  const at = chain?.events.indexOf(number) ?? -1
  const [digest, value] = chain && at >= 0 ? [stepAt(chain.digests, at), stepAt(chain.values, at)] : []
  const why = { whole: 'coveredWhole', part: 'coveredPart', none: 'coveredNone', 'not-extended': 'coveredNot' } as const
  return (
    <div className={styles.card} aria-live="polite">
      <p className={styles.cardHead}>
        <b>{w('event', { number })}</b>
        <span>{typeIn(locale, event.type)}</span>
        <code>{event.type}</code>
        {event.register !== '' && <span>{event.register}</span>}
        <span className={styles.covered}>
          <Cover covered={event.covered} /> {w(coverWord(event.covered))}
        </span>
      </p>
      <p
        className={cx(
          styles.line,
          event.covered === 'whole' && styles.wordsWhole,
          event.covered === 'none' && styles.wordsNone,
        )}
      >
        <Untrusted text={event.words === '' ? '—' : wordsShown(event.words)} />
      </p>
      <p className={styles.why}>
        {w(why[event.covered])} {w('typeSaid')}
      </p>
      {event.isOdd && (
        <p className={styles.why}>
          <b>{w('odd')}:</b> <Say saying={event.isOdd} />
        </p>
      )}
      <dl className={styles.values}>
        {digest && (
          <div>
            <dt>{w('digest')}</dt>
            <dd className={styles.hex}>{shortHex(digest, 32)}</dd>
          </div>
        )}
        {value && (
          <div>
            <dt>{w('after')}</dt>
            <dd className={styles.hex}>{shortHex(value, 32)}</dd>
          </div>
        )}
        <div>
          <dt>{w('bytes')}</dt>
          <dd>
            <PlaceLink to={{ panel: 'fields', field: pointerText(artifact, event.path, event.ranges[0] ?? null) }}>
              {event.ranges[0] ? `0x${event.ranges[0].start.toString(16)}` : event.path}
            </PlaceLink>
          </dd>
        </div>
      </dl>
    </div>
  )
}
