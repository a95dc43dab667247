import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import { NO_POLICY } from '../../src/core/policy.ts'
import { useCase } from '../case/context.tsx'
import { useWords } from '../text/speech.tsx'
import { utc } from '../text/time.ts'
import { Button } from '../ui/Button.tsx'
import { Say } from '../ui/Say.tsx'
import { Untrusted } from '../ui/Untrusted.tsx'
import { keepArrival, keepWaiting, mergedPolicy, offersOf, type Arrival, type Offer } from './arrivals.ts'
import styles from './arrivals.module.css'
import { anchorHash, policyLines } from './policy-lines.ts'
import { shareWords } from './words.ts'

/** Above the banner: what a link or a case file brought beyond evidence, and whether it acts. */
export function ArrivalBar({ arrival }: { readonly arrival: Arrival }) {
  const w = useWords(shareWords)
  const { case: one, dispatch, inspection, record: appraisal, at } = useCase()
  const { number } = one
  const { answer, record } = arrival
  // What is so already needs no decision.
  const offers = offersOf(arrival).filter((offer) => offer !== 'at' || answer !== undefined || arrival.at !== at)
  // A root is never taken along unseen.
  const [chosen, setChosen] = useState<readonly Offer[]>(offers.filter((offer) => offer !== 'anchors'))
  const heading = useId()
  const here = new Set([
    ...one.files.map((file) => file.sha256),
    ...inspection.artifacts.map((artifact) => artifact.sha256),
  ])
  const isLink = arrival.from === 'link'

  const apply = () => {
    const before = { at: one.at, policy: one.policy }
    if (chosen.includes('at') && arrival.at !== null)
      dispatch({
        kind: 'at',
        number,
        at: {
          kind: 'given',
          instant: arrival.at,
          from: arrival.from,
          ...(arrival.atSource ? { source: arrival.atSource } : {}),
        },
      })
    dispatch({ kind: 'policy', number, policy: mergedPolicy(one.policy, arrival.policy, chosen) })
    keepArrival(number, { ...arrival, answer: { taken: chosen, before } })
  }
  const undo = () => {
    if (!answer) return
    dispatch({ kind: 'at', number, at: answer.before.at })
    dispatch({ kind: 'policy', number, policy: answer.before.policy })
    const { answer: _, ...waiting } = arrival
    keepArrival(number, waiting)
  }
  const ignore = () =>
    keepArrival(number, { ...arrival, answer: { taken: [], before: { at: one.at, policy: one.policy } } })

  const isSameQuestion = record !== null && appraisal?.id === record.id
  const isSameRecord =
    isSameQuestion &&
    appraisal.headline === record.headline &&
    appraisal.checks.every((check) => record.outcomes[`${check.id}#${check.subject}`] === check.outcome) &&
    Object.keys(record.outcomes).length ===
      new Set(appraisal.checks.map((check) => `${check.id}#${check.subject}`)).size
  if (offers.length === 0 && arrival.left.length === 0 && !isSameQuestion) return null
  const onlyAt = offers.length === 1 && offers[0] === 'at'
  const title =
    answer === undefined
      ? w(onlyAt ? (isLink ? 'bringsAtLink' : 'bringsAtCaseFile') : isLink ? 'bringsLink' : 'bringsCaseFile')
      : answer.taken.length === 0
        ? w('ignored')
        : w(isLink ? 'takenLink' : 'takenCaseFile')
  return (
    <section
      className={styles.bar}
      aria-labelledby={offers.length > 0 ? heading : undefined}
      aria-label={offers.length > 0 ? undefined : w('left')}
      data-arrival={answer === undefined ? 'waiting' : answer.taken.length === 0 ? 'ignored' : 'applied'}
    >
      {offers.length > 0 && (
        <>
          <p className={styles.title} id={heading} role="status">
            {title}
          </p>
          <p className={styles.why}>
            {answer === undefined ? w('bringsWhy') : answer.taken.length > 0 ? w('takenWhy') : null}
          </p>
          {answer === undefined && arrival.at !== null && <SenderSaw at={arrival.at} />}
          <div className={styles.offers}>
            {offers.map((offer) => (
              <fieldset key={offer} className={answer && !answer.taken.includes(offer) ? styles.off : undefined}>
                <legend>
                  {answer === undefined ? (
                    <label>
                      <input
                        type="checkbox"
                        checked={chosen.includes(offer)}
                        onChange={(event) =>
                          setChosen(
                            event.target.checked ? [...chosen, offer] : chosen.filter((other) => other !== offer),
                          )
                        }
                      />
                      {w(`offer.${offer}`)}
                    </label>
                  ) : (
                    w(`offer.${offer}`)
                  )}
                  <span className={styles.from}>{w(isLink ? 'fromLink' : 'fromCaseFile')}</span>
                  {answer && !answer.taken.includes(offer) && <span>{w('notApplied')}</span>}
                </legend>
                {answer === undefined ? (
                  <Lines arrival={arrival} offer={offer} />
                ) : (
                  <details>
                    <summary>{w('show')}</summary>
                    <Lines arrival={arrival} offer={offer} />
                  </details>
                )}
              </fieldset>
            ))}
          </div>
          <p className={styles.act}>
            {answer === undefined ? (
              <>
                <Button onClick={apply} disabled={chosen.length === 0}>
                  {w('apply')}
                </Button>
                <Button onClick={ignore}>{w('ignore')}</Button>
              </>
            ) : (
              <Button onClick={undo}>{w('undo')}</Button>
            )}
          </p>
        </>
      )}
      {arrival.left.length > 0 && <Left arrival={arrival} here={here} />}
      {isSameQuestion && (
        <p className={styles.why}>{isSameRecord ? w('recordSame') : w('record', { engine: record.engine })}</p>
      )}
    </section>
  )
}

/** What the sender's date gives here, computed from the bytes before anything is taken over. */
function SenderSaw({ at }: { readonly at: number }) {
  const w = useWords(shareWords)
  const { case: one, key, engine } = useCase()
  const { data } = useQuery({
    queryKey: ['appraisal', key, at, 'given', one.policy],
    queryFn: () => engine.appraise(key, one.files, { at, atSource: 'given', policy: one.policy }),
  })
  if (!data) return null
  return (
    <p className={styles.saw}>
      <b>{w('senderSaw', { date: utc(at).date })}</b> <Say saying={(data.demonstration ?? data).sentence} />
    </p>
  )
}

function Lines({ arrival, offer }: { readonly arrival: Arrival; readonly offer: Offer }) {
  const w = useWords(shareWords)
  if (offer === 'at')
    return (
      <p className={styles.value}>
        {arrival.at === null ? null : (
          <time dateTime={utc(arrival.at).iso}>
            {utc(arrival.at).date} {utc(arrival.at).time} UTC
          </time>
        )}
      </p>
    )
  return (
    <dl className={styles.lines}>
      {policyLines(arrival.policy ?? NO_POLICY)
        .filter((line) => line.offer === offer)
        .map((line, index) => (
          <div key={index}>
            <dt>
              <Untrusted text={w(line.word, { name: line.name })} isPlain />
            </dt>
            <dd>
              {line.word === 'anchorsAdded' ? (
                <AnchorHash pem={line.value} />
              ) : (
                <code>
                  <Untrusted text={line.value} />
                </code>
              )}
            </dd>
          </div>
        ))}
    </dl>
  )
}

function AnchorHash({ pem }: { readonly pem: string }) {
  const [hash, setHash] = useState('')
  useEffect(() => {
    let isCurrent = true
    void anchorHash(pem).then((found) => {
      if (isCurrent) setHash(found)
    })
    return () => {
      isCurrent = false
    }
  }, [pem])
  return <code>{hash}</code>
}

function Left({ arrival, here }: { readonly arrival: Arrival; readonly here: ReadonlySet<string> }) {
  const w = useWords(shareWords)
  const isComplete = arrival.left.every((one) => here.has(one.sha256))
  return (
    <div className={styles.left}>
      <p className={styles.title}>{w('left')}</p>
      <ul>
        {arrival.left.map((one) => (
          <li key={`${one.kind} ${one.sha256}`}>
            <b>
              <Untrusted text={one.kind} isPlain />
              {one.key !== '' && (
                <>
                  {' '}
                  <Untrusted text={one.key} isPlain />
                </>
              )}
            </b>
            <code>{one.sha256}</code>
            <span className={styles.from}>{w(here.has(one.sha256) ? 'leftHere' : 'leftMissing')}</span>
          </li>
        ))}
      </ul>
      {!isComplete && <p className={styles.why}>{w('leftWhy')}</p>}
    </div>
  )
}

/** On the front door: a link without bytes says what it is about and waits. */
export function WaitingArrival({ arrival }: { readonly arrival: Arrival }) {
  const w = useWords(shareWords)
  return (
    <section className={styles.bar} aria-label={w('bare')} data-arrival="bare">
      <p className={styles.title} role="status">
        {w('bare')}
      </p>
      {arrival.left.length > 0 && <Left arrival={arrival} here={new Set()} />}
      <p className={styles.act}>
        <Button onClick={() => keepWaiting(null)}>{w('dismiss')}</Button>
      </p>
    </section>
  )
}
