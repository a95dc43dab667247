import type { Derived } from '../../../src/core/derived.ts'
import { useWords } from '../../text/speech.tsx'
import { Head } from '../../ui/Head.tsx'
import { Outcome } from '../../ui/Mark.tsx'
import { Say } from '../../ui/Say.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './measurements.module.css'
import { words } from './words.ts'

/** Most values by name that are listed. */
const LISTED = 60

/** What may be concluded, each with its reason; undetermined is a full answer. */
export function Conclusions({
  derived,
  counting,
  select,
}: {
  readonly derived: Derived
  /** Events whose register replays up to them. */ readonly counting: ReadonlySet<number>
  readonly select: (event: number) => void
}) {
  const w = useWords(words)
  const { conclusions, values } = derived
  const leftOut = derived.summary?.valuesLeftOut ?? 0
  const others = values.filter(({ name }) => !conclusions.some((one) => one.name === name))
  if (conclusions.length === 0 && others.length === 0) return null
  const state = (value: string | undefined, events: readonly number[]) =>
    value === undefined ? (
      <Outcome state="not-checked" word={w('undetermined')} />
    ) : events.length > 0 && events.every((event) => counting.has(event)) ? (
      <Outcome state="holds" word={w('counts')} />
    ) : (
      <Outcome state="not-checked" word={w('doesNotCount')} />
    )
  const links = (events: readonly number[]) =>
    events.length > 0 && (
      <span className={styles.eventLinks}>
        {events.slice(0, 8).map((event) => (
          <button key={event} type="button" className={styles.rowButton} onClick={() => select(event)}>
            {w('event', { number: event })}
          </button>
        ))}
      </span>
    )
  return (
    <section className={styles.part}>
      <Head title={w('conclusions')} />
      <div className={styles.conclusions}>
        {conclusions.map((one) => (
          <div className={styles.conclusion} key={one.name}>
            {state(one.value, one.events)}
            <div>
              <p className={styles.sentence}>
                <b>{one.name}</b> <Say saying={one.because} />
              </p>
              {one.value !== undefined && (
                <p className={styles.quoted}>
                  <Untrusted text={one.value} isWholeOnPaper />
                </p>
              )}
              {one.value !== undefined && !one.events.every((event) => counting.has(event)) && (
                <p className={styles.why}>{w('noReplay')}</p>
              )}
              {links(one.events)}
            </div>
          </div>
        ))}
        {others.slice(0, LISTED).map((one, i) => (
          <div className={styles.conclusion} key={`${one.name} ${i}`}>
            {state(one.value, [one.event])}
            <div>
              <p className={styles.sentence}>
                <b>
                  <Untrusted text={one.name} isPlain />
                </b>{' '}
                {one.register}
              </p>
              <p className={styles.quoted}>
                <Untrusted text={one.value} isWholeOnPaper />
              </p>
              {links([one.event])}
            </div>
          </div>
        ))}
      </div>
      {others.length > LISTED && (
        <p className={styles.why}>{w('valuesListed', { listed: LISTED, count: others.length })}</p>
      )}
      {leftOut > 0 && <p className={styles.why}>{w('valuesLeftOut', { count: leftOut, kept: values.length })}</p>}
    </section>
  )
}
